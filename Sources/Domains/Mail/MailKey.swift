import Crypto
import Foundation

/// The idempotency key of a mail, made unreadable: for its Message-ID, its boundary and its file name.
///
/// A second sending of the same mail so bears the same Message-ID, by which mailboxes drop duplicates.
enum MailKey {
    static func digest(_ key: String) -> String {
        SHA256.hash(data: Data(key.utf8)).prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        .joined()
    }
}
