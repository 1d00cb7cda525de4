import Gazetteer
import Geo
import Testing

@testable import StreetDerivation

@Suite("Streets derived from blocks")
struct StreetDerivationTests {
    private func derive(_ addresses: [Address] = []) throws -> DerivedStreets {
        let facts = StreetFacts(streets: try GridCity.streets(), blocks: try GridCity.blocks(), addresses: addresses)
        return try StreetDerivation(facts).derive(with: addresses)
    }

    private func line(_ id: String, in result: DerivedStreets) throws -> DerivedStreets.Line {
        try #require(result.lines.first { $0.street?.rawValue == id })
    }

    @Test("A street runs in the middle of the gap, however the blocks spell it", arguments: [1, 2])
    func middles(number: Int) throws {
        let result = try derive()
        let axis = Double(number) * GridCity.side
        for point in try line(GridCity.north[number], in: result).parts.joined() {
            let (east, _) = GridCity.ruler.offset(from: GridCity.point(axis, 0), to: point)
            #expect(abs(east) < 1.5)
        }
        for point in try line(GridCity.east[number], in: result).parts.joined() {
            let (_, north) = GridCity.ruler.offset(from: GridCity.point(0, axis), to: point)
            #expect(abs(north) < 1.5)
        }
    }

    @Test func innerStreetsAreOnePieceAsLongAsTheCity() throws {
        let result = try derive()
        for id in [GridCity.north[1], GridCity.north[2], GridCity.east[1], GridCity.east[2]] {
            let line = try line(id, in: result)
            #expect(line.parts.count == 1)
            #expect((600...720).contains(line.length))
            #expect(line.width.map { abs($0 - 20) <= 2 } == true)
            #expect(line.confidence == .medium)
            #expect(line.pairs == 3)
        }
    }

    @Test("A crossing of two streets is reported once, at its place")
    func crossings() throws {
        let result = try derive()
        for (column, first) in GridCity.north.enumerated() where (1...2).contains(column) {
            for (row, second) in GridCity.east.enumerated() where (1...2).contains(row) {
                let found = result.crossings.filter {
                    Set([$0.first.rawValue, $0.second.rawValue]) == [first, second]
                }
                #expect(found.count == 1)
                let place = GridCity.point(Double(column) * GridCity.side, Double(row) * GridCity.side)
                #expect(found.allSatisfy { GridCity.ruler.distance(from: $0.position, to: place) < 3 })
                #expect(found.first?.id == "crossing-\([first, second].sorted().joined(separator: "--"))")
            }
        }
        let parallel = Set(GridCity.north)
        let sure = result.crossings.filter { $0.confidence != .low }
        #expect(!sure.contains { parallel.isSuperset(of: [$0.first.rawValue, $0.second.rawValue]) })
    }

    @Test("House numbers run along the line, odd and even separately; an outlier does not count")
    func ranges() throws {
        let axis = GridCity.side
        let houses = try [
            ("1", 30.0, 100.0), ("5", 30, 300), ("9", 30, 500), ("2", -30, 80), ("4", -30, 250), ("8", -30, 450),
            ("6", -30, 350), ("99", 30, 310),
        ].map { try GridCity.house($0.0, of: "satpaeva", axis + $0.1, $0.2) }
        let result = try derive(houses)
        let ranges = result.ranges.filter { $0.street.rawValue == "satpaeva" }
        #expect(ranges.count == 2)
        let odd = try #require(ranges.first { $0.parity == .odd })
        let even = try #require(ranges.first { $0.parity == .even })
        #expect(Set([odd.first, odd.last]) == [1, 9])
        #expect(odd.houses == 3)
        #expect(Set([even.first, even.last]) == [2, 8])
        #expect(even.houses == 4)
        #expect(odd.side != even.side)
        let (first, last) = odd.first == 1 ? (odd.start, odd.end) : (odd.end, odd.start)
        #expect(GridCity.ruler.distance(from: first, to: GridCity.point(axis, 100)) < 4)
        #expect(GridCity.ruler.distance(from: last, to: GridCity.point(axis, 500)) < 4)
    }

    @Test("A street inside large blocks is laid through its houses; one house makes none")
    func pointsFillIn() throws {
        let hidden = try Street(Fields(["id": "hidden", "name_ru": "Скрытая", "old_names": "", "source": "test"]))
        let lone = try Street(Fields(["id": "lone", "name_ru": "Одинокая", "old_names": "", "source": "test"]))
        let houses = try [
            GridCity.house("1", of: "hidden", 90, 60), GridCity.house("2", of: "hidden", 130, 180),
            GridCity.house("3", of: "hidden", 92, 330), GridCity.house("4", of: "hidden", 128, 600),
            GridCity.house("7", of: "lone", 300, 110),
        ]
        let facts = StreetFacts(
            streets: try GridCity.streets() + [hidden, lone],
            blocks: try GridCity.blocks(),
            addresses: houses
        )
        let result = try StreetDerivation(facts).derive(with: houses)
        let line = try line("hidden", in: result)
        #expect(line.confidence == .low)
        for point in line.parts.joined() {
            #expect(abs(GridCity.ruler.offset(from: GridCity.point(110, 0), to: point).east) < 25)
        }
        #expect(!result.lines.contains { $0.street?.rawValue == "lone" })
    }

    @Test func aRiverRunsBetweenBlocksLikeAStreet() throws {
        let blocks = try GridCity.blocks().map { block in
            StreetFacts.NamedBlock(
                id: block.id,
                streets: block.streets.map {
                    $0.contains("атпаева") || $0.contains("Сәтбаев") ? "р. Есентай (Весновка)" : $0
                },
                shape: block.shape,
                centre: block.centre
            )
        }
        let result = try StreetDerivation(StreetFacts(streets: try GridCity.streets(), blocks: blocks)).derive(with: [])
        let river = try #require(result.lines.first { $0.id == "water-esentay" })
        #expect(river.street == nil)
        #expect(river.kind == "river")
        #expect(river.names.ru == "Есентай")
        #expect((600...720).contains(river.length))
    }

    @Test func twoRunsGiveTheSameBytes() throws {
        let first = StreetFiles(try derive())
        let second = StreetFiles(try derive())
        #expect(first.lines == second.lines)
        #expect(first.crossings == second.crossings)
        #expect(first.ranges == second.ranges)
    }
}
