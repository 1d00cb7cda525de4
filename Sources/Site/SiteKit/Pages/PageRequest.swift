package import Civic
package import Hummingbird
import NIOCore

/// A page request: URL, visitor and language.
package struct PageRequest: Sendable {
    /// The HTTP request.
    package let request: Request
    /// The context of the request in the router.
    package let context: PortalContext
    /// The language of the page.
    package let language: Language
    /// Keeps the request's form in case it cannot be saved.
    package var sent = SentBody()

    /// Makes a request for a page.
    package init(
        request: Request,
        context: PortalContext,
        language: Language,
        sent: SentBody = SentBody()
    ) {
        self.request = request
        self.context = context
        self.language = language
        self.sent = sent
    }

    /// The visitor who sent the request.
    package var visitor: Visitor { context.visitor }

    /// The addresses of pages in the language of the page.
    package var link: Link { Link(language: language) }

    /// A copy with a key for forms.
    package func with(formKey: String) -> PageRequest {
        var context = context
        context.visitor.formKey = formKey
        return PageRequest(request: request, context: context, language: language, sent: sent)
    }

    /// A copy that has only the address and the language: no header fields, no cookies, no visitor.
    ///
    /// A page that many readers get is made from it, so that it cannot contain anything about the first of them.
    package var addressOnly: PageRequest {
        var context = context
        context.visitor = Visitor()
        var head = request.head
        (head.headerFields, head.authority) = ([:], nil)
        let request = Request(head: head, body: .init(buffer: ByteBuffer()))
        return PageRequest(request: request, context: context, language: language)
    }

    /// A copy with the person's renewed session.
    package func with(person: SignedIn?) -> PageRequest {
        var context = context
        context.visitor.person = person
        return PageRequest(request: request, context: context, language: language, sent: sent)
    }

    /// A copy with the form input from before the session ended.
    package func with(draft: FormBody?) -> PageRequest {
        var context = context
        context.visitor.draft = draft
        return PageRequest(request: request, context: context, language: language, sent: sent)
    }

    /// The name of the form at this address: its route without the language, so that all steps of a form have one name.
    var formName: String { String((context.endpointPath ?? "").dropFirst(language.rawValue.count + 1)) }

    /// The URL of the page with its query, for returning to it; nil when the URL contains a token.
    package var returnPath: String? { context.isSecretAddress ? nil : request.uri.string }

    /// The value of a query parameter; nil when it is missing or not valid text.
    package func query(_ name: String) -> String? {
        request.uri.queryParameters[Substring(name)].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of a path parameter; empty when the route has none of that name.
    package func parameter(_ name: String) -> String { context.parameters.get(name) ?? "" }
}
