import Civic
import Hummingbird

/// A page request: URL, visitor and language.
struct Visit: Sendable {
    let request: Request
    let context: PortalContext
    let language: Language
    /// Keeps the request's form in case it cannot be saved.
    var sent = SentBody()

    var visitor: Visitor { context.visitor }

    var link: Link { Link(language: language) }

    /// A copy with a key for forms.
    func with(formKey: String) -> Visit {
        var context = context
        context.visitor.formKey = formKey
        return Visit(request: request, context: context, language: language, sent: sent)
    }

    /// A copy with the person's renewed session.
    func with(person: SignedIn?) -> Visit {
        var context = context
        context.visitor.person = person
        return Visit(request: request, context: context, language: language, sent: sent)
    }

    /// A copy with the form input from before the session ended.
    func with(draft: FormBody?) -> Visit {
        var context = context
        context.visitor.draft = draft
        return Visit(request: request, context: context, language: language, sent: sent)
    }

    /// The URL of the page with its query, for returning to it; nil when the URL contains a token.
    var returnPath: String? { context.isSecretAddress ? nil : request.uri.string }

    /// The value of a query parameter; nil when it is missing or not valid text.
    func query(_ name: String) -> String? {
        request.uri.queryParameters[Substring(name)].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of a path parameter; empty when the route has none of that name.
    func parameter(_ name: String) -> String { context.parameters.get(name) ?? "" }
}
