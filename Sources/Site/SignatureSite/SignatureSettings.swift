import Foundation
public import Signatures
public import SiteKit

/// The operator's settings for electronic signatures.
public struct SignatureSettings: Sendable {
    /// The certificates and lists against which signatures are verified; nil when signatures are not accepted.
    public let files: TrustFiles?
    /// The address of NCALayer on the reader's computer; nil when pages do not offer it.
    public let ncaLayer: String?

    /// The address on which NCALayer listens (NCALayer 1.4).
    public static let usualAddress = "wss://127.0.0.1:13579"

    /// No signatures.
    public init() { (files, ncaLayer) = (nil, nil) }

    /// Reads and checks the settings.
    ///
    /// - Throws: `SiteError.invalidSetting`.
    public init(_ config: SettingsReader) throws(SiteError) {
        let roots = try Self.path(config, .signatureRoots)
        let lists = try Self.path(config, .signatureLists)
        if roots == nil, let key = [SettingKey.signatureLists, .ncaLayer].first(where: config.isSet) {
            throw config.invalid(.signatureRoots, expected: "set when \(key.variable) is")
        }
        files = roots.map { TrustFiles(roots: $0, lists: lists) }
        ncaLayer = try Self.address(config)
    }

    private static func path(_ config: SettingsReader, _ key: SettingKey) throws(SiteError) -> String? {
        guard let path = try config.text(key) else { return nil }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw config.invalid(key, expected: "a file or a folder that can be read")
        }
        return path
    }

    // Allow only this computer: a citizen's document must not be sent anywhere else.
    private static func address(_ config: SettingsReader) throws(SiteError) -> String? {
        guard let text = try config.text(.ncaLayer) else { return nil }
        guard let parts = URLComponents(string: text), ["ws", "wss"].contains(parts.scheme),
            ["127.0.0.1", "localhost"].contains(parts.host), let port = parts.port, (1...65_535).contains(port),
            text == "\(parts.scheme ?? "")://\(parts.host ?? ""):\(port)"
        else {
            throw config.invalid(.ncaLayer, expected: "an address of the reader's computer, such as \(usualAddress)")
        }
        return text
    }
}
