import Hummingbird
import Synchronization

/// Which methods each address has, so that a wrong method is told from a wrong address.
final class RouteTable: Sendable {
    private struct Route {
        let parts: [String]
        let method: String
    }

    private let routes = Mutex<[Route]>([])

    /// Reads the routes of a finished router.
    func learn(_ router: Router<PortalContext>) {
        let known = router.routes.map { route in
            Route(parts: Self.parts(route.path.description), method: route.method.rawValue)
        }
        routes.withLock { $0 = known }
    }

    /// The methods of an address, in alphabetical order; empty when there is nothing at it.
    func methods(at path: String) -> [String] {
        let asked = Self.parts(path)
        let found = routes.withLock { $0 }.filter { Self.matches($0.parts, asked) }.map(\.method)
        // The router answers HEAD wherever it answers GET.
        return Set(found.contains("GET") ? found + ["HEAD"] : found).sorted()
    }

    private static func parts(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

    private static func matches(_ pattern: [String], _ asked: [String]) -> Bool {
        if pattern.last == "**" { return asked.starts(with: pattern.dropLast()) }
        return pattern.count == asked.count
            && zip(pattern, asked).allSatisfy { part, text in
                part.hasPrefix(":") || part.hasPrefix("{") || part == text
            }
    }
}
