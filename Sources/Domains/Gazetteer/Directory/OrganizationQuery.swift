public import Geo

/// What a reader of the directory asks for; every condition must hold.
public struct OrganizationQuery: Sendable {
    /// Words of the name, the category or, besides one of these, the address; `docs/search.md` says how they are read.
    public var text: String?
    /// A category or group.
    public var category: Category.ID?
    /// A district.
    public var district: District.ID?
    /// A box, degrees.
    public var box: BoundingBox?
    /// The point from which distances count.
    public var near: Coordinate?
    /// How far from `near`, metres.
    public var radius: Double?
    /// Open at this time.
    public var openAt: LocalTime?
    /// The language whose alphabet orders the list.
    public var language: Language = .kk

    /// Makes a query without conditions.
    public init() {}
}
