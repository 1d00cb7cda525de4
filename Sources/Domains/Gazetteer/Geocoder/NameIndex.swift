/// A street, microdistrict or district, by its index in the gazetteer's list.
enum PlaceReference: Hashable, Sendable {
    case street(Int)
    case microdistrict(Int)
    case district(Int)
}

/// The written forms of place names as sequences of known words, each leading to the places with that name.
///
/// A class, so that a query copies one reference instead of each part.
final class NameIndex: Sendable {
    /// The relation of a name to its place.
    enum NameType: Int, Sendable, Comparable, CaseIterable {
        case current
        case variant
        /// A current name or variant with another ending: another case or gender.
        case inflected
        /// A surname in place of a full name.
        case part
        case former

        /// Whether the name is one of the place's present names, letter by letter.
        var isExact: Bool { self == .current || self == .variant }

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A place that has a name.
    struct NamedPlace: Sendable, Hashable {
        let place: PlaceReference
        let nameType: NameType
    }

    /// The places that have one name.
    ///
    /// A class, so that a query that matches the name copies one reference.
    final class NamedPlaces: Sendable {
        /// All of them.
        let all: [NamedPlace]
        /// The streets.
        let streets: [(index: Int, nameType: NameType)]
        /// The microdistricts and districts.
        let areas: [PlaceReference]

        /// - Parameter namedPlaces: in the order of the gazetteer's lists; exact names are moved to the front.
        init(_ namedPlaces: [NamedPlace]) {
            let all = NameType.allCases.flatMap { nameType in namedPlaces.filter { $0.nameType == nameType } }
            self.all = all
            streets = all.compactMap { namedPlace in
                if case .street(let index) = namedPlace.place { (index, namedPlace.nameType) } else { nil }
            }
            areas = all.map(\.place).filter { if case .street = $0 { false } else { true } }
        }
    }

    /// The version of the rules that folded the words.
    let normaliserVersion = Normaliser.version
    /// The words that occur in names.
    let words: Vocabulary
    private let givenNames: WordTable<Bool>
    private let soundsOfGivenNames: WordTable<Bool>
    private let nodes: [NamedPlaces?]
    private let steps: [UInt64: Int32]

    init(contents: GazetteerContents) {
        var tree = NameTrie()
        for (index, street) in contents.streets.enumerated() {
            tree.add(street.names.all, as: .current, for: .street(index))
            tree.add(street.variants, as: .variant, for: .street(index))
            tree.add(street.oldNames, as: .former, for: .street(index))
        }
        for (index, microdistrict) in contents.microdistricts.enumerated() {
            tree.add(microdistrict.names.all, as: .current, for: .microdistrict(index))
            tree.add(microdistrict.variants, as: .variant, for: .microdistrict(index))
        }
        for (index, district) in contents.districts.enumerated() {
            let names = district.names.all + [district.id.rawValue]
            tree.add(names.map(Self.withoutType), as: .current, for: .district(index))
            tree.add(district.oldNames.map(Self.withoutType), as: .former, for: .district(index))
        }
        words = Vocabulary(tree.words)
        nodes = tree.nodes.map { $0.isEmpty ? nil : NamedPlaces($0) }
        steps = tree.steps
        let given = tree.givenNames.union(GivenNames.all)
        givenNames = WordTable(words: given)
        soundsOfGivenNames = WordTable(words: Set(given.map { SoundKey.key($0) }))
    }

    /// Whether a word is a first name used before surnames, in any alphabet.
    func isGivenName(_ word: String) -> Bool {
        if givenNames.contains(word) { return true }
        let isLatin = word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
        return isLatin && soundsOfGivenNames.contains(SoundKey.key(word))
    }

    /// The node after a word; the root is 0.
    func step(from node: Int32, by word: Int32) -> Int32? { steps[Self.step(node, word)] }

    fileprivate static func step(_ node: Int32, _ word: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
    }

    /// The places whose name ends at a node; nil when there are none.
    func namedPlaces(at node: Int32) -> NamedPlaces? { nodes[Int(node)] }

    /// Whether a word alone is the name of a district.
    func isDistrict(_ word: String) -> Bool {
        guard let number = words.number(of: word), let node = step(from: 0, by: number) else { return false }
        return namedPlaces(at: node)?.areas.contains { if case .district = $0 { true } else { false } } ?? false
    }

    // «Ауэзовский район»: the type word is not part of the name that is searched for.
    private static func withoutType(_ name: String) -> String {
        let words = Token.tokens(of: name).map(\.text)
        return words.filter { !AddressWord.meanings(of: $0).contains(.district) }.joined(separator: " ")
    }
}

/// The written forms while they are being collected.
private struct NameTrie {
    private(set) var words: [String] = []
    private var numbers: [String: Int32] = [:]
    private(set) var givenNames: Set<String> = []
    private(set) var nodes: [[NameIndex.NamedPlace]] = [[]]
    private(set) var steps: [UInt64: Int32] = [:]

    mutating func add(_ names: [String], as nameType: NameIndex.NameType, for place: PlaceReference) {
        for name in names {
            let forms = NameForms(name)
            givenNames.formUnion(forms.givenNames)
            for (index, form) in forms.all.enumerated() {
                let made = Self.nameType(of: form, isFirst: index == 0, as: nameType)
                add(form.words, .init(place: place, nameType: made))
            }
        }
    }

    private static func nameType(
        of form: NameForms.Form,
        isFirst: Bool,
        as nameType: NameIndex.NameType
    ) -> NameIndex.NameType {
        if nameType == .former { return .former }
        if form.isPart { return .part }
        if form.isInflected { return .inflected }
        return isFirst ? nameType : .variant
    }

    private mutating func number(of word: String) -> Int32 {
        if let known = numbers[word] { return known }
        let number = Int32(words.count)
        words.append(word)
        numbers[word] = number
        return number
    }

    private mutating func add(_ name: [String], _ namedPlace: NameIndex.NamedPlace) {
        var node: Int32 = 0
        for word in name {
            let step = NameIndex.step(node, number(of: word))
            if let next = steps[step] {
                node = next
            } else {
                node = Int32(nodes.count)
                steps[step] = node
                nodes.append([])
            }
        }
        if let known = nodes[Int(node)].firstIndex(where: { $0.place == namedPlace.place }) {
            if namedPlace.nameType < nodes[Int(node)][known].nameType { nodes[Int(node)][known] = namedPlace }
        } else {
            nodes[Int(node)].append(namedPlace)
        }
    }
}
