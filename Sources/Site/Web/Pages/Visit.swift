import Accounts
import Gazetteer
import Hummingbird

/// One request for a page: what was asked, by whom, in which language.
struct Visit: Sendable {
    let request: Request
    let context: PortalContext
    let language: Language
    /// Keeps the form of the request, for the case that it cannot be saved.
    var sent = SentBody()

    var visitor: Visitor { context.visitor }

    var link: Link { Link(language: language) }

    /// The same visit with a key for forms.
    func with(formKey: String) -> Visit {
        var context = context
        context.visitor.formKey = formKey
        return Visit(request: request, context: context, language: language, sent: sent)
    }

    /// The same visit with the person's renewed session.
    func with(person: SignedIn?) -> Visit {
        var context = context
        context.visitor.person = person
        return Visit(request: request, context: context, language: language, sent: sent)
    }

    /// The same visit with what was typed into the form of this page before the session ended.
    func with(draft: FormBody?) -> Visit {
        var context = context
        context.visitor.draft = draft
        return Visit(request: request, context: context, language: language, sent: sent)
    }

    /// The URL of the page with its query, for returning to it; nil when the URL contains a token.
    var returnPath: String? { context.isSecretAddress ? nil : request.uri.string }

    /// The value of a parameter of the query; nil when it is missing or no text.
    func query(_ name: String) -> String? {
        request.uri.queryParameters[Substring(name)].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A part of the address; empty when the route has none of that name.
    func parameter(_ name: String) -> String { context.parameters.get(name) ?? "" }
}
