import Gazetteer

/// The report on derived streets as Markdown.
public struct StreetReport: Sendable {
    private let result: DerivedStreets
    private let check: StreetDerivation.Check
    private let streets: Int
    private let picture: String?

    /// Takes what to report.
    ///
    /// - Parameters:
    ///   - streets: the number of streets in the gazetteer.
    ///   - picture: the path of the picture relative to the report.
    public init(_ result: DerivedStreets, check: StreetDerivation.Check, streets: Int, picture: String?) {
        self.result = result
        self.check = check
        self.streets = streets
        self.picture = picture
    }

    /// The text.
    public var markdown: String {
        ([heading] + [lines, accuracy, crossings, ranges, unmatched, limits]).joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let image = picture.map { "\n\n![The derived streets](\($0))" } ?? ""
        return """
            # Streets derived from facts

            Written by `openalmaty-tools derive streets`; the method and its reasons are in
            [decision 0006](decisions/0006-derived-streets.md). No map was copied: the lines are the centre lines of the gaps between
            city blocks, named by the blocks beside them and completed from houses and stops.\(image)
            """
    }

    private var streetLines: [DerivedStreets.Line] { result.lines.filter { $0.street != nil } }

    private var lines: String {
        let rivers = result.lines.filter { $0.street == nil }
        let rows = (1...5).map { rank in
            let own = streetLines.filter { $0.rank == rank }
            return
                "| \(rank) | \(own.count) | \(kilometres(own)) | \(count(own, .high)) | \(count(own, .medium)) | \(count(own, .low)) |"
        }
        return """
            ## Lines

            \(streetLines.count) of \(streets) streets have a line, \(kilometres(streetLines)) km in all; \
            \(rivers.count) rivers and canals, \(kilometres(rivers)) km.
            Confidence: `high` = blocks on both sides name the street and houses or stops agree, `medium` = blocks on both sides,
            `low` = one side, blocks known only by their centre, or points only. The other streets are named by too few blocks.

            | rank | streets | km | high | medium | low |
            |---|---|---|---|---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private var accuracy: String {
        """
        ## Accuracy

        Measured on the \(check.withHouses.houses) houses of the city register that state a street. A house's point is a building in
        its yard, and blocks are a few hundred metres wide, so the distance to a correct line is not 0.

        | lines made from | street has a line | within 60 m | within 120 m | or in a block beside it | median | nine of ten within |
        |---|---|---|---|---|---|---|
        \(row("blocks and stops, no house", check.withoutHouses))
        \(row("the same and one half of the houses, measured on the other half", check.heldOut))
        \(row("all houses (as published; measured on the same houses)", check.withHouses))

        The goal was nine of ten houses with a line, and nine of ten of those within 120 m. The published lines have a line for
        \(percent(check.withHouses.found)), and \(percent(check.withHouses.share(within: StreetAccuracy.near))) of those houses lie within 120 m of it. Most of the others are deep inside a block that the line
        borders; including them it is \(percent(check.withHouses.shareServed)). The middle row is what to expect for a house that was not known before.
        """
    }

    private func row(_ name: String, _ accuracy: StreetAccuracy) -> String {
        let middle = accuracy.quantile(0.5).map { "\(Int($0.rounded())) m" } ?? "–"
        let most = accuracy.quantile(0.9).map { "\(Int($0.rounded())) m" } ?? "–"
        return "| \(name) | \(percent(accuracy.found)) | \(percent(accuracy.share(within: 60))) "
            + "| \(percent(accuracy.share(within: StreetAccuracy.near))) | \(percent(accuracy.shareServed)) "
            + "| \(middle) | \(most) |"
    }

    private var crossings: String {
        let seen = result.crossings.count { $0.confidence == .high }
        let stops = result.crossings.count { $0.source != "derived" }
        return """
            ## Crossings

            \(result.crossings.count) crossings; a stop named after the crossing confirms \(seen) of them, and \(stops) are known from a stop
            alone.
            """
    }

    private var ranges: String {
        let houses = result.ranges.reduce(0) { $0 + $1.houses }
        let sides = result.ranges.count { $0.parity != .mixed }
        return """
            ## House ranges

            \(result.ranges.count) ranges are based on \(houses) houses; in \(sides) of them a side of the street has only odd or only even
            numbers. A house between two known ones is located to the precision that the range states.
            """
    }

    private var unmatched: String {
        let sorted = result.unmatched.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let rows = sorted.prefix(30).map { "| \($0.key) | \($0.value) |" }
        return """
            ## Names that match no street

            \(sorted.count) texts of blocks name neither a known street nor a locality. The most frequent:

            | text | blocks |
            |---|---|
            \(rows.joined(separator: "\n"))
            """
    }

    private var limits: String {
        """
        ## Limits

        * A line is the centre line of a gap, not a surveyed axis: `precision_m` states how far off it may be.
        * Streets inside large blocks are known by houses and stops only; they are straight and marked `low`.
        * Microdistricts name no streets. Between them a street is continued straight ahead, and short streets are missing.
        * Streets of the same name in several villages share one record and therefore one line with several parts.
        """
    }

    private func count(_ lines: [DerivedStreets.Line], _ confidence: Confidence) -> Int {
        lines.count { $0.confidence == confidence }
    }

    private func kilometres(_ lines: [DerivedStreets.Line]) -> Int {
        Int((lines.reduce(0) { $0 + $1.length } / 1_000).rounded())
    }

    private func percent(_ share: Double) -> String {
        let tenths = Int((share * 1_000).rounded())
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
