import Civic
import Foundation

/// How the file of an attachment is served, so that a browser can do no more with it than save or draw it.
///
/// Whether the visitor may see it is decided beforehand, by the feature whose record claims it.
public struct AttachmentDelivery: Sendable, Equatable {
    /// What is served.
    public enum Variant: Sendable {
        /// The content, to be saved.
        case download
        /// A picture, to be drawn in a page; documents have none.
        case picture
        /// The small JPEG of a picture.
        case thumbnail
    }

    /// The stored file.
    public let content: StoredContent
    /// The header fields, in lower case.
    public let fields: [(name: String, value: String)]

    /// Decides how to serve an attachment.
    ///
    /// - Returns: nil when it must not be served: it awaits its scan, is infected, or has no such variant.
    public init?(_ attachment: AttachedFile, as variant: Variant) {
        guard attachment.state == .available else { return nil }
        let type: String
        switch variant {
        case .download: (content, type) = (attachment.content, attachment.format.mediaType)
        case .picture:
            guard attachment.format.isImage else { return nil }
            (content, type) = (attachment.content, attachment.format.mediaType)
        case .thumbnail:
            guard let thumbnail = attachment.thumbnail else { return nil }
            (content, type) = (thumbnail, FileFormat.jpeg.mediaType)
        }
        let disposition = variant == .download ? Self.disposition(of: attachment.name) : "inline"
        fields = [
            ("content-type", type),
            ("content-disposition", disposition),
            // Without this a browser could take a document for a page and run its script with the rights of the portal.
            ("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            // The person may lose the right to see it, so a cached copy must be revalidated before each use.
            ("cache-control", "private, no-cache"),
            ("etag", "\"\(content.digest.rawValue.prefix(32))\""),
        ]
    }

    /// Equal when the same file is served with the same fields.
    public static func == (left: Self, right: Self) -> Bool {
        left.content == right.content && left.fields.map { "\($0): \($1)" } == right.fields.map { "\($0): \($1)" }
    }

    /// The name for saving, in ASCII for old clients and in UTF-8 (RFC 6266, RFC 8187).
    private static func disposition(of name: String) -> String {
        let plain = String(
            name.unicodeScalars.map { scalar in
                let isPlain = scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F
                return isPlain && scalar != "\"" && scalar != "\\" && scalar != "%" ? Character(scalar) : "_"
            }
        )
        let encoded = name.addingPercentEncoding(withAllowedCharacters: attributeCharacters) ?? ""
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }

    /// The characters that RFC 8187 leaves unencoded.
    private static let attributeCharacters = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~"
    )
}
