import Hummingbird
import Synchronization

/// The routes of the finished router: the kind of each, and the methods of each path.
final class RouteTable: Sendable {
    private struct Route {
        let parts: [RoutePart]
        let method: String
        let kind: RouteKind
    }

    private struct State {
        var routes: [Route] = []
        var kinds: [String: RouteKind] = [:]
    }

    private let state = Mutex(State())

    /// Reads the routes of a finished router.
    ///
    /// - Parameter files: the routes of static files; a route that is neither one of them nor in the table of calls is a
    ///   page.
    func learn(_ router: Router<PortalContext>, files: [String]) {
        var kinds: [String: RouteKind] = [:]
        for operation in Operation.all { kinds[operation.path] = operation.kind }
        for path in files { kinds[path] = .file }
        let routes = router.routes.map { route in
            let path = route.path.description
            return Route(
                parts: Self.segments(path).map { RoutePart(String($0)) },
                method: route.method.rawValue,
                kind: kinds[path] ?? .page
            )
        }
        for route in router.routes { kinds[route.path.description] = kinds[route.path.description] ?? .page }
        state.withLock { $0 = State(routes: routes, kinds: kinds) }
    }

    /// The kind of a request.
    ///
    /// - Parameters:
    ///   - route: the pattern of the matched route; nil when none matched.
    ///   - path: the requested path. Without a matching route, the routes under the same first segment decide.
    func kind(of route: String?, at path: String) -> RouteKind {
        state.withLock { state in
            if let route, let kind = state.kinds[route] { return kind }
            let asked = Self.segments(path)
            if let match = state.routes.first(where: { Self.matches($0.parts, asked) }) { return match.kind }
            let neighbours = state.routes.filter {
                $0.kind != .page && $0.parts.first?.matches(asked.first ?? "") == true
            }
            return neighbours.isEmpty ? .page : .call
        }
    }

    /// The methods of a path, in alphabetical order; empty when no route matches.
    func methods(at path: String) -> [String] {
        let asked = Self.segments(path)
        let found = state.withLock { $0.routes }.filter { Self.matches($0.parts, asked) }
        var methods = Set(found.map(\.method))
        // The router answers HEAD wherever it answers GET, and the middleware answers OPTIONS for shared routes.
        if methods.contains("GET") { methods.insert("HEAD") }
        if found.contains(where: \.kind.isShared) { methods.insert("OPTIONS") }
        return methods.sorted()
    }

    /// The routes that are not pages, with method and pattern.
    var calls: [(method: String, path: String, kind: RouteKind)] {
        state.withLock { $0.routes }.filter { $0.kind != .page }.map { route in
            (route.method, "/" + route.parts.map(\.pattern).joined(separator: "/"), route.kind)
        }
    }

    private static func segments(_ path: String) -> [Substring] { path.split(separator: "/") }

    private static func matches(_ pattern: [RoutePart], _ asked: [Substring]) -> Bool {
        if pattern.last?.pattern == "**" {
            let head = pattern.dropLast()
            return asked.count >= head.count && zip(head, asked).allSatisfy { $0.matches($1) }
        }
        return pattern.count == asked.count && zip(pattern, asked).allSatisfy { $0.matches($1) }
    }
}
