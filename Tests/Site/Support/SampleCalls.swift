@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// An example URL in the tiny city for every call.
enum SampleCalls {
    /// The path with its parameters filled in.
    static func path(_ operation: MapSite.Operation) -> String {
        operation.path.replacing("{slug}", with: "west").replacing("{id}", with: "clinic")
            .replacing("{layer}", with: "districts").replacing("{z}/{x}/{y}", with: "0/0/0")
    }

    /// The path with all required query parameters.
    static func address(_ operation: MapSite.Operation) -> String {
        let values = ["lon": "0.2", "lat": "0.2", "q": "a"]
        let query = operation.parameters.filter { $0.required && $0.place == .query }
            .map { "\($0.name)=\(values[$0.name] ?? "")" }
        return path(operation) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}
