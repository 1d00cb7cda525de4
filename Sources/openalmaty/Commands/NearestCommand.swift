import ArgumentParser
import Civic
import Console
import Gazetteer

struct NearestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nearest",
        abstract: "Find the institutions nearest to a point."
    )

    @OptionGroup var coordinates: CoordinateArguments

    @Option(help: "A category, such as park or polyclinic.")
    var category: String?

    @Option(help: "The largest number of results.")
    var limit = 10

    @Option(help: "The language of the names: kk, ru or en.")
    var lang: Language = .ru

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if !(1...100).contains(limit) { throw ValidationError("--limit goes from 1 to 100.") }
    }

    func run() async throws {
        let point = try coordinates.position()
        let snapshot = try await database.city().snapshot()
        var query = OrganizationQuery()
        if let category {
            query.category = .init(category)
            guard snapshot.directory.categories[.init(category)] != nil else {
                let known = snapshot.directory.categories.nodes.map(\.category.id.rawValue).joined(separator: ", ")
                throw ValidationError("There is no category “\(category)”. Known: \(known)")
            }
        }
        let found = snapshot.directory.nearest(to: point, count: limit, within: .infinity, matching: query)
        let results = found.map { NearJSON(snapshot.directory.organizations[$0.index], $0.distance, lang) }
        if json { return try printJSON(["results": results]) }
        for result in results { print("\(Int(result.distanceM.rounded())) m — \(result.label) (\(result.category))") }
    }
}

private struct NearJSON: Encodable {
    let id: String
    let label: String
    let category: String
    let district: String?
    let distanceM: Double

    init(_ organization: Organization, _ distance: Double, _ language: Language) {
        id = organization.id.rawValue
        label = organization.names.label(for: language).text
        category = organization.category.rawValue
        district = organization.district?.rawValue
        distanceM = distance
    }
}
