package import Civic
import Synchronization

/// The form of one request, kept until the response is made.
package final class SentBody: Sendable {
    private let body = Mutex<FormBody?>(nil)

    /// The form; nil when none was sent or it was not read.
    package var form: FormBody? { body.withLock { $0 } }

    /// Stores the form.
    package func keep(_ form: FormBody) { body.withLock { $0 = form } }
}

/// Thrown for a form that could not be saved because the store accepts no writes at present.
package struct UnsavedForm: Error {
    /// The form as it was sent.
    package let form: FormBody
    /// Why it could not be saved.
    package let cause: CivicError
}
