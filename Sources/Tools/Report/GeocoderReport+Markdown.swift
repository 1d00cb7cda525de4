extension GeocoderReport {
    /// The report as a page of tables and the failures of the shown halves, without timings.
    ///
    /// - Parameter command: the command that generates the page.
    func markdown(madeBy command: String) -> String {
        var page = [
            "# How well the geocoder answers", "",
            "Written by `\(command)` from [the test set](../Tests/Geocoder/queries.csv): \(queries) queries written by hand",
            "in the ways people in Almaty write addresses, each with the places that count as right and how far off an",
            "answer may be. Only half `a` is used to improve the geocoder; half `b` shows how well it does on queries",
            "that it was not tuned for. The half of a query is derived from its text (FNV-1a, 64 bits; even is `a`).",
            "",
            "Data: \(data.houses) houses, \(data.streets) streets, \(data.microdistricts) microdistricts, "
                + "\(data.crossings) crossings, \(data.organizations) institutions; "
                + "borders `\(data.borders)`, records `\(data.checksum)`.", "",
        ]
        page += ["## Result", ""] + summary + [""]
        page += ["## By form", ""] + legend + [""] + table("form", forms) + [""]
        page += ["## By language", ""] + table("language", languages) + [""]
        page += ["## Unknown houses", ""] + leftOut + [""]
        page += ["## Failures", ""] + failureList
        return page.joined(separator: "\n") + "\n"
    }

    /// The results in one table, one row per half.
    var summary: [String] {
        var rows = [
            "| half | queries | right at 1 | right at 5 | right district | median error | negatives | false positives |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for half in total.halves {
            let tally = half.tally
            rows.append(
                "| \(half.half.rawValue) | \(tally.queries) | \(percent(tally.rightAtOne, tally.queries)) | "
                    + "\(percent(tally.rightAtFive, tally.queries)) | "
                    + "\(percent(tally.districtRight, tally.districtKnown)) | \(metres(tally.errors.at(0.5))) | "
                    + "\(tally.negatives) | \(percent(tally.falsePositives, tally.negatives)) |"
            )
        }
        return rows
    }

    private var legend: [String] {
        [
            "`1`, `5`: share of queries whose first answer, or one of the first five, lies within the tolerance of an expected",
            "place or is its record. `m`: median distance of the first answers, right or wrong, from the nearest expected",
            "place; along a street 0. `district`: share of first answers in the right district, where the data determines it.",
            "`negative` has queries that must find nothing: `false` is the share answered with confidence ≥ 0.5.",
            "A house missing in the data is expected on the straight line between its known neighbours; how far such places",
            "are from the true ones is measured below.",
        ]
    }

    private func table(_ title: String, _ groups: [Group]) -> [String] {
        let names = total.halves.map(\.half.rawValue)
        let heads = names.map {
            "\($0): queries | \($0): 1 | \($0): 5 | \($0): m | \($0): district | \($0): false"
        }
        var rows = ["| \(title) | " + heads.joined(separator: " | ") + " |"]
        rows.append("|---|" + String(repeating: "---|", count: 6 * names.count))
        for group in groups + [total] {
            let cells = group.halves.map { self.cells($0.tally) }
            rows.append(
                "| \(group.name.replacing("_", with: " ")) | " + cells.joined(separator: " | ") + " |"
            )
        }
        return rows
    }

    private func cells(_ tally: OutcomeTally) -> String {
        [
            "\(tally.queries + tally.negatives)", percent(tally.rightAtOne, tally.queries),
            percent(tally.rightAtFive, tally.queries), metres(tally.errors.at(0.5)),
            percent(tally.districtRight, tally.districtKnown),
            percent(tally.falsePositives, tally.negatives),
        ].joined(separator: " | ")
    }

    private var leftOut: [String] {
        var lines = [
            "Known houses are left out of the data, a fifth of the chosen ones at a time, and asked for: at most",
            "\(InterpolationCheck.maxHouses), chosen by their fingerprints, also on streets without another known house. "
                + "An answer",
            "counts only if its position is estimated from other houses or the street (`interpolated`).", "",
            "| asked | answered between neighbours | median error | nine of ten within |",
            "|---|---|---|---|",
            "| \(interpolation.asked) | \(percent(interpolation.interpolated, interpolation.asked)) | "
                + "\(metres(interpolation.errors.at(0.5))) | \(metres(interpolation.errors.at(0.9))) |",
        ]
        lines += [
            "",
            "How often the true place lies within the stated uncertainty; a test requires at least 85 % in each band.",
            "", "| stated uncertainty | answers | true place within |", "|---|---|---|",
        ]
        var least = "0"
        for band in interpolation.bands {
            let name = band.upTo.map { "\(least)–\(Int($0)) m" } ?? "more than \(least) m"
            lines.append("| \(name) | \(band.stated) | \(percent(band.covered, band.stated)) |")
            least = band.upTo.map { String(Int($0)) } ?? least
        }
        return lines
    }

    private var failureList: [String] {
        guard !shown.isEmpty else { return ["Not listed: this half must not be used for tuning."] }
        let halves = shown.map { "`\($0.rawValue)`" }.joined(separator: " and ")
        guard !failures.isEmpty else { return ["None in half \(halves)."] }
        var lines = ["Of half \(halves)."]
        var form = ""
        for failure in failures {
            if failure.form != form {
                form = failure.form
                lines += ["", "### \(form.replacing("_", with: " "))", ""]
            }
            lines.append("- " + line(of: failure))
        }
        return lines
    }

    private func line(of failure: Failure) -> String {
        let expected = failure.expected.isEmpty ? "nothing" : failure.expected.joined(separator: ", ")
        let found = failure.answer.map { answer in
            let error = failure.errorMetres.map { ", \(metres($0)) off" } ?? ""
            let rank = failure.rank.map { ", right at \($0)" } ?? ""
            return
                "«\(answer.label)» (\(answer.kind), \(answer.match), \(hundredths(answer.confidence))\(error)\(rank))"
        }
        return "`\(failure.query)` → \(found ?? "nothing"); expected \(expected)"
    }
}

/// A share as a percentage with one decimal; a dash when the whole is zero.
private func percent(_ part: Int, _ whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let tenths = (part * 2_000 + whole) / (2 * whole)
    return "\(tenths / 10).\(tenths % 10) %"
}

/// Whole metres; a dash when unknown.
private func metres(_ value: Double?) -> String { value.map { "\(Int($0.rounded())) m" } ?? "–" }

/// A number from 0 to 1 with two decimals.
private func hundredths(_ value: Double) -> String {
    let count = Int((value * 100).rounded())
    return "\(count / 100).\(count / 10 % 10)\(count % 10)"
}
