import Civic
import Synchronization

/// The form of one request, kept until the response is made.
final class SentBody: Sendable {
    private let body = Mutex<FormBody?>(nil)

    /// The form; nil when none was sent or it was not read.
    var form: FormBody? { body.withLock { $0 } }

    /// Stores the form.
    func keep(_ form: FormBody) { body.withLock { $0 = form } }
}

/// Thrown for a form that could not be saved because the store accepts no writes at present.
struct UnsavedForm: Error {
    let form: FormBody
    let cause: CivicError
}
