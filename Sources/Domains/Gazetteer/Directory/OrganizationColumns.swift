import Geo

/// What a search asks of every organization it meets, in columns: a record with all its texts would cost a jump each.
final class OrganizationColumns: Sendable {
    /// The category's place in the tree; -1 for one that is not in it.
    let categories: [Int32]
    /// The district's place; -1 for none.
    let districts: [Int32]
    /// The position; not a number for none.
    let positions: [Coordinate]
    /// How many words the shortest of the names has.
    let nameLengths: [UInt8]
    /// The organizations by the length of their shortest name, the shortest first.
    let ofNameLength: [(length: Int, records: RecordSet)]
    /// The organizations of each category, by its place in the tree.
    let ofCategory: Postings
    /// The names in all languages, folded, in order, and whose they are.
    let names: SortedTexts
    let owners: Postings
    private let namePlaces: Postings

    /// How many organizations there are.
    var count: Int { categories.count }

    init(_ organizations: [Organization], names allNames: [[[String]]], tree: CategoryTree, districts: DistrictMap) {
        let kinds = organizations.map { tree[$0.category]?.index ?? -1 }
        categories = kinds.map(Int32.init)
        self.districts = organizations.map { Int32($0.district.flatMap { districts.index(of: $0) } ?? -1) }
        positions = organizations.map { $0.position ?? Coordinate(longitude: .nan, latitude: .nan) }
        var lists = [[Int32]](repeating: [], count: tree.nodes.count)
        for (record, place) in kinds.enumerated() where place >= 0 { lists[place].append(Int32(record)) }
        ofCategory = Postings(lists, of: organizations.count)
        var lengths: [UInt8] = []
        var named: [String: [Int32]] = [:]
        for (record, names) in allNames.enumerated() {
            var shortest = Int(UInt8.max)
            for words in names where !words.isEmpty {
                shortest = min(shortest, words.count)
                named[words.joined(separator: " "), default: []].append(Int32(record))
            }
            lengths.append(UInt8(shortest))
        }
        nameLengths = lengths
        var ofLength: [Int: RecordSet] = [:]
        for (record, length) in lengths.enumerated() {
            ofLength[Int(length), default: RecordSet(count: lengths.count)].insert(record)
        }
        ofNameLength = ofLength.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        let sorted = named.keys.sorted(by: SortedTexts.precedes)
        names = SortedTexts(sorted: sorted)
        owners = Postings(sorted.map { named[$0] ?? [] }, of: organizations.count)
        var places = [[Int32]](repeating: [], count: organizations.count)
        for (place, name) in sorted.enumerated() {
            for owner in named[name] ?? [] { places[Int(owner)].append(Int32(place)) }
        }
        namePlaces = Postings(places)
    }

    /// Whether a name of an organization has a word that begins so.
    func has(_ record: Int, aWordBeginning beginning: String) -> Bool {
        let letters = Array(beginning.utf8)
        return namePlaces[record].contains { names.has(Int($0), aWordBeginning: letters) }
    }
}
