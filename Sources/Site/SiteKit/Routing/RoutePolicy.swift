/// What a group of routes has in common: the form of its errors, whether it knows the visitor, who may read it, how long caches may keep
/// it, and what browsers may load for it.
package struct RoutePolicy: Sendable, Hashable {
    /// How errors are answered.
    package enum ErrorFormat: Sendable {
        /// As a page in the reader's language.
        case page
        /// As `application/problem+json` (RFC 9457).
        case problemDocument
    }

    /// The Content-Security-Policy of answers that bring none.
    package enum ContentPolicy: Sendable {
        /// That of the portal's pages: what the portal sends and what the features declare.
        case documents
        /// Nothing may be loaded, and the answer may not be framed.
        case data
        /// None, because browsers never show the answers as documents and request them by the hundred.
        case none
    }

    /// The name of the group.
    package let name: String
    /// How errors are answered.
    package let errors: ErrorFormat
    /// Whether cookies are read, so that the handler knows the visitor; only these routes may accept forms.
    package let knowsVisitor: Bool
    /// Whether scripts of other origins may read the answers: they need no key and depend on no cookie.
    package let isShared: Bool
    /// The `Cache-Control` of answers that set none.
    package let caching: String
    /// What browsers may load for an answer.
    package let content: ContentPolicy
    /// Whether answers carry the headers of documents: opener, permissions and referrer policies.
    package let hasDocumentHeaders: Bool
    /// Whether answers are made on threads of their own, because they take long enough to delay others.
    package let isSlow: Bool
    /// Whether the route compresses its answers itself, and its answers are requested by the hundred.
    package let isPacked: Bool

    /// Pages for people.
    ///
    /// Pages that caches may keep set their own `Cache-Control`.
    package static let page = RoutePolicy(
        "page",
        errors: .page,
        knowsVisitor: true,
        content: .documents,
        hasDocumentHeaders: true,
        isSlow: true
    )
    /// Pages for staff, registered with the permission that each requires.
    package static let staffPage = RoutePolicy(
        "staff page",
        errors: .page,
        knowsVisitor: true,
        content: .documents,
        hasDocumentHeaders: true,
        isSlow: true
    )
    /// Static files of the site.
    package static let file = RoutePolicy("file", caching: "public, max-age=300", content: .documents)
    /// API calls for this site and for programs outside browsers.
    package static let call = RoutePolicy("call")
    /// API calls that scripts of any origin may read.
    ///
    /// Answers that stay valid set their own `Cache-Control`.
    package static let sharedCall = RoutePolicy("shared call", isShared: true)
    /// Vector tiles, which scripts of any origin may read.
    ///
    /// They change only with the city, and revalidation is cheap.
    package static let tile = RoutePolicy(
        "tile",
        isShared: true,
        caching: "public, max-age=60, stale-while-revalidate=86400",
        content: .none,
        isPacked: true
    )
    /// Endpoints for an operator's monitoring.
    package static let health = RoutePolicy("health")

    private init(
        _ name: String,
        errors: ErrorFormat = .problemDocument,
        knowsVisitor: Bool = false,
        isShared: Bool = false,
        caching: String = "no-store",
        content: ContentPolicy = .data,
        hasDocumentHeaders: Bool = false,
        isSlow: Bool = false,
        isPacked: Bool = false
    ) {
        (self.name, self.errors, self.knowsVisitor) = (name, errors, knowsVisitor)
        (self.isShared, self.caching, self.content) = (isShared, caching, content)
        (self.hasDocumentHeaders, self.isSlow, self.isPacked) = (hasDocumentHeaders, isSlow, isPacked)
    }
}
