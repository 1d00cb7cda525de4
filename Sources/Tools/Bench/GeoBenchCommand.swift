import ArgumentParser
import Civic
import Console
import Gazetteer
import Geo

/// Measures the core algorithms in-process, in multiples of one lookup in a dictionary of a million keys.
struct GeoBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geo",
        abstract: "Measure resolve and nearest in-process, in units of a dictionary look-up."
    )

    @Option(help: "How many points each figure is measured over.")
    var points = 100_000

    @Option(help: "The seed of the points.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let snapshot = try await database.city().snapshot()
        let figures = try GeoFigures(snapshot.districts, points: points, seed: seed)
        if json { return try printJSON(figures) }
        figures.printTable()
    }
}

/// The timings of the core algorithms, in nanoseconds.
struct GeoFigures: Encodable {
    let dictionaryLookupNs: Double
    let resolveRandomNs: Double
    let resolveP99Ns: Double
    let resolveBorderNs: Double
    let resolveBorderP99Ns: Double
    let resolveBulkNs: Double
    let nearest10Ns: Double
    let nearest10P99Ns: Double
    let nearest10FilteredNs: Double
    let nearest10FilteredP99Ns: Double

    init(_ districts: DistrictMap, points count: Int, seed: UInt64) throws {
        var sample = PointSample(seed: seed)
        dictionaryLookupNs = Self.dictionary(count: count, seed: seed)
        let anywhere = sample.even(over: districts.bounds, count: count)
        let random = Self.resolve(anywhere, districts)
        resolveRandomNs = random.mean
        resolveP99Ns = random.p99
        let border = Self.resolve(sample.besideBorders(of: districts.partition, count: count), districts)
        resolveBorderNs = border.mean
        resolveBorderP99Ns = border.p99
        resolveBulkNs = Self.bulk(anywhere, districts)
        let synthetic = SyntheticPoints(count: 50_000, seed: seed)
        let index = try PointIndex(synthetic.coordinates, masks: synthetic.masks)
        let asked = sample.even(over: SyntheticPoints.box, count: min(count, 20_000))
        let all = Self.nearest(asked, index, requiring: 0)
        nearest10Ns = all.mean
        nearest10P99Ns = all.p99
        let filtered = Self.nearest(asked, index, requiring: SyntheticPoints.rare)
        nearest10FilteredNs = filtered.mean
        nearest10FilteredP99Ns = filtered.p99
    }

    func printTable() {
        let unit = dictionaryLookupNs
        func row(_ name: String, _ value: Double, _ p99: Double?) {
            let ratio = (value / unit * 100).rounded() / 100
            let tail = p99.map { ", p99 \(($0 / unit * 100).rounded() / 100) D" } ?? ""
            print("\(name): \(Int(value.rounded())) ns = \(ratio) D\(tail)")
        }
        row("dictionary look-up (D)", unit, nil)
        row("resolve, random points", resolveRandomNs, resolveP99Ns)
        row("resolve, within 50 m of a border", resolveBorderNs, resolveBorderP99Ns)
        row("resolve, in bulk", resolveBulkNs, nil)
        row("nearest 10 of 50,000", nearest10Ns, nearest10P99Ns)
        row("nearest 10 of 50,000, 5 % filter", nearest10FilteredNs, nearest10FilteredP99Ns)
    }

    // Keys are looked up in random order, so that the figure includes realistic cache misses.
    static func dictionary(count: Int, seed: UInt64) -> Double {
        var random = SplitMix64(seed: seed)
        let keys = (0..<1_000_000).map { _ in random.next() }
        let dictionary = Dictionary(keys.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
        let asked = (0..<count).map { _ in keys[Int.random(in: 0..<keys.count, using: &random)] }
        return Stopwatch.measure(count: count) { UInt64(dictionary[asked[$0]] ?? 0) }.mean
    }

    private static func resolve(_ points: [Coordinate], _ districts: DistrictMap) -> Stopwatch.Figures {
        Stopwatch.measure(count: points.count) { UInt64(districts.index(at: points[$0]) ?? 99) }
    }

    private static func bulk(_ points: [Coordinate], _ districts: DistrictMap) -> Double {
        let whole = Stopwatch.measure(count: 1, rounds: 15) { _ in
            districts.codes(at: points).reduce(0) { $0 &+ UInt64($1) }
        }
        return whole.mean / Double(points.count)
    }

    private static func nearest(
        _ points: [Coordinate],
        _ index: PointIndex,
        requiring mask: UInt64
    ) -> Stopwatch.Figures {
        Stopwatch.measure(count: points.count) {
            UInt64(index.nearest(to: points[$0], count: 10, requiring: mask).last?.index ?? 0)
        }
    }
}
