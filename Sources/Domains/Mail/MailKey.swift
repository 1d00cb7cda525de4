import Crypto
import Foundation

/// The hashed idempotency key of a mail, for its Message-ID, its boundary and its file name.
///
/// When the same mail is sent twice, both have the same Message-ID, by which mailboxes recognise duplicates.
enum MailKey {
    static func digest(_ key: String) -> String {
        SHA256.hash(data: Data(key.utf8)).prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined()
    }
}
