import Gazetteer
import Geo
import Testing

@testable import StreetDerivation

@Suite("Malformed blocks")
struct HostileBlocksTests {
    private func derive(_ blocks: [StreetFacts.NamedBlock]) throws -> DerivedStreets {
        try StreetDerivation(StreetFacts(streets: try GridCity.streets(), blocks: blocks)).derive(with: [])
    }

    @Test func noBlocksAreRefused() {
        #expect(throws: GeoError.empty) { try derive([]) }
    }

    @Test func aSingleBlockMakesNoCertainLine() throws {
        let result = try derive([try #require(try GridCity.blocks().first)])
        #expect(result.lines.allSatisfy { $0.confidence == .low })
        #expect(result.lines.joinedParts.allSatisfy { $0.count > 1 })
    }

    @Test func blocksWithoutNamesMakeNothing() throws {
        let silent = try GridCity.blocks().map {
            StreetFacts.NamedBlock(
                id: $0.id,
                streets: ["мкр. 4", "", "улица(Теректи)"],
                shape: $0.shape,
                centre: $0.centre
            )
        }
        let result = try derive(silent)
        #expect(result.lines.isEmpty)
        #expect(result.crossings.isEmpty)
        #expect(result.ranges.isEmpty)
    }

    @Test("The same block twice, one inside another, two that overlap")
    func overlaps() throws {
        var blocks = try GridCity.blocks()
        let first = blocks[4]
        blocks.append(
            StreetFacts.NamedBlock(id: "twin", streets: first.streets, shape: first.shape, centre: first.centre)
        )
        for (id, x, y, size) in [("inner", 300.0, 300.0, 40.0), ("over", 400.0, 200.0, 60.0)] {
            let shape = try GridCity.square(x, y, size)
            blocks.append(
                StreetFacts.NamedBlock(id: id, streets: first.streets, shape: shape, centre: shape.pointOnSurface)
            )
        }
        let result = try derive(blocks)
        #expect(result.lines.contains { $0.street?.rawValue == "satpaeva" })
        #expect(result.lines.joinedParts.joined().allSatisfy { $0.longitude.isFinite && $0.latitude.isFinite })
    }

    @Test func blocksKnownByTheirCentreAreNeverCertain() throws {
        let middles = try GridCity.blocks().map {
            StreetFacts.NamedBlock(id: $0.id, streets: $0.streets, shape: nil, centre: $0.centre)
        }
        #expect(try derive(middles).lines.allSatisfy { $0.confidence == .low && $0.precision >= 30 })
    }
}

extension [DerivedStreets.Line] {
    var joinedParts: [[Coordinate]] { flatMap(\.parts) }
}
