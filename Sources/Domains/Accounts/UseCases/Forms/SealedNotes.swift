import Civic
import Foundation

/// Seals short texts that the browser keeps in a cookie for the next page; in the URL they would end up in logs.
public struct SealedNotes: Sendable {
    let sealer: ValueSealer

    /// Seals a text.
    public func seal(_ text: String) throws -> String {
        Base64URL.encode(try sealer.seal(Data(text.utf8), for: .note))
    }

    /// Opens what `seal` sealed; nil for anything else.
    public func open(_ sealed: String) -> String? {
        guard let bytes = Base64URL.decode(sealed), let plain = try? sealer.open(bytes, for: .note) else { return nil }
        return String(data: plain, encoding: .utf8)
    }
}
