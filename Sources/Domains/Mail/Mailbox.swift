/// The sender of a mail: a display name and an address.
public struct Mailbox: Sendable, Equatable {
    /// The display name; nil for the address alone.
    public let name: String?
    let address: MailAddress

    /// Makes a sender from a name and an address.
    ///
    /// - Throws: `MailError` when one of them is not allowed in a header.
    public init(name: String?, address: String) throws(MailError) {
        if let name { try HeaderText.check(name, field: "From") }
        self.name = name?.isEmpty == true ? nil : name
        self.address = try MailAddress(address, field: "From")
    }

    /// Reads `Open Almaty <no-reply@example.kz>` or an address alone.
    ///
    /// - Throws: `MailError` when it is neither.
    public init(_ text: String) throws(MailError) {
        guard text.hasSuffix(">"), let start = text.lastIndex(of: "<") else {
            try self.init(name: nil, address: text)
            return
        }
        var name = text[..<start]
        while name.last == " " { name.removeLast() }
        if name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") { name = name.dropFirst().dropLast() }
        try self.init(name: String(name), address: String(text[text.index(after: start)...].dropLast()))
    }
}
