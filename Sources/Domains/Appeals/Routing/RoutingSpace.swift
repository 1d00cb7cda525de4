import Foundation

/// All inputs that routing can get on a day, as the product of finitely many choices; values that no rule distinguishes share a choice.
///
/// A rule applies to a box of the space, that is to a set of choices in each dimension. Whether rules leave inputs without a
/// body, and whether a rule is ever reached, are questions about unions of boxes and are answered exactly.
struct RoutingSpace {
    /// The choices in each dimension.
    struct Box: Hashable {
        var sides: [IndexSet]
    }

    let leaves: [AppealCategory]
    let areas: [RoutingPlace.Area]
    let polygons: [PolygonName]
    private let bodies: [AppealBody.ID]
    private let questions: [AppealQuestion.ID]
    /// The values of a question that rules mention; any other answer, and none, is the choice after them.
    private let values: [AppealQuestion.ID: [String]]

    /// The ways of filing: a report, an official appeal whose kind is not known, and the legal kinds.
    static let filings = LegalKind.allCases.count + 2

    init(_ rules: [RoutingRule], _ catalogue: AppealCatalogue) {
        leaves = catalogue.leaves
        areas = catalogue.districts.map { RoutingPlace.Area.district($0) } + [.outside, .unknown]
        bodies = catalogue.bodies.map(\.id)
        var polygons: Set<PolygonName> = []
        var values: [AppealQuestion.ID: Set<String>] = [:]
        for rule in rules {
            if case .polygon(let name) = rule.condition.area { polygons.insert(name) }
            for answer in rule.condition.answers { values[answer.question, default: []].insert(answer.value) }
        }
        self.polygons = polygons.sorted()
        questions = values.keys.sorted()
        self.values = values.mapValues { $0.sorted() }
    }

    /// Everything.
    var whole: Box { box(RoutingCondition(), target: .notTaken) }

    /// The inputs to which a rule applies, whether or not it is in force.
    func box(of rule: RoutingRule) -> Box { box(rule.condition, target: rule.target) }

    /// The inputs of a regime with a category and an area.
    func cell(_ regime: AppealRegime, _ leaf: Int, _ area: Int) -> Box {
        var cell = whole
        cell.sides[0] = regime == .report ? IndexSet(integer: 0) : IndexSet(integersIn: 1..<Self.filings)
        cell.sides[2] = IndexSet(integer: leaf)
        cell.sides[3] = IndexSet(integer: area)
        return cell
    }

    // Dimensions: filing, addressee, leaf, area, day of the year, then each polygon and each question.
    private func box(_ condition: RoutingCondition, target: RoutingRule.Target) -> Box {
        var sides = [filings(condition), addressees(condition, target), leaves(condition), areas(condition, target)]
        sides.append(IndexSet(Season.days.filter { condition.season?.contains(number: $0) ?? true }))
        for polygon in polygons {
            let isMeant = condition.area == .polygon(polygon)
            sides.append(isMeant ? IndexSet(integer: 1) : IndexSet(integersIn: 0...1))
        }
        for question in questions {
            let known = values[question] ?? []
            var choices = IndexSet(integersIn: 0...known.count)
            for answer in condition.answers where answer.question == question {
                choices.formIntersection(IndexSet(known.indices.filter { known[$0] == answer.value }))
            }
            sides.append(choices)
        }
        return Box(sides: sides)
    }

    private func filings(_ condition: RoutingCondition) -> IndexSet {
        var filings = IndexSet(integersIn: 0..<Self.filings)
        if condition.regimes == [.report] { filings = IndexSet(integer: 0) }
        if condition.regimes == [.official] { filings = IndexSet(integersIn: 1..<Self.filings) }
        guard !condition.kinds.isEmpty else { return filings }
        let kinds = LegalKind.allCases.indices.filter { condition.kinds.contains(LegalKind.allCases[$0]) }
        return filings.intersection(IndexSet(kinds.map { $0 + 2 }))
    }

    // The city, any deputy, then the bodies.
    private func addressees(_ condition: RoutingCondition, _ target: RoutingRule.Target) -> IndexSet {
        let named = IndexSet(integersIn: 2..<bodies.count + 2)
        var addressees: IndexSet =
            switch condition.addressee {
            case .any: IndexSet(integersIn: 0..<bodies.count + 2)
            case .city: IndexSet(integer: 0)
            case .deputy: IndexSet(integer: 1)
            case .anyBody: named
            case .body(let body): IndexSet(bodies.indices.filter { bodies[$0] == body }.map { $0 + 2 })
            }
        if target == .addressee { addressees.formIntersection(named) }
        if target == .deputy { addressees.formIntersection(IndexSet(integer: 1)) }
        return addressees
    }

    private func leaves(_ condition: RoutingCondition) -> IndexSet {
        guard let category = condition.category else { return IndexSet(leaves.indices) }
        return IndexSet(leaves.indices.filter { leaves[$0].id == category || leaves[$0].group == category })
    }

    private func areas(_ condition: RoutingCondition, _ target: RoutingRule.Target) -> IndexSet {
        IndexSet(
            areas.indices.filter { index in
                if case .district(let slug) = areas[index] {
                    switch condition.area {
                    case .districts(let slugs): slugs.contains(slug)
                    case .outside: false
                    case .any, .polygon: true
                    }
                } else {
                    switch condition.area {
                    case .districts: false
                    case .outside: areas[index] == .outside && target != .akimat
                    case .any, .polygon: target != .akimat
                    }
                }
            }
        )
    }
}

extension RoutingSpace.Box {
    /// Whether it holds no inputs.
    var isEmpty: Bool { sides.contains(where: \.isEmpty) }

    /// Whether another box lies within it.
    func contains(_ other: RoutingSpace.Box) -> Bool {
        other.isEmpty || zip(sides, other.sides).allSatisfy { $1.isSubset(of: $0) }
    }

    /// Whether it shares inputs with another box.
    func meets(_ other: RoutingSpace.Box) -> Bool {
        zip(sides, other.sides).allSatisfy { !$0.intersection($1).isEmpty }
    }

    /// Inputs that none of the boxes contains, as one box; nil when they contain all.
    ///
    /// The first box that shares inputs is cut out, which leaves at most one box per dimension; each is then checked against the
    /// remaining boxes.
    func uncovered(by boxes: ArraySlice<RoutingSpace.Box>) -> RoutingSpace.Box? {
        guard !isEmpty else { return nil }
        guard let index = boxes.firstIndex(where: meets) else { return self }
        var rest = self
        for dimension in sides.indices {
            let outside = rest.sides[dimension].subtracting(boxes[index].sides[dimension])
            if !outside.isEmpty {
                var piece = rest
                piece.sides[dimension] = outside
                if let found = piece.uncovered(by: boxes[(index + 1)...]) { return found }
            }
            rest.sides[dimension].formIntersection(boxes[index].sides[dimension])
        }
        return nil
    }
}
