import CCurl

/// The result of submitting a message to a server.
struct SMTPAnswer: Sendable {
    /// The values of libcurl's `CURLcode` that are used here.
    enum Code {
        static let ok: Int32 = 0
        /// The server gave an unexpected reply at the start or to the whole message.
        static let unexpectedReply: Int32 = 8
        /// The server refused the sender, the recipient, or the data command.
        static let refused: Int32 = 55
    }

    let code: Int32
    /// The last reply code of the server; 0 when there was none.
    let response: Int
    /// The text of the server's last reply; it can name the recipient.
    let reply: String
    /// How much of the message curl had read.
    let read: Int
    /// How large the message is.
    let size: Int

    /// What to do with the mail.
    ///
    /// A refusal of the mail itself is final when its code says so (5xx, RFC 5321 §4.2.1). Errors of the connection or of our
    /// account are for the operator to correct and must not lose mails, whatever the code.
    var delivery: Delivery {
        if code == Code.ok { return .sent }
        let isAboutTheMail = code == Code.refused || code == Code.unexpectedReply && read > 0
        let isFinal = (500...599).contains(response) && !Self.accountCodes.contains(response)
        return isAboutTheMail && isFinal ? .never(reason: reason) : .later(reason: reason)
    }

    /// Authentication required, too weak, failed, needs encryption (RFC 4954 §6).
    private static let accountCodes: Set<Int> = [530, 534, 535, 538]

    /// The reason, without the server's free text, which often repeats the address.
    private var reason: String {
        if response >= 400 { return "the server answered \(response)" + (enhancedCode.map { " " + $0 } ?? "") }
        let words = String(cString: ccurl_words(code))
        guard read == size, size > 0 else { return words }
        return words + ", after the whole message was sent: it may have arrived"
    }

    /// The enhanced status code, such as 5.1.1 for an unknown recipient (RFC 3463).
    private var enhancedCode: String? {
        guard let match = reply.firstMatch(of: #/^[0-9]{3}[ -]([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])/#) else {
            return nil
        }
        return String(match.1)
    }
}
