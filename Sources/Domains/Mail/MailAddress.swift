/// An e-mail address, parsed for the envelope and the header.
struct MailAddress: Sendable, Equatable {
    /// The address with its domain in ASCII; the local part may contain letters of any script (RFC 6531).
    let text: String
    /// The domain in ASCII.
    let domain: String

    /// Parses an address.
    ///
    /// Quoted local parts and address literals are refused: nobody uses them, and they are used for injection.
    ///
    /// - Throws: `MailError.unsafeHeader` or `MailError.malformedAddress`, with the field's name.
    init(_ address: String, field: String) throws(MailError) {
        try HeaderText.check(address, field: field)
        guard let at = address.lastIndex(of: "@") else { throw .malformedAddress(field: field) }
        let local = address[..<at]
        guard (1...64).contains(local.utf8.count), local.unicodeScalars.allSatisfy(Self.isPlain),
            let domain = DomainName.ascii(String(address[address.index(after: at)...]))
        else { throw .malformedAddress(field: field) }
        self.domain = domain
        text = "\(local)@\(domain)"
    }

    /// The form used in the envelope and the header.
    var bracketed: String { "<\(text)>" }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.value > 0x20 && scalar.value < 0x7F && !#"()<>[]:;@\,""#.unicodeScalars.contains(scalar)
        }
        return !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
    }
}
