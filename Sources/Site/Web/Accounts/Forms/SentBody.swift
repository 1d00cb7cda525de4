import Accounts
import Synchronization

/// The form of one request, kept until the answer is made.
final class SentBody: Sendable {
    private let body = Mutex<FormBody?>(nil)

    /// What was sent; nil when nothing was, or it was not read.
    var form: FormBody? { body.withLock { $0 } }

    /// Keeps what was sent.
    func keep(_ form: FormBody) { body.withLock { $0 = form } }
}

/// A form that was read and could not be saved, since the store takes no writes at present.
struct UnsavedForm: Error {
    let form: FormBody
    let cause: AccountsError
}
