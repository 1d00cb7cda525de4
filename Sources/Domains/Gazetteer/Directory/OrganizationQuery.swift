public import Civic
public import Geo

/// A query of the directory; all conditions must hold.
public struct OrganizationQuery: Sendable {
    /// Words of the name, the category or, in addition to one of these, the address; `docs/search.md` describes how they are
    /// read.
    public var text: String?
    /// A category or group.
    public var category: Category.ID?
    /// A district.
    public var district: District.ID?
    /// A box, degrees.
    public var box: BoundingBox?
    /// The point from which distances are measured.
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
