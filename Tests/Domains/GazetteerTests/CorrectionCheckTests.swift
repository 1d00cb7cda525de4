import Civic
import Foundation
import TestSupport
import Testing

@testable import Gazetteer

/// A correction passes the checks that an import does, and fits into the rest of the city.
@Suite struct CorrectionCheckTests {
    private func correction(
        _ field: String,
        _ value: String?,
        id: Int64 = 1,
        of key: String = "clinic",
        in layer: Layer = .organizations
    ) throws -> FieldCorrection {
        let record = try TinyCity.contents().records.first { type(of: $0).layer == layer && $0.key == key }
        let base = record?.fields.correctable(field)
        return correction(.init(layer: layer, key: key, field: field), value, base: base, id: id)
    }

    private func correction(
        _ subject: FieldCorrection.Subject,
        _ value: String?,
        base: String? = nil,
        id: Int64 = 1
    ) -> FieldCorrection {
        FieldCorrection(
            id: id,
            subject: subject,
            value: value,
            base: base,
            author: PersonID(rawValue: 7),
            reason: "called them",
            time: Date(timeIntervalSince1970: 1_795_600_000)
        )
    }

    @Test(
        "A position outside the city is not applied, and the reason says when longitude and latitude look swapped",
        arguments: [("0.25 1.5", true), ("50 50", false), ("-0.1 0.5", false)]
    )
    func outsideTheCity(position: String, isSwapped: Bool) throws {
        let edit = try correction(FieldCorrection.position, position)
        let (contents, conflicts) = try TinyCity.applied([edit])
        #expect(conflicts == [CorrectionConflict(edit, .unusable(.outsideCity(swapped: isSwapped)))])
        #expect(contents == (try TinyCity.contents()))
    }

    @Test("A house range keeps its ends in the city")
    func rangeOutsideTheCity() throws {
        let edit = try correction("first_lat", "50", of: "abay-left-even-1", in: .houseRanges)
        let (contents, conflicts) = try TinyCity.applied([edit])
        #expect(conflicts == [CorrectionConflict(edit, .unusable(.outsideCity(swapped: false)))])
        #expect(contents == (try TinyCity.contents()))
    }

    @Test("A moved record belongs to the district of its new position")
    func district() throws {
        let (contents, conflicts) = try TinyCity.applied([
            correction(FieldCorrection.position, "1.5 0.5", of: "s1", in: .stops)
        ])
        #expect(conflicts.isEmpty)
        #expect(contents.stops.first { $0.id == "s1" }?.district == "east")
    }

    @Test(
        "A text that no import would take is not applied",
        arguments: [
            "Поликлиника\u{0}", "Поликлиника\u{1B}[2J", "Полик\u{FFFD}ника", String(repeating: "я", count: 5_001),
        ]
    )
    func texts(value: String) throws {
        let edit = try correction("name_ru", value)
        let (contents, conflicts) = try TinyCity.applied([edit])
        guard case .unusable(.malformed("name_ru", _, _))? = conflicts.first?.cause else {
            Issue.record("\(conflicts)")
            return
        }
        #expect(contents == (try TinyCity.contents()))
    }

    @Test("A stored value that newer rules refuse does not keep other fields from being corrected")
    func legacyValues() throws {
        var contents = try TinyCity.contents()
        let index = try #require(contents.organizations.firstIndex { $0.id == "clinic" })
        let values = contents.organizations[index].fields.values.merging(["website": "clinic.example.kz"]) { $1 }
        contents.organizations[index] = try Organization(
            Fields(values, shape: contents.organizations[index].fields.shape, isStored: true)
        )
        let (corrected, conflicts) = try TinyCity.applied([correction("house", "7")], to: contents)
        #expect(conflicts.isEmpty)
        #expect(corrected.organizations[index].house == "7")
        #expect(corrected.organizations[index].website == "clinic.example.kz")
        let (_, refused) = try TinyCity.applied([correction("website", "other.example.kz")], to: contents)
        #expect(refused.count == 1)
    }

    @Test("The corrected precision of a moved point stays, in whatever order both were corrected", arguments: [1, 3])
    func precisionOfAMovedPoint(id: Int64) throws {
        let (contents, conflicts) = try TinyCity.applied([
            correction("precision", "exact", id: id), try correction(FieldCorrection.position, "1.5 0.25", id: 2),
        ])
        #expect(conflicts.isEmpty)
        #expect(contents.organizations.first { $0.id == "clinic" }?.precision == .exact)
    }

    @Test("A category stays where the tree can show it: no cycles, and no groups in groups")
    func categories() throws {
        let cases: [[(key: String, parent: String?)]] = [
            [("park", "park")], [("leisure", "park")], [("leisure", "health")], [("park", "polyclinic")],
            [("leisure", "health"), ("health", "leisure")], [("leisure", "polyclinic"), ("health", "park")],
        ]
        for moves in cases {
            let edits = try moves.enumerated().map { index, move in
                try correction("parent", move.parent, id: Int64(index) + 1, of: move.key, in: .categories)
            }
            let (contents, conflicts) = try TinyCity.applied(edits)
            #expect(contents == (try TinyCity.contents()), "\(moves)")
            #expect(conflicts.map(\.correction) == edits, "\(moves)")
            let isOfParent = conflicts.allSatisfy { conflict in
                if case .unusable(.malformed("parent", _, _)) = conflict.cause { true } else { false }
            }
            #expect(isOfParent, "\(conflicts)")
        }
    }

    @Test(
        "A group becomes a category once its own categories have another group, and only what breaks the tree is left out"
    )
    func movedCategories() throws {
        let fitting = [
            try correction("parent", "health", id: 1, of: "leisure", in: .categories),
            try correction("parent", "health", id: 2, of: "park", in: .categories),
        ]
        let (contents, none) = try TinyCity.applied(fitting)
        #expect(none.isEmpty)
        let tree = CategoryTree(contents.categories)
        #expect(tree.nodes.count == 4 && tree.roots.count == 1)
        let (partly, conflicts) = try TinyCity.applied([
            correction("name_en", "Leisure", id: 1, of: "leisure", in: .categories),
            try correction("parent", "health", id: 2, of: "leisure", in: .categories),
            try correction("parent", nil, id: 3, of: "polyclinic", in: .categories),
        ])
        #expect(conflicts.map(\.correction.id) == [2])
        #expect(partly.categories.first { $0.id == "leisure" }?.names.en == "Leisure")
        #expect(partly.categories.first { $0.id == "polyclinic" }?.parent == nil)
    }

    @Test("A correction of a layer that this version does not know is listed, and the others are applied")
    func unknownLayer() throws {
        let strange = correction(.init(layerName: "metro", key: "m1", field: "name_ru"), "Станция")
        let (contents, conflicts) = try TinyCity.applied([strange, try correction("opening_hours", "24/7", id: 2)])
        #expect(
            conflicts == [CorrectionConflict(strange, .unusable(.unknownReference(field: "layer", value: "metro")))]
        )
        #expect(contents.organizations.first { $0.id == "clinic" }?.openingHours == "24/7")
    }
}
