package import Hummingbird

/// The action of a submitted form, prepared before its CSRF token is checked.
///
/// The framework checks the token between the preparation and the action. Only it can make a `VerifiedForm`, so an action cannot
/// run for a form that another site sent.
package struct FormAction {
    private enum Step {
        case answer(Response)
        case form(stale: () async throws -> Response, perform: (VerifiedForm) async throws -> Response)
    }

    private let step: Step

    /// An action.
    ///
    /// - Parameters:
    ///   - stale: answers when the browser that sent the form did not request it, or the form is too large with its files: usually the
    ///     form again, with its input.
    ///   - perform: performs the action.
    package init(
        stale: @escaping () async throws -> Response,
        perform: @escaping (VerifiedForm) async throws -> Response
    ) {
        step = .form(stale: stale, perform: perform)
    }

    private init(_ step: Step) { self.step = step }

    /// An answer that needs no action, such as that a link has expired.
    package static func answer(_ response: Response) -> FormAction { FormAction(.answer(response)) }

    /// Answers the form.
    func response(to body: FormBody, isValid: Bool) async throws -> Response {
        switch step {
        case .answer(let response): response
        case .form(let stale, let perform): isValid ? try await perform(VerifiedForm(body: body)) : try await stale()
        }
    }
}

/// A submitted form whose CSRF token was checked.
package struct VerifiedForm: Sendable {
    /// The fields.
    package let body: FormBody

    fileprivate init(body: FormBody) { self.body = body }
}
