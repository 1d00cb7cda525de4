import CCurl
import Foundation

extension SMTPServer {
    /// Submits a message to the server; blocks for at most the time limit.
    func submit(_ message: InternetMessage) -> SMTPAnswer {
        var answer = ccurl_answer()
        let url = "\(security == .tls ? "smtps" : "smtp")://\(urlHost):\(port)/\(message.sender.domain)"
        withCString(url) { url in
            withCString(username) { username in
                withCString(password) { password in
                    withCString(caFile) { caFile in
                        var server = ccurl_server()
                        (server.url, server.username, server.password) = (url, username, password)
                        (server.ca_file, server.security) = (caFile, curlSecurity)
                        server.milliseconds = Int((timeLimit / .milliseconds(1)).rounded(.up))
                        send(message, to: &server, &answer)
                    }
                }
            }
        }
        return SMTPAnswer(answer, size: message.bytes.count)
    }

    private func send(_ message: InternetMessage, to server: inout ccurl_server, _ answer: inout ccurl_answer) {
        message.bytes.withUnsafeBytes { bytes in
            // The pointers are valid until the call returns, and curl copies what it keeps.
            ccurl_send(
                &server,
                message.sender.bracketed,
                message.recipient.bracketed,
                bytes.baseAddress,
                bytes.count,
                &answer
            )
        }
    }

    private var urlHost: String { host.contains(":") ? "[\(host)]" : host }

    private var curlSecurity: ccurl_security {
        switch security {
        case .none: CCURL_PLAIN
        case .startTLS: CCURL_STARTTLS
        case .tls: CCURL_TLS
        }
    }

    private func withCString(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Void) {
        guard let text else { return body(nil) }
        text.withCString { body($0) }
    }
}

extension SMTPAnswer {
    fileprivate init(_ answer: ccurl_answer, size: Int) {
        (code, response, read) = (answer.code, Int(answer.response), answer.read)
        self.size = size
        reply = withUnsafeBytes(of: answer.reply) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
