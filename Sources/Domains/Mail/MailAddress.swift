/// An e-mail address, taken apart for the envelope and the header.
struct MailAddress: Sendable, Equatable {
    /// The address with its domain in ASCII; the local part may hold any letters (RFC 6531).
    let text: String
    /// The domain in ASCII.
    let domain: String

    /// Takes an address apart.
    ///
    /// Quoted local parts and addresses of machines are refused: nobody has one, and they are the way to smuggle.
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

    /// The form that stands in the envelope and the header.
    var bracketed: String { "<\(text)>" }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.value > 0x20 && scalar.value < 0x7F && !#"()<>[]:;@\,""#.unicodeScalars.contains(scalar)
        }
        return !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
    }
}
