/// What a route answers, on which depend sessions, the form of errors, headers, and who may read it from another origin.
enum RouteKind: Sendable {
    /// A page for people: who asks matters, errors are pages.
    case page
    /// A file that belongs to the site.
    case file
    /// A call for programs that only this site and programs outside browsers use.
    case call
    /// A call that scripts of any origin may read: it needs no key and depends on no cookie.
    case sharedCall
    /// A vector tile: shared, and packed by its own route.
    case tile

    /// Whether scripts of other origins may read the answers.
    var isShared: Bool { self == .sharedCall || self == .tile }
}
