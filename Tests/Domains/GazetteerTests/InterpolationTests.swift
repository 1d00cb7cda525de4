import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// Known houses of the embedded city, each left out in turn: the position estimated from the others is as close as it
/// claims.
@Suite struct InterpolationTests {
    private struct Outcome {
        let stated: Double
        let error: Double
    }

    @Test(
        "The true position lies within the stated uncertainty in at least 85 of 100 cases, whatever its size",
        arguments: [0.0...100, 100.0...200, 200.0...500, 500.0...100_000]
    )
    func everyBandIsCovered(band: ClosedRange<Double>) throws {
        let city = try EmbeddedSnapshot.city()
        let stated = Self.outcomes(in: city).filter { band.contains($0.stated) && $0.stated > band.lowerBound }
        let covered = stated.count { $0.error <= $0.stated }
        #expect(Double(covered) >= 0.85 * Double(stated.count), "\(covered) of \(stated.count)")
        // No estimate claims an uncertainty below 100 m; the other bands are not empty.
        #expect(stated.count >= (band.upperBound > 100 ? 50 : 0))
    }

    @Test("Half of all left-out houses are placed within 200 m, so the coverage is not achieved by vague estimates")
    func medianError() throws {
        let errors = Self.outcomes(in: try EmbeddedSnapshot.city()).map(\.error).sorted()
        #expect(errors.count > 1_000)
        #expect(errors[errors.count / 2] < 200)
    }

    private static func outcomes(in city: GazetteerSnapshot) -> [Outcome] {
        let book = city.addresses
        var outcomes: [Outcome] = []
        for street in book.streets.indices {
            let entries = book.houses(ofStreet: street).entries
            let line = book.streetPlaces.lines[street]
            for (left, rest) in leavingOut(of: entries, book) {
                // The most likely part that gives an estimate, which the geocoder answers first.
                let estimate = StreetPartition(line, rest).parts.lazy.compactMap { part -> HouseNumberIndex.Estimate? in
                    HouseNumberIndex(part.houses, isStreet: true).estimate(of: left.house)
                        ?? (try? MultiLine(part.lines)).flatMap {
                            StreetNumbering($0, part.houses).estimate(of: left.house.number)
                        }
                }.first
                if let estimate { outcomes.append(outcome(estimate, left.position)) }
            }
        }
        for area in book.microdistricts.indices {
            for (left, rest) in leavingOut(of: book.houses(ofMicrodistrict: area).entries, book) {
                let estimate = HouseNumberIndex(rest, isStreet: false).estimate(of: left.house)
                if let estimate { outcomes.append(outcome(estimate, left.position)) }
            }
        }
        return outcomes
    }

    private static func outcome(_ estimate: HouseNumberIndex.Estimate, _ truth: Coordinate) -> Outcome {
        Outcome(stated: estimate.uncertainty, error: estimate.position.distance(to: truth))
    }

    // Pairs each precisely placed house with the other houses of its street. Skips houses that have several points, because
    // the rest would still contain the house.
    private static func leavingOut(
        of entries: [HouseNumberIndex.Entry],
        _ book: AddressBook
    ) -> [((house: HouseNumber, position: Coordinate), [HouseNumberIndex.Entry])] {
        entries.compactMap { left in
            let address = book.addresses[left.address]
            let rest = entries.filter { $0.address != left.address }
            guard address.precision != .approximate, !rest.contains(where: { $0.key == left.key }),
                let house = HouseNumber(Token.tokens(of: address.house))
            else { return nil }
            return ((house, left.position), rest)
        }
    }
}
