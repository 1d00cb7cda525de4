/// The figures as a human-readable table.
extension GeocoderFigures {
    /// One measure: its figure and its target.
    private struct Row {
        let name: String
        let figure: String
        var target = ""
        var met: Bool?
    }

    /// Prints the table.
    func printTable() {
        let rows = self.rows
        let width = rows.map(\.name.count).max() ?? 0
        let second = rows.map(\.figure.count).max() ?? 0
        for row in rows {
            let verdict = row.met.map { $0 ? "met" : "NOT MET" } ?? ""
            let cells = [pad(row.name, width), pad(row.figure, second), pad(row.target, 9), verdict]
            print(cells.joined(separator: "  ").trimmingEnd())
        }
    }

    private var rows: [Row] {
        var rows = [Row(name: "dictionary look-up (D)", figure: "\(Int(dictionaryLookupNs.rounded())) ns")]
        rows.append(Row(name: "the city", figure: size(city)))
        rows += timing("geocode", city.geocode, median: 300, p99: 3_000)
        rows += timing("suggest", city.suggest, median: nil, p99: 1_500)
        rows.append(Row(name: "the larger city", figure: size(larger)))
        rows += growth("geocode", city.geocode, larger.geocode) + growth("suggest", city.suggest, larger.suggest)
        rows += timing("search of \(organizations) organizations", directory, median: nil, p99: 3_000)
        rows.append(hostility("geocode", hostile.geocode, city.geocode))
        rows.append(hostility("suggest", hostile.suggest, city.suggest))
        rows.append(hostility("search", hostile.directory, directory))
        return rows
    }

    private func size(_ city: City) -> String {
        "\(city.streets) streets, \(city.addresses) addresses, \(city.organizations) organizations, \(city.words) words"
    }

    private func timing(_ name: String, _ timing: GeocoderTiming, median: Double?, p99: Double) -> [Row] {
        [
            row("\(name), median of \(timing.count)", timing.medianNs, median),
            row("\(name), p99", timing.p99Ns, p99),
            Row(name: "\(name), slowest", figure: "\(units(timing.slowestNs)) «\(timing.slowest)»"),
        ]
    }

    private func row(_ name: String, _ value: Double, _ most: Double?) -> Row {
        let figure = units(value)
        guard let most else { return Row(name: name, figure: figure) }
        let isMet = value <= most * dictionaryLookupNs
        return Row(name: name, figure: figure, target: "≤ \(Int(most)) D", met: isMet)
    }

    private func growth(_ name: String, _ small: GeocoderTiming, _ large: GeocoderTiming) -> [Row] {
        [
            growth("\(name), median", small.medianNs, large.medianNs), growth("\(name), p99", small.p99Ns, large.p99Ns),
            Row(name: "\(name), slowest", figure: "\(units(large.slowestNs)) «\(large.slowest)»"),
        ]
    }

    private func growth(_ name: String, _ small: Double, _ large: Double) -> Row {
        let ratio = large / small
        return Row(name: name, figure: "\(units(large)), \(tenths(ratio))×", target: "≤ 2×", met: ratio <= 2)
    }

    private func hostility(_ name: String, _ hostile: GeocoderTiming, _ ordinary: GeocoderTiming) -> Row {
        let dearer = hostile.slowestNs > ordinary.slowestNs ? hostile : ordinary
        let ratio = dearer.slowestNs / ordinary.medianNs
        return Row(
            name: "\(name), slowest of \(hostile.count) hostile and all others by the median",
            figure: "\(tenths(ratio))× \(units(dearer.slowestNs)) «\(dearer.slowest)»",
            target: "≤ 50×",
            met: ratio <= 50
        )
    }

    private func units(_ nanoseconds: Double) -> String {
        "\(tenths(nanoseconds / 1_000)) µs = \(Int((nanoseconds / dictionaryLookupNs).rounded())) D"
    }

    private func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
