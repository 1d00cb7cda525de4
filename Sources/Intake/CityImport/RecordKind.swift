import Gazetteer

/// The record type of each layer.
enum RecordKind {
    static func of(_ layer: Layer) -> any GazetteerRecord.Type {
        switch layer {
        case .categories: Gazetteer.Category.self
        case .districts: District.self
        case .authorities: Authority.self
        case .microdistricts: Microdistrict.self
        case .streets: Street.self
        case .addresses: Address.self
        case .organizations: Organization.self
        case .stops: Stop.self
        case .blocks: Block.self
        case .streetLines: StreetLine.self
        case .crossings: Crossing.self
        case .houseRanges: HouseRange.self
        }
    }
}
