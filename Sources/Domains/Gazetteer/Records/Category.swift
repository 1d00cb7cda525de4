/// A node of the directory's category tree.
public struct Category: GazetteerRecord {
    /// The id of a category, such as `polyclinic`.
    public typealias ID = Identifier<Category>

    /// The id.
    public let id: ID
    /// The group it belongs to; nil for a group.
    public let parent: ID?
    /// The singular name: "Емхана".
    public let names: Names
    /// The plural name: "Емханалар".
    public let plurals: Names
    /// Other words people use for it, in any language.
    public let synonyms: [String]
    /// Its symbol on the map and in lists.
    public let icon: String?
    /// Its order among its siblings.
    public let position: Int
    let synonymLists: [String: String]

    /// The layer.
    public static let layer = Layer.categories
    /// The columns a file must have.
    public static let requiredColumns = ["id", "parent", "position"]
    /// The id.
    public var key: String { id.rawValue }

    private static let synonymColumns = ["synonyms_kk", "synonyms_ru", "synonyms_en"]

    /// Reads a category.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        parent = fields.text("parent").map { .init($0) }
        names = try fields.names()
        plurals = Names(kk: fields.text("plural_kk"), ru: fields.text("plural_ru"), en: fields.text("plural_en"))
        icon = fields.text("icon")
        position = try fields.integer("position") ?? 0
        var lists: [String: String] = [:]
        for column in Self.synonymColumns { lists[column] = fields.text(column) }
        synonymLists = lists
        synonyms = Self.synonymColumns.flatMap { fields.list($0) }
    }

    /// The category as fields.
    public var fields: Fields {
        var fields = Fields(synonymLists)
        fields["id"] = id.rawValue
        fields["parent"] = parent?.rawValue
        fields["plural_kk"] = plurals.kk
        fields["plural_ru"] = plurals.ru
        fields["plural_en"] = plurals.en
        fields["icon"] = icon
        fields["position"] = String(position)
        fields.write(names)
        return fields
    }
}

extension Category {
    /// The categories that the tree cannot show, because the group they belong to has a parent itself.
    public static func misplaced(in categories: [Category]) -> [Category] {
        let subgroups = Set(categories.filter { $0.parent != nil }.map(\.id))
        return categories.filter { category in category.parent.map { subgroups.contains($0) } ?? false }
    }

    /// The error of a category that the tree cannot show.
    static func misplacement(_ parent: String) -> RecordError {
        .malformed(
            field: "parent",
            value: parent,
            expected: "a group that belongs to no group, for a category without any"
        )
    }

    /// Whether a correction changes the place of a category in the tree.
    static func isPlace(_ subject: FieldCorrection.Subject) -> Bool {
        subject.layer == .categories && subject.field == "parent"
    }
}
