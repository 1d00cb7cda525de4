import Civic
import Foundation
import Geo
import TestSupport
import Testing

@testable import Gazetteer

@Suite struct CorrectionOverlayTests {
    private func correction(
        _ field: String,
        _ value: String?,
        base: String?,
        id: Int64 = 1,
        key: String = "clinic",
        layer: Layer = .organizations
    ) -> FieldCorrection {
        FieldCorrection(
            id: id,
            subject: .init(layer: layer, key: key, field: field),
            value: value,
            base: base,
            author: PersonID(rawValue: 7),
            reason: "called them",
            time: Date(timeIntervalSince1970: 1_795_600_000)
        )
    }

    private func clinic(_ contents: GazetteerContents) throws -> Organization {
        try #require(contents.organizations.first { $0.id == "clinic" })
    }

    @Test("A correction changes its field and nothing else")
    func oneField() throws {
        let (contents, conflicts) = try TinyCity.applied([
            correction("opening_hours", "24/7", base: "Mo-Fr 09:00-18:00")
        ])
        #expect(conflicts.isEmpty)
        var expected = try TinyCity.contents()
        let index = try #require(expected.organizations.firstIndex { $0.id == "clinic" })
        var fields = expected.organizations[index].fields
        fields["opening_hours"] = "24/7"
        expected.organizations[index] = try Organization(fields)
        #expect(contents == expected)
    }

    @Test("A field can be emptied and a position moved; the district follows the position in the snapshot")
    func emptiedAndMoved() throws {
        let (contents, conflicts) = try TinyCity.applied([
            correction("opening_hours", nil, base: "Mo-Fr 09:00-18:00"),
            correction(FieldCorrection.position, "1.5 0.25", base: "0.5 0.5", id: 2),
        ])
        #expect(conflicts.isEmpty)
        let clinic = try clinic(contents)
        #expect(clinic.openingHours == nil)
        #expect(clinic.position?.longitude == 1.5 && clinic.position?.latitude == 0.25)
        let snapshot = try GazetteerSnapshot(contents, version: 1)
        let place = try #require(snapshot.directory.index(of: "clinic"))
        #expect(snapshot.directory.organizations[place].district == "east")
    }

    @Test("Where an import changed the same field, the correction stays in force and both values are listed")
    func changedByImport() throws {
        var imported = try TinyCity.contents()
        let index = try #require(imported.organizations.firstIndex { $0.id == "clinic" })
        var fields = imported.organizations[index].fields
        fields["opening_hours"] = "Mo-Su 08:00-20:00"
        imported.organizations[index] = try Organization(fields)
        let edit = correction("opening_hours", "24/7", base: "Mo-Fr 09:00-18:00")
        let (contents, conflicts) = try TinyCity.applied([edit], to: imported)
        #expect(try clinic(contents).openingHours == "24/7")
        #expect(conflicts == [CorrectionConflict(edit, .changedByImport(value: "Mo-Su 08:00-20:00"))])
    }

    @Test("An import that brings the corrected value itself is no conflict")
    func importAgrees() throws {
        let edit = correction("opening_hours", "Mo-Fr 09:00-18:00", base: "24/7")
        let (contents, conflicts) = try TinyCity.applied([edit])
        #expect(try clinic(contents).openingHours == "Mo-Fr 09:00-18:00")
        #expect(conflicts.isEmpty)
    }

    @Test("A correction of a record that is gone is listed, and the rest is applied")
    func recordIsGone() throws {
        let lost = correction("phones", "+77270000000", base: nil, key: "closed-long-ago")
        let (contents, conflicts) = try TinyCity.applied([
            lost, correction("opening_hours", "24/7", base: "Mo-Fr 09:00-18:00", id: 2),
        ])
        #expect(conflicts == [CorrectionConflict(lost, .recordIsGone)])
        #expect(try clinic(contents).openingHours == "24/7")
    }

