import Civic
import Foundation
import Geo
import TestSupport
import Testing

@testable import Appeals

@Suite struct AppealDocumentTests {
    private let iin = "791028302728"

    private func applicant() throws -> Applicant {
        Applicant(
            party: .person(
                PersonIdentity(
                    surname: try PersonName("Әлиева"),
                    givenName: try PersonName("Дина"),
                    number: .iin(try IndividualIdentificationNumber(iin))
                ),
                isProprietor: false
            ),
            address: try PostalAddress([.city: "Алматы", .street: "Абая", .house: "10 «а»", .flat: "5"]),
            phone: try PhoneNumber("87012345678"),
            email: try EmailAddress("dina@example.kz")
        )
    }

    private func content(_ text: String = "Первая строка\nвторая \"в кавычках\" \\ \t конец") throws -> AppealContent {
        AppealContent(
            title: try AppealTitle("Яма на дороге"),
            text: try AppealText(text, in: .official),
            category: "roads.pothole",
            answers: ["size": "wheel", "lane": "1"],
            place: try AppealPlace(
                point: Coordinate(longitude: 76.95, latitude: -0.0000001),
                uncertainty: 12.2,
                district: "medeu"
            ),
            addressee: .deputy("d7"),
            language: .ru
        )
    }

    @Test("The document is exactly this text; a change of it needs a new version")
    func exactText() throws {
        let document = AppealDocument(
            kind: .complaint,
            applicant: try applicant(),
            content: try content(),
            attachments: [SignedAttachment(name: "фото.jpg", size: 12, digest: "00ff")],
            reference: "k-1"
        )
        let expected = #"""
            {
              "document": "open-almaty-appeal",
              "version": 1,
              "reference": "k-1",
              "kind": "complaint",
              "addressee": {
                "type": "deputy",
                "id": "d7"
              },
              "applicant": {
                "type": "person",
                "surname": "Әлиева",
                "given_name": "Дина",
                "iin": "791028302728",
                "resident": true,
                "address": {
                  "city": "Алматы",
                  "street": "Абая",
                  "house": "10 «а»",
                  "flat": "5"
                },
                "phone": "+77012345678",
                "email": "dina@example.kz"
              },
              "title": "Яма на дороге",
              "text": "Первая строка\nвторая \"в кавычках\" \\ \t конец",
              "category": "roads.pothole",
              "answers": {
                "lane": "1",
                "size": "wheel"
              },
              "place": {
                "latitude": -0.0000001,
                "longitude": 76.9500000,
                "uncertainty_m": 13,
                "district": "medeu"
              },
              "language": "ru",
              "answer_language": "ru",
              "attachments": [
                {
                  "name": "фото.jpg",
                  "size": 12,
                  "sha256": "00ff"
                }
              ]
            }

            """#
        #expect(String(decoding: document.bytes, as: UTF8.self) == expected)
        #expect(document.digest.count == 64)
        #expect(AppealDocument.version == 1)
    }

    @Test("An organization's document names it, and parts that are missing are left out")
    func organization() throws {
        let applicant = Applicant(
            party: .entity(
                try EntityIdentity(
                    name: "ТОО «Ромашка»",
                    number: nil,
                    representative: try PersonName("Иванов Иван"),
                    outgoingNumber: "12/5",
                    outgoingDate: LocalDate("2026-11-30")
                )
            ),
            isResident: false
        )
        let content = AppealContent(
            title: try AppealTitle("О парковке"),
            text: try AppealText("?", in: .official),
            category: "roads.parking",
            language: .en
        )
        let document = AppealDocument(kind: .request, applicant: applicant, content: content, reference: "x")
        let members = try #require(
            try JSONSerialization.jsonObject(with: Data(document.bytes)) as? [String: Any]
        )
        #expect(members["place"] == nil)
        #expect((members["attachments"] as? [Any])?.isEmpty == true)
        #expect((members["answers"] as? [String: Any])?.isEmpty == true)
        #expect(members["answer_language"] as? String == "kk")
        let party = try #require(members["applicant"] as? [String: Any])
        #expect(party["bin"] == nil && party["iin"] == nil && party["address"] == nil)
        #expect(party["outgoing_date"] as? String == "2026-11-30")
        #expect(party["resident"] as? Bool == false)
    }

    @Test("Whatever is written, another JSON reader finds the same text, and storing does not change the bytes")
    func survivesStoring() throws {
        var random = SplitMix64(seed: 5)
        let letters = Array("аәбһқa\"\\/\t\n\u{2028}\u{7F}🏔e\u{301}{}[]:,".unicodeScalars)
        for _ in 0..<300 {
            var text = "?"
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                text.unicodeScalars.append(letters[Int.random(in: letters.indices, using: &random)])
            }
            guard let content = try? content(text) else { continue }
            let stored = try JSONDecoder().decode(AppealContent.self, from: try JSONEncoder().encode(content))
            let made = AppealDocument(kind: .other, applicant: try applicant(), content: content, reference: text)
            let again = AppealDocument(kind: .other, applicant: try applicant(), content: stored, reference: text)
            #expect(made == again)
            let members = try #require(try JSONSerialization.jsonObject(with: Data(made.bytes)) as? [String: Any])
            #expect(members["text"] as? String == content.text.text)
            #expect((members["reference"] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        }
    }

    @Test("Everything that is filed changes the document")
    func coversAll() throws {
        let other = try content("Другой текст")
        let one = AppealDocument(kind: .complaint, applicant: try applicant(), content: try content(), reference: "a")
        let documents = [
            one,
            AppealDocument(kind: .request, applicant: try applicant(), content: try content(), reference: "a"),
            AppealDocument(kind: .complaint, applicant: try applicant(), content: other, reference: "a"),
            AppealDocument(kind: .complaint, applicant: try applicant(), content: try content(), reference: "b"),
            AppealDocument(
                kind: .complaint,
                applicant: try applicant(),
                content: try content(),
                attachments: [SignedAttachment(name: "a", size: 1, digest: "00")],
                reference: "a"
            ),
            AppealDocument(
                kind: .complaint,
                applicant: Applicant(party: try applicant().party),
                content: try content(),
                reference: "a"
            ),
        ]
        #expect(Set(documents.map(\.digest)).count == documents.count)
        #expect(try applicant().iin?.text == iin)
        #expect(try applicant().bin == nil)
    }
}
