import Gazetteer
import SiteKit

/// The number of organizations in each category, in the city and in each district.
struct CategoryCounts: Sendable {
    private let inCity: [Int]
    private let inDistrict: [District.ID: [Int]]
    /// How many organizations have known opening hours.
    let withHours: Int

    init(_ snapshot: GazetteerSnapshot) {
        let directory = snapshot.directory
        let tree = directory.categories
        let none = [Int](repeating: 0, count: tree.nodes.count)
        var inCity = none
        var inDistrict: [District.ID: [Int]] = [:]
        for organization in directory.organizations {
            guard let node = tree[organization.category] else { continue }
            for place in Set([node.index, node.group]) {
                inCity[place] += 1
                if let district = organization.district { inDistrict[district, default: none][place] += 1 }
            }
        }
        self.inCity = inCity
        self.inDistrict = inDistrict
        withHours = directory.organizations.indices.count { directory.openingHours(of: $0) != nil }
    }

    /// The count of a category with its subcategories, in one district or in the whole city.
    func count(_ node: CategoryTree.Node, in district: District.ID? = nil) -> Int {
        guard let district else { return inCity[node.index] }
        return inDistrict[district]?[node.index] ?? 0
    }
}
