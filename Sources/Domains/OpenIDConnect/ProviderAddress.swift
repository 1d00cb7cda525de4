import Civic
import Foundation

/// An address that we connect to or send people to: https, or http on a loopback host, where nobody can eavesdrop.
struct ProviderAddress: Sendable, Equatable {
    let text: String
    let host: String
    /// Whether the host is this machine.
    let isLoopback: Bool

    /// Checks an address.
    ///
    /// - Parameter isLoopbackTaken: whether http to this machine is accepted; false for addresses given by a remote provider,
    ///   which must not lead our requests to services on this machine.
    /// - Throws: `OpenIDError.malformed`, `.insecureAddress`.
    init(_ text: String, purpose: String, isLoopbackTaken: Bool) throws(OpenIDError) {
        guard text.utf8.count <= 2000, let url = URL(string: text), let host = url.host(), !host.isEmpty,
            url.user() == nil, url.password() == nil, url.fragment() == nil,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .malformed(what: purpose) }
        let isLoopback = Self.isLoopback(host)
        guard url.scheme == "https" || (url.scheme == "http" && isLoopback && isLoopbackTaken) else {
            throw .insecureAddress(host: OpenIDError.plain(host), purpose: purpose)
        }
        self.text = text
        self.host = host
        self.isLoopback = isLoopback
    }

    private static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
        return isIPv4 || ["localhost", "::1", "[::1]"].contains(host.lowercased())
    }

    /// The address with more parameters in its query.
    func adding(_ parameters: [(name: String, value: String)]) -> String {
        text + (text.contains("?") ? "&" : "?") + FormText.encode(parameters)
    }
}
