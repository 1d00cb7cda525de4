/// What changed rules would have done with past cases.
public struct RoutingDryRun: Sendable, Hashable {
    /// How many cases may change their body before a second person has to agree.
    public static let maxChangesOfOnePerson = 50

    /// A past case.
    public struct PastCase: Sendable, Hashable {
        /// The appeal.
        public let id: AppealID
        /// The inputs by which it was routed.
        public let inputs: RoutingInputs

        /// Makes a case.
        public init(id: AppealID, inputs: RoutingInputs) {
            self.id = id
            self.inputs = inputs
        }
    }

    /// Cases that would go from one destination to another.
    public struct Change: Sendable, Hashable {
        /// Where they go by the present rules; nil when no rule applies.
        public let old: RoutingDecision.Destination?
        /// Where they would go by the changed rules; nil when no rule applies.
        public let new: RoutingDecision.Destination?
        /// The cases in the order in which they were given.
        public let cases: [AppealID]
    }

    /// How many cases were tried.
    public let cases: Int
    /// The changes, those with the most cases first.
    public let changes: [Change]

    /// Routes past cases by two tables.
    public init(of cases: [PastCase], from old: RoutingTable, to new: RoutingTable) {
        struct Pair: Hashable {
            let old: RoutingDecision.Destination?
            let new: RoutingDecision.Destination?
        }
        var (groups, pairs): ([Pair: [AppealID]], [Pair]) = ([:], [])
        for item in cases {
            let pair = Pair(
                old: old.decision(for: item.inputs)?.destination,
                new: new.decision(for: item.inputs)?.destination
            )
            guard pair.old != pair.new else { continue }
            if groups[pair] == nil { pairs.append(pair) }
            groups[pair, default: []].append(item.id)
        }
        self.cases = cases.count
        let found = pairs.map { Change(old: $0.old, new: $0.new, cases: groups[$0] ?? []) }
        changes = found.enumerated()
            .sorted { ($1.element.cases.count, $0.offset) < ($0.element.cases.count, $1.offset) }
            .map(\.element)
    }

    /// How many cases would change their body.
    public var changed: Int { changes.reduce(0) { $0 + $1.cases.count } }

    /// Whether a second person has to agree.
    public var needsSecondPerson: Bool { changed > Self.maxChangesOfOnePerson }
}
