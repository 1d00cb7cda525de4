import Hummingbird
import Synchronization

/// The routes of the finished router: the policy of each, and the methods of each path.
package final class RouteTable: Sendable {
    private struct Route {
        let parts: [RoutePart]
        let method: String
        let policy: RoutePolicy
    }

    private struct State {
        var routes: [Route] = []
        var policies: [String: RoutePolicy] = [:]
    }

    private let state = Mutex(State())

    /// Makes an empty table; the route groups fill it.
    package init() {}

    /// Adds a route.
    ///
    /// - Parameter path: the pattern of the route.
    func add(_ method: String, _ path: RouterPath, _ policy: RoutePolicy) {
        let parts = Self.segments(path.description)
        let pattern = "/" + parts.joined(separator: "/")
        state.withLock { state in
            state.routes.append(Route(parts: parts.map { RoutePart(String($0)) }, method: method, policy: policy))
            state.policies[pattern] = policy
        }
    }

    /// The policy of a request.
    ///
    /// - Parameters:
    ///   - route: the pattern of the matched route; nil when none matched.
    ///   - path: the requested path. Without a matching route, the routes under the same first segment decide.
    func policy(of route: String?, at path: String) -> RoutePolicy {
        state.withLock { state in
            if let route, let policy = state.policies[route] { return policy }
            let asked = Self.segments(path)
            if let match = state.routes.first(where: { Self.matches($0.parts, asked) }) { return match.policy }
            let neighbours = state.routes.filter {
                $0.policy.errors == .problemDocument && $0.parts.first?.matches(asked.first ?? "") == true
            }
            return neighbours.isEmpty ? .page : .call
        }
    }

    /// The methods of a path, in alphabetical order; empty when no route matches.
    package func methods(at path: String) -> [String] {
        let asked = Self.segments(path)
        let found = state.withLock { $0.routes }.filter { Self.matches($0.parts, asked) }
        var methods = Set(found.map(\.method))
        // The router answers HEAD wherever it answers GET, and the middleware answers OPTIONS for shared routes.
        if methods.contains("GET") { methods.insert("HEAD") }
        if found.contains(where: \.policy.isShared) { methods.insert("OPTIONS") }
        return methods.sorted()
    }

    /// All routes with method, pattern and policy.
    package var all: [(method: String, path: String, policy: RoutePolicy)] {
        state.withLock { $0.routes }.map { route in
            (route.method, "/" + route.parts.map(\.pattern).joined(separator: "/"), route.policy)
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
