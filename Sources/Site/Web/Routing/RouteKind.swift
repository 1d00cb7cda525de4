/// What a route serves; sessions, the form of errors, headers and cross-origin access depend on it.
enum RouteKind: Sendable {
    /// A page for people: it needs to know the visitor, and errors are pages.
    case page
    /// A static file of the site.
    case file
    /// An API call that only this site and programs outside browsers use.
    case call
    /// An API call that scripts of any origin may read: it needs no key and depends on no cookie.
    case sharedCall
    /// A vector tile: readable from any origin, and compressed by its own route.
    case tile

    /// Whether scripts of other origins may read the answers.
    var isShared: Bool { self == .sharedCall || self == .tile }
}
