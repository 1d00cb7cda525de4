/// Packs district and category into 64 bits per point, so that the nearest search can filter inside its loop.
struct OrganizationAttributes: Sendable {
    /// The bits that a point must have, and whether they express the condition completely.
    struct Requirement {
        let bits: UInt64
        let isExact: Bool
    }

    private static let width = 64
    private let districtCount: Int
    private let categories: CategoryTree
    private let districts: DistrictMap

    init(categories: CategoryTree, districts: DistrictMap) {
        self.categories = categories
        self.districts = districts
        districtCount = min(districts.all.count, 16)
    }

    func mask(of organization: Organization) -> UInt64 {
        var mask: UInt64 = 0
        if let district = organization.district.flatMap({ districts.index(of: $0) }) { mask |= bit(district: district) }
        if let node = categories[organization.category] {
            mask |= bit(category: node.index) | bit(category: node.group)
        }
        return mask
    }

    /// The bits for a condition; nil when it names a category or district that does not exist.
    func mask(category: Category.ID?, district: District.ID?) -> Requirement? {
        var bits: UInt64 = 0
        var exact = true
        if let district {
            guard let index = districts.index(of: district) else { return nil }
            bits |= bit(district: index)
            exact = exact && bit(district: index) != 0
        }
        if let category {
            guard let node = categories[category] else { return nil }
            bits |= bit(category: node.index)
            exact = exact && bit(category: node.index) != 0
        }
        return Requirement(bits: bits, isExact: exact)
    }

    // Values that do not fit have no bit and are checked record by record.
    private func bit(district index: Int) -> UInt64 { index < districtCount ? 1 << UInt64(index) : 0 }

    private func bit(category index: Int) -> UInt64 {
        districtCount + index < Self.width ? 1 << UInt64(districtCount + index) : 0
    }
}
