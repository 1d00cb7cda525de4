/// A street, microdistrict or district, by its place in the gazetteer's list.
enum PlaceReference: Hashable, Sendable {
    case street(Int)
    case microdistrict(Int)
    case district(Int)
}

/// The written forms of place names, as sequences of known words, each leading to the places that bear it.
struct NameIndex: Sendable {
    /// How a place comes by a name.
    enum Standing: Int, Sendable, Comparable {
        case current
        case variant
        /// A surname for a full name.
        case part
        case former

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A place that bears a name.
    struct Bearer: Sendable, Hashable {
        let place: PlaceReference
        let standing: Standing
    }

    /// The version of the rules by which the words were folded.
    let normaliserVersion = Normaliser.version
    /// The words that names are made of.
    private(set) var words = Vocabulary()
    private var givenNames = WordTable(words: [])
    private var nodes: [[Bearer]] = [[]]
    private var steps: [UInt64: Int32] = [:]

    init(contents: GazetteerContents) {
        var givenNames: Set<String> = []
        for (index, street) in contents.streets.enumerated() {
            add(street.names.all, as: .current, for: .street(index), &givenNames)
            add(street.variants, as: .variant, for: .street(index), &givenNames)
            add(street.oldNames, as: .former, for: .street(index), &givenNames)
        }
        for (index, microdistrict) in contents.microdistricts.enumerated() {
            add(microdistrict.names.all, as: .current, for: .microdistrict(index), &givenNames)
            add(microdistrict.variants, as: .variant, for: .microdistrict(index), &givenNames)
        }
        for (index, district) in contents.districts.enumerated() {
            let names = district.names.all + [district.id.rawValue]
            add(names.map(Self.withoutType), as: .current, for: .district(index), &givenNames)
            add(district.oldNames.map(Self.withoutType), as: .former, for: .district(index), &givenNames)
        }
        words.makeReady()
        self.givenNames = WordTable(words: givenNames)
    }

    /// Whether a word is a first name that stands beside surnames in the names of streets.
    func isGivenName(_ word: String) -> Bool { givenNames.contains(word) }

    /// The node after a word; the root is 0.
    func step(from node: Int32, by word: Int32) -> Int32? {
        steps[UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))]
    }

    /// The places whose name ends at a node.
    func bearers(at node: Int32) -> [Bearer] { nodes[Int(node)] }

    // «Ауэзовский район»: the type word is no part of what is looked for.
    private static func withoutType(_ name: String) -> String {
        let words = Token.tokens(of: name).map(\.text)
        return words.filter { !AddressWord.meanings(of: $0).contains(.district) }.joined(separator: " ")
    }

    private mutating func add(
        _ names: [String],
        as standing: Standing,
        for place: PlaceReference,
        _ givenNames: inout Set<String>
    ) {
        for name in names {
            let forms = NameForms(name)
            givenNames.formUnion(forms.givenNames)
            for (index, form) in forms.all.enumerated() {
                let made: Standing = form.isPart ? .part : index == 0 ? standing : max(standing, .variant)
                add(form.words, Bearer(place: place, standing: standing == .former ? .former : made))
            }
        }
    }

    private mutating func add(_ name: [String], _ bearer: Bearer) {
        var node: Int32 = 0
        for word in name {
            let step = UInt64(UInt32(bitPattern: node)) << 32 | UInt64(words.add(word))
            if let next = steps[step] {
                node = next
            } else {
                node = Int32(nodes.count)
                steps[step] = node
                nodes.append([])
            }
        }
        if let known = nodes[Int(node)].firstIndex(where: { $0.place == bearer.place }) {
            if bearer.standing < nodes[Int(node)][known].standing { nodes[Int(node)][known] = bearer }
        } else {
            nodes[Int(node)].append(bearer)
        }
    }
}
