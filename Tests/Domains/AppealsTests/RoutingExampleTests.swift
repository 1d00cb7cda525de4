import AppealImport
import Civic
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import Appeals

/// The examples of the specification, on the real tables and the real borders.
@Suite struct RoutingExampleTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let number: Int
        let category: AppealCategory.ID
        var at: (lon: Double, lat: Double)?
        var district: DistrictSlug?
        var kind: LegalKind?
        var addressee = Addressee.city
        var answers: [AppealQuestion.ID: String] = [:]
        var polygons: Set<PolygonName> = []
        var month = 11
        let body: AppealBody.ID
        var copies: [AppealBody.ID] = []
        var external: AppealBody.ID?

        var testDescription: String { "example \(number)" }
    }

    private static let dostyk = (lon: 76.96325, lat: 43.22203)
    private static let examples = [
        Example(number: 1, category: "roads.pothole", at: dostyk, district: "medeu", body: "da_medeu"),
        Example(
            number: 2,
            category: "roads.surface",
            at: dostyk,
            district: "medeu",
            answers: ["extent": "street"],
            body: "da_medeu",
            copies: ["road"]
        ),
        Example(
            number: 3,
            category: "light.street",
            at: (76.87735, 43.23700),
            district: "almaly",
            body: "da_almaly",
            external: "lgt"
        ),
        Example(
            number: 4,
            category: "light.street",
            at: (76.87720, 43.23655),
            district: "bostandyk",
            body: "da_bostandyk",
            external: "lgt"
        ),
        Example(number: 6, category: "traffic.lights", at: (76.85043, 43.22140), district: "auezov", body: "mob"),
        Example(
            number: 7,
            category: "transport.stop",
            at: (76.83668, 43.25652),
            district: "alatau",
            answers: ["defect": "ice"],
            body: "da_alatau"
        ),
        Example(
            number: 8,
            category: "energy.gas",
            at: (76.82029, 43.20285),
            district: "nauryzbay",
            answers: ["smell": "yes"],
            body: "gaz",
            copies: ["dcs"]
        ),
        Example(number: 9, category: "waste.missed", at: (76.85697, 43.24331), district: "auezov", body: "da_auezov"),
        Example(
            number: 10,
            category: "eco.smoke",
            at: (76.93117, 43.27548),
            district: "zhetysu",
            body: "dec",
            copies: ["eco"]
        ),
        Example(
            number: 11,
            category: "house.lift",
            at: (76.87937, 43.20179),
            district: "bostandyk",
            answers: ["trapped": "yes"],
            body: "kom",
            external: "osi"
        ),
        Example(number: 12, category: "animals.stray", at: (76.94947, 43.32622), district: "turksib", body: "vet"),
        Example(number: 13, category: "green.care", district: "almaly", polygons: ["parks"], body: "jas"),
        Example(number: 14, category: "green.care", district: "almaly", body: "da_almaly"),
        Example(
            number: 15,
            category: "water.aryk",
            at: (77.05901, 43.15929),
            district: "medeu",
            answers: ["danger": "mudflow"],
            month: 5,
            body: "da_medeu",
            copies: ["dcs"]
        ),
        Example(
            number: 16,
            category: "order.trade",
            at: (76.94222, 43.26389),
            district: "almaly",
            kind: .message,
            body: "da_almaly"
        ),
        Example(
            number: 17,
            category: "build.land",
            at: (76.85034, 43.28453),
            district: "alatau",
            kind: .application,
            body: "land"
        ),
        Example(
            number: 18,
            category: "gov.official",
            kind: .complaint,
            addressee: .body("da_turksib"),
            body: "da_turksib"
        ),
        Example(number: 19, category: "roads.pothole", kind: .request, addressee: .body("mob"), body: "mob"),
        Example(number: 20, category: "gov.idea", kind: .proposal, body: "int"),
        Example(
            number: 21,
            category: "roads.restore",
            district: "auezov",
            kind: .application,
            body: "da_auezov"
        ),
        Example(number: 21, category: "people.school", district: "auezov", kind: .application, body: "edu"),
        Example(number: 22, category: "waste.dump", at: (76.60, 43.20), kind: .message, body: "oblast"),
    ]

    @Test("Examples go to the body of the specification", arguments: examples)
    func goesToBody(example: Example) throws {
        let decision = try #require(try RealTables.load().routes.decision(for: inputs(example)))
        #expect(decision.body == example.body)
        #expect(decision.copies == example.copies)
        #expect(decision.external == example.external)
        let version = try EmbeddedSnapshot.city().districts.version
        #expect(decision.rule.boundaryVersion == version)
        if example.number == 20 { #expect(decision.source.confidence == .low) }
        if example.number == 9 { #expect(decision.desk == "waste") }
    }

    @Test("5: a point on a border is routed for both districts, and the applicant chooses")
    func border() throws {
        let example = Example(number: 5, category: "light.street", body: "da_almaly")
        let decisions = try RealTables.load().routes.decisions(for: try inputs(example), in: ["almaly", "bostandyk"])
        #expect(decisions.map(\.district) == ["almaly", "bostandyk"])
        #expect(decisions.map(\.decision.body) == ["da_almaly", "da_bostandyk"])
    }

    @Test("10 and 22: bodies outside the portal are known as such, so that appeals for them are forwarded")
    func outsideThePortal() throws {
        let catalogue = try RealTables.load().catalogue
        for body in ["dec", "oblast", "pol", "su"] as [AppealBody.ID] {
            #expect(catalogue[body: body]?.isInPortal == false)
        }
        for body in ["da_medeu", "mob", "akimat", "vet"] as [AppealBody.ID] {
            #expect(catalogue[body: body]?.isInPortal == true)
        }
    }

    @Test("18: complaints about a district akim's office go up to the akimat of the city")
    func higherBody() throws {
        #expect(try RealTables.load().catalogue[body: "da_turksib"]?.higherBody == "akimat")
    }

    @Test("21: parts of one appeal are routed on their own and numbered under it")
    func parts() throws {
        let number = try #require(AppealNumber(year: 2_026, sequence: 42))
        #expect(number.part(1)?.description == "\(number)/1")
        #expect(number.part(11) == nil)
    }

    @Test("23: a report outside the city is not taken")
    func outsideReport() throws {
        let example = Example(number: 23, category: "waste.dump", at: (76.60, 43.20), body: "oblast")
        let decision = try RealTables.load().routes.decision(for: try inputs(example))
        #expect(decision?.destination == .notTaken)
    }

    @Test("24: violence in the family is handed over at once, wherever, to whomever and however it was filed")
    func handover() throws {
        let tables = try RealTables.load()
        for kind in [nil] + LegalKind.allCases.map({ $0 as LegalKind? }) {
            for addressee in [.city, .body("mob"), .deputy("d1")] as [Addressee] {
                var example = Example(number: 24, category: "people.family", body: "pol")
                (example.kind, example.addressee) = (kind, addressee)
                let decision = try #require(tables.routes.decision(for: try inputs(example)))
                #expect(decision.body == "pol" && decision.isHandover)
            }
        }
        #expect(tables.catalogue[category: "people.family"]?.isSensitive == true)
    }

    @Test("25: what is addressed to a deputy goes to the deputy, with a copy for the operator")
    func deputy() throws {
        var example = Example(number: 25, category: "other.other", body: "akimat")
        (example.kind, example.addressee) = (.application, .deputy("d7"))
        let decision = try #require(try RealTables.load().routes.decision(for: try inputs(example)))
        #expect(decision.destination == .deputy("d7") && decision.copies == ["akimat"])
    }

    @Test("15: the same flooding in winter goes to the district alone")
    func season() throws {
        var example = Example(number: 15, category: "water.aryk", district: "medeu", body: "da_medeu")
        (example.answers, example.month) = (["danger": "mudflow"], 1)
        let decision = try #require(try RealTables.load().routes.decision(for: try inputs(example)))
        #expect(decision.body == "da_medeu" && decision.copies.isEmpty)
    }

    private func inputs(_ example: Example) throws -> RoutingInputs {
        let districts = try EmbeddedSnapshot.city().districts
        var area = example.district.map { RoutingPlace.Area.district($0) } ?? .unknown
        if let at = example.at {
            let found = districts.id(at: Coordinate(longitude: at.lon, latitude: at.lat))
            #expect(found?.rawValue == example.district?.rawValue, "\(example.number)")
            area = found.map { .district(DistrictSlug($0.rawValue)) } ?? .outside
        }
        return RoutingInputs(
            regime: example.kind == nil ? .report : .official,
            kind: example.kind,
            addressee: example.addressee,
            category: example.category,
            place: RoutingPlace(area, polygons: example.polygons),
            answers: example.answers,
            day: try #require(LocalDate(year: 2_026, month: example.month, day: 15)),
            boundaryVersion: districts.version
        )
    }
}