    @Test(
        "A value that makes no record is not applied, and the reason names the field",
        arguments: [
            ("opening_hours", "с девяти до шести"), ("category", "casino"), ("website", "clinic.example.kz"),
            ("colour", "green"), ("id", "other"), (FieldCorrection.position, "somewhere"),
            (FieldCorrection.position, "300 0"),
        ]
    )
    func unusable(field: String, value: String) throws {
        let edit = correction(field, value, base: nil)
        let (contents, conflicts) = try TinyCity.applied([edit])
        #expect(try clinic(contents) == clinic(TinyCity.contents()))
        guard case .unusable(let reason)? = conflicts.first?.cause else {
            Issue.record("\(conflicts)")
            return
        }
        #expect("\(reason)".contains(field))
    }

    @Test("Fields that are only valid together are corrected together")
    func together() throws {
        let contents = try TinyCity.contents()
        let address = try #require(contents.addresses.first { $0.fields.text("street_id") != nil })
        let district = try #require(contents.microdistricts.first)
        let edits = [
            correction("street_id", nil, base: address.fields.text("street_id"), key: address.key, layer: .addresses),
            correction("microdistrict_id", district.key, base: nil, id: 2, key: address.key, layer: .addresses),
        ]
        let (after, conflicts) = try TinyCity.applied(edits)
        let fields = after.addresses.first { $0.key == address.key }?.fields
        #expect(fields?.text("street_id") == nil && fields?.text("microdistrict_id") == district.key)
        #expect(conflicts.isEmpty)
    }

    @Test("The place of a category in its group is corrected, not taken for a position on the map")
    func positionOfCategory() throws {
        let category = try #require(try TinyCity.contents().categories.first)
        let base = category.fields.text("position")
        let (after, conflicts) = try TinyCity.applied([
            correction("position", "41", base: base, key: category.key, layer: .categories)
        ])
        #expect(conflicts.isEmpty)
        #expect(after.categories.first { $0.id == category.id }?.fields.text("position") == "41")
    }

    @Test("The same value in another spelling is no conflict, and a moved point is no longer exact")
    func spelling() throws {
        let position = try #require(try clinic(TinyCity.contents()).position)
        let same = "\(position.longitude)0  \(position.latitude)"
        let (unmoved, none) = try TinyCity.applied([
            correction("opening_hours", " Mo-Fr 09:00-18:00", base: nil),
            correction(FieldCorrection.position, same, base: nil, id: 2),
        ])
        #expect(none.isEmpty)
        #expect(unmoved == (try TinyCity.contents()))
        var exact = try TinyCity.contents()
        let index = try #require(exact.organizations.firstIndex { $0.id == "clinic" })
        var fields = exact.organizations[index].fields
        fields["precision"] = "exact"
        exact.organizations[index] = try Organization(fields)
        let (moved, _) = try TinyCity.applied([correction(FieldCorrection.position, "1.5 0.25", base: nil)], to: exact)
        #expect(try clinic(moved).fields.text("precision") == "uncertain")
    }

    @Test("What identifies a district cannot be corrected: two of one number would keep the city from loading")
    func identity() throws {
        for (field, value) in [("id", "1"), ("slug", "west")] {
            let edit = correction(field, value, base: nil, key: "east", layer: .districts)
            let (contents, conflicts) = try TinyCity.applied([edit])
            #expect(contents == (try TinyCity.contents()))
            guard case .unusable? = conflicts.first?.cause else {
                Issue.record("\(conflicts)")
                return
            }
        }
    }

    @Test("Records of every layer can be corrected")
    func layers() throws {
        let contents = try TinyCity.contents()
        for record in [contents.streets[0] as any GazetteerRecord, contents.districts[0], contents.categories[0]] {
            let layer = type(of: record).layer
            let edit = correction(
                "name_en",
                "Corrected",
                base: record.fields.text("name_en"),
                key: record.key,
                layer: layer
            )
            let (after, conflicts) = try TinyCity.applied([edit])
            #expect(conflicts.isEmpty)
            let changed = try #require(
                after.records.first { $0.key == record.key && type(of: $0).layer == layer }
            )
            #expect(changed.fields.text("name_en") == "Corrected")
        }
    }
}
