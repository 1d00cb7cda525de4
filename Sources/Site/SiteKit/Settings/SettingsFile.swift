package import Configuration
import Foundation

/// The configuration file that `OPENALMATY_CONFIG` names: a JSON object with the keys of docs/operations.md.
///
/// A key may be written like the environment variable (`OPENALMATY_SMTP_URL`), with dots (`smtp.url`) or nested (`{"smtp":
/// {"url": …}}`). Only this program reads the file, whereas other programs share the environment, so unknown keys are refused
/// here.
package struct SettingsFile {
    private let path: String
    /// The values, each of the JSON type that its key requires.
    package private(set) var values: [AbsoluteConfigKey: ConfigValue] = [:]

    /// Reads the file.
    ///
    /// - Throws: `SiteError.unreadableSettings` when it is missing, cannot be read, is not JSON, or holds a key or a type
    ///   that is not allowed. Values of secret keys are never repeated.
    package init(path: String) throws(SiteError) {
        self.path = path
        for member in try Self.members(path) { try take(member.name, member) }
    }

    private static func members(_ path: String) throws(SiteError) -> [JSONValue.Member] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadableSettings(path: path, reason: "there is no such file")
        }
        guard !isFolder.boolValue else { throw .unreadableSettings(path: path, reason: "it is a folder") }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw .unreadableSettings(path: path, reason: "it cannot be read; check its permissions")
        }
        let value: JSONValue
        do throws(JSONReader.Fault) {
            value = try JSONReader.read(data)
        } catch {
            let reason =
                switch error.reason {
                case .malformed:
                    "it is not JSON (RFC 8259), as by a comma too many, a comment or a quote that is missing"
                case .notText: "it is not text in UTF-8"
                case .repeated(let name): "\(name.debugDescription) stands there twice; leave one of them"
                }
            throw .unreadableSettings(path: path, reason: "line \(error.line): \(reason)")
        }
        guard case .object(let members) = value else {
            throw .unreadableSettings(path: path, reason: "it must hold one JSON object, { … }")
        }
        return members
    }

    private mutating func take(_ name: String, _ member: JSONValue.Member) throws(SiteError) {
        if let key = SettingKey(spelled: name), key != .config {
            if case .object(let members) = member.value, members.contains(where: { isKey("\(name).\($0.name)") }) {
                // `secret.key` is both a key of its own and the prefix of `secret.key.file`.
                return try takeMembers(name, members)
            }
            return try take(key, member)
        }
        guard case .object(let members) = member.value else {
            let nearest = SettingKey.nearest(to: SettingKey.prefix + name.uppercased().replacing(".", with: "_"))
            let hint = nearest.flatMap { $0 == .config ? nil : "; did you mean \($0.rawValue)?" } ?? ""
            throw fault(member, "\(name.debugDescription) is not a key\(hint)")
        }
        try takeMembers(name, members)
    }

    private mutating func takeMembers(_ name: String, _ members: [JSONValue.Member]) throws(SiteError) {
        for member in members { try take("\(name).\(member.name)", member) }
    }

    private func isKey(_ name: String) -> Bool { SettingKey(spelled: name) != nil }

    private func fault(_ member: JSONValue.Member, _ reason: String) -> SiteError {
        .unreadableSettings(path: path, reason: "line \(member.line): \(reason)")
    }

    private mutating func take(_ key: SettingKey, _ member: JSONValue.Member) throws(SiteError) {
        let content: ConfigContent
        switch (key.kind, member.value) {
        case (.text, .text(let text)) where !text.unicodeScalars.contains("\0"): content = .string(text)
        case (.number, .number(let digits)) where Int(digits) != nil: content = .int(Int(digits) ?? 0)
        case (.flag, .flag(let flag)): content = .bool(flag)
        default:
            let allowed =
                switch key.kind {
                case .text: "text in quotes"
                case .number: "a whole number without quotes"
                case .flag: "true or false without quotes"
                }
            let found = member.value.described(isSecret: key.isSecret)
            throw fault(member, "\(key.rawValue) must be \(allowed), but is \(found)")
        }
        let name = key.configKey
        guard values[name] == nil else { throw fault(member, "\(key.rawValue) is set twice") }
        values[name] = ConfigValue(content, isSecret: key.isSecret)
    }
}

extension JSONValue {
    /// The value as text, for a message.
    fileprivate func described(isSecret: Bool) -> String {
        switch self {
        case .text(let text): isSecret ? "text" : "the text \(String(text.prefix(100)).debugDescription)"
        case .number(let number): isSecret ? "a number" : "the number \(number.prefix(40))"
        case .flag(let flag): "\(flag)"
        case .object: "an object"
        case .array: "an array"
        case .null: "null"
        }
    }
}
