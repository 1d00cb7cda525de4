import Foundation

/// The domain of an e-mail address in both its forms (RFC 5890): with letters of its own script, and in ASCII.
struct MailDomain {
    /// The most bytes of a label in ASCII (RFC 1035 2.3.4).
    private static let maxLabelBytes = 63

    /// The domain in lower case of its own script.
    let key: String
    /// The domain in lower-case ASCII.
    let ascii: String

    /// Reads a domain.
    ///
    /// - Throws: `EmailAddressFault.malformedDomain`, or `.character` for one that no domain has.
    init(_ text: String) throws(EmailAddressFault) {
        // Fullwidth letters and ligatures stand for the plain ones (UTS #46 section 4), as browsers and mail programs read
        // them.
        let labels = EmailAddress.folded(text)
            .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard labels.count >= 2 else { throw .malformedDomain }
        var (own, plain) = ([String](), [String]())
        for label in labels {
            for scalar in label.unicodeScalars where !Self.isAllowed(scalar) { throw .character(Character(scalar)) }
            let form = try Self.forms(of: label)
            own.append(form.own)
            plain.append(form.ascii)
        }
        guard let last = plain.last, !last.allSatisfy(\.isNumber) else { throw .malformedDomain }
        (key, ascii) = (own.joined(separator: "."), plain.joined(separator: "."))
    }

    private static func forms(of label: String) throws(EmailAddressFault) -> (own: String, ascii: String) {
        guard !label.isEmpty, !label.hasPrefix("-"), !label.hasSuffix("-") else { throw .malformedDomain }
        var own = label
        if label.hasPrefix(Punycode.prefix) {
            guard let decoded = Punycode.decode(String(label.dropFirst(Punycode.prefix.count))), !decoded.isEmpty
            else { throw .malformedDomain }
            own = EmailAddress.folded(decoded)
            guard own.unicodeScalars.allSatisfy(isAllowed) else { throw .malformedDomain }
        }
        guard own.unicodeScalars.first.map({ !$0.isMark }) ?? false else { throw .malformedDomain }
        let isPlain = own.unicodeScalars.allSatisfy(\.isASCII)
        guard let ascii = isPlain ? own : Punycode.encode(own).map({ Punycode.prefix + $0 }),
            ascii.utf8.count <= maxLabelBytes
        else { throw .malformedDomain }
        return (own, ascii)
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
        }
        return scalar.isWordLike
    }
}
