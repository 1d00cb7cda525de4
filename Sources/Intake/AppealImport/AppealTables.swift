public import Appeals
public import Foundation

/// The tables of appeals that ship with the program: the `appeal_*.csv` files of a folder.
public struct AppealTables: Sendable {
    /// The categories with their questions and stoppers, and the bodies.
    public let catalogue: AppealCatalogue
    /// The routing rules.
    public let routes: RoutingTable
    /// Who may do what.
    public let permissions: PermissionTable

    /// Reads the tables of a folder.
    ///
    /// - Throws: `AppealImportError` when a file cannot be read as a table, `AppealsError` for the first row that cannot be used.
    public init(folder: URL) throws {
        func rows(_ name: String, _ columns: [String]) throws -> [TableRow] {
            try TableFile(at: folder.appending(path: "appeal_\(name).csv"), columns: columns).rows
        }
        var tables = AppealCatalogue.Tables()
        tables.categories = try rows("categories", AppealCategory.columns)
        tables.questions = try rows("questions", AppealQuestion.columns)
        tables.stoppers = try rows("stoppers", AppealStopper.columns)
        tables.bodies = try rows("bodies", AppealBody.columns)
        catalogue = try AppealCatalogue(tables)
        routes = try RoutingTable(try rows("routes", RoutingRule.columns), catalogue: catalogue)
        permissions = try PermissionTable(try rows("permissions", PermissionTable.columns))
    }
}
