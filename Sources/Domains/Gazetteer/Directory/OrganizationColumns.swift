import Geo

/// The fields that a search reads for every organization, as columns: reading whole records would cost a cache miss each.
final class OrganizationColumns: Sendable {
    /// The category's index in the tree; -1 when it is not in it.
    let categories: [Int32]
    /// The district's index; -1 for none.
    let districts: [Int32]
    /// The position; NaN for none.
    let positions: [Coordinate]
    /// The number of words in the shortest of the names.
    let nameLengths: [UInt8]
    /// The organizations by the length of their shortest name, shortest first.
    let ofNameLength: [(length: Int, records: RecordSet)]
    /// The organizations of each category, by its index in the tree.
    let ofCategory: Postings
    /// The names in all languages, folded and sorted, and the organizations they belong to.
    let names: SortedTexts
    let owners: Postings
    private let namePlaces: Postings

    /// The number of organizations.
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

    /// Whether a name of an organization has a word that begins with this text.
    func has(_ record: Int, aWordBeginning beginning: String) -> Bool {
        let letters = Array(beginning.utf8)
        return namePlaces[record].contains { names.has(Int($0), aWordBeginning: letters) }
    }
}
