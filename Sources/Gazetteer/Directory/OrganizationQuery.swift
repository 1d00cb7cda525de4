public import Geo

/// What a reader of the directory asks for; every condition must hold.
public struct OrganizationQuery: Sendable {
    /// Words of the name or the category.
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
    /// Open at this minute of the week (Monday 00:00 = 0).
    public var openAt: Int?
    /// The language whose alphabet orders the list.
    public var language: Language = .kk

    /// Makes a query without conditions.
    public init() {}
}

/// An organization that meets a query.
public struct OrganizationHit: Sendable, Equatable {
    /// Its place in the directory.
    public let index: Int
    /// Metres from the query's point, when it named one and the organization has a position.
    public let distance: Double?
    /// How well the words met, 0 to 1; 1 without words.
    public let relevance: Double
}
