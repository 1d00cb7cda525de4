/// What a group of routes has in common: the form of its errors, whether it knows the visitor, and who may read it.
package struct RoutePolicy: Sendable, Hashable {
    /// How errors are answered.
    package enum ErrorFormat: Sendable {
        /// As a page in the reader's language.
        case page
        /// As `application/problem+json` (RFC 9457).
        case problemDocument
    }

    /// The name of the group.
    package let name: String
    /// How errors are answered.
    package let errors: ErrorFormat
    /// Whether cookies are read, so that the handler knows the visitor; only these routes may accept forms.
    package let knowsVisitor: Bool
    /// Whether scripts of other origins may read the answers: they need no key and depend on no cookie.
    package let isShared: Bool
    /// Whether answers carry the headers of documents: opener, permissions and referrer policies.
    package let hasDocumentHeaders: Bool
    /// Whether answers are made on threads of their own, because they take long enough to delay others.
    package let isSlow: Bool
    /// Whether the route compresses its answers itself, and its answers are requested by the hundred.
    package let isPacked: Bool

    /// Pages for people.
    package static let page = RoutePolicy(
        "page",
        errors: .page,
        knowsVisitor: true,
        hasDocumentHeaders: true,
        isSlow: true
    )
    /// Static files of the site.
    package static let file = RoutePolicy("file")
    /// API calls for this site and for programs outside browsers.
    package static let call = RoutePolicy("call")
    /// API calls that scripts of any origin may read.
    package static let sharedCall = RoutePolicy("shared call", isShared: true)
    /// Vector tiles, which scripts of any origin may read.
    package static let tile = RoutePolicy("tile", isShared: true, isPacked: true)

    private init(
        _ name: String,
        errors: ErrorFormat = .problemDocument,
        knowsVisitor: Bool = false,
        isShared: Bool = false,
        hasDocumentHeaders: Bool = false,
        isSlow: Bool = false,
        isPacked: Bool = false
    ) {
        (self.name, self.errors, self.knowsVisitor) = (name, errors, knowsVisitor)
        (self.isShared, self.hasDocumentHeaders) = (isShared, hasDocumentHeaders)
        (self.isSlow, self.isPacked) = (isSlow, isPacked)
    }
}
