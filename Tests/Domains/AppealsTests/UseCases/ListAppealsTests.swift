import Civic
import Foundation
import Geo
import TestSupport
import Testing

@testable import Appeals

/// Lists, searches and similar reports against plain comparisons of all appeals.
@Suite struct ListAppealsTests {
    @Test("Similar reports are those within 250 m on the ellipsoid, by the vectors")
    func radius() async throws {
        let desk = try AppealDesk()
        let base = Coordinate(longitude: 76.945, latitude: 43.238)
        let points: [(Double, Double, Bool)] = [
            (76.945, 43.2402458, true), (76.945, 43.2402548, false), (76.9480717, 43.238, true),
            (76.9480840, 43.238, false), (76.9471721, 43.2395880, true), (76.945, 43.2402503, false),
        ]
        var expected: Set<AppealNumber> = []
        for (index, (longitude, latitude, isNear)) in points.enumerated() {
            let point = Coordinate(longitude: longitude, latitude: latitude)
            let filed = try await desk.file(AppealDesk.request(key: "request-\(index)", at: point), by: .init())
            if isNear { expected.insert(filed.number) }
        }
        _ = try await desk.file(AppealDesk.request(key: "other-leaf", category: "roads.surface", at: base))
        let find = desk.useCases.findSimilarAppeals
        let found = try await find(of: "roads.pothole", at: base)
        #expect(Set(found.map(\.report.number)) == expected)
        #expect(found.map(\.distance) == found.map(\.distance).sorted())
        let swapped = Coordinate(longitude: 43.238, latitude: 176.945)
        await #expect(throws: GeoError.self) { try await find(of: "roads.pothole", at: swapped) }
        #expect(try await find(of: "people.family", at: base).isEmpty, "never published")
    }

    @Test("Similar reports equal those of a brute-force comparison")
    func bruteForce() async throws {
        let desk = try AppealDesk()
        var random = SplitMix64(seed: 250)
        let categories: [AppealCategory.ID] = ["roads.pothole", "roads.surface"]
        var all: [(AppealCategory.ID, Coordinate, AppealNumber)] = []
        for index in 0..<120 {
            let point = Coordinate(
                longitude: .random(in: 76.940...76.950, using: &random),
                latitude: .random(in: 43.234...43.242, using: &random)
            )
            let category = categories[index % 2]
            let request = try AppealDesk.request(key: "request-\(index)", category: category, at: point)
            let visitor = AppealDesk.citizen(PersonID(rawValue: Int64(index + 1)))
            let number = try await desk.file(request, by: visitor).number
            // Finished reports and withdrawn ones are not similar to anything.
            if index.isMultiple(of: 5) {
                _ = try await desk.move(number, .withdraw, by: visitor)
            } else {
                all.append((category, point, number))
            }
        }
        for _ in 0..<20 {
            let point = Coordinate(
                longitude: .random(in: 76.940...76.950, using: &random),
                latitude: .random(in: 43.234...43.242, using: &random)
            )
            let category = categories.randomElement(using: &random) ?? "roads.pothole"
            let near = all.filter { $0.0 == category && $0.1.distance(to: point) <= 250 }
                .sorted { $0.1.distance(to: point) < $1.1.distance(to: point) }
            let found = try await desk.useCases.findSimilarAppeals(of: category, at: point)
            #expect(found.map(\.report.number) == near.prefix(5).map(\.2))
        }
    }

    @Test("Pages and counts equal those of a filter over all appeals, in both orders")
    func filters() async throws {
        let desk = try AppealDesk()
        var random = SplitMix64(seed: 14)
        let operators = try await desk.staff(900, .operator)
        for index in 0..<60 {
            desk.clock.advance(by: Double(Int.random(in: 60...40_000, using: &random)))
            let category: AppealCategory.ID = index % 3 == 0 ? "traffic.lights" : "roads.pothole"
            let request = try AppealDesk.request(
                key: "request-\(index)",
                title: index % 4 == 0 ? "Светофор 100% не_работает" : "Яма на дороге",
                category: category
            )
            let visitor = AppealDesk.citizen(PersonID(rawValue: Int64(index % 7 + 1)))
            let number = try await desk.file(request, by: visitor).number
            if index % 6 == 1 { _ = try await desk.move(number, .withdraw, by: visitor) }
        }
        let whole = AppealFilter()
        let all = try await desk.store.appeals(whole, by: .newest, after: nil, limit: 1_000).appeals
        #expect(all.count == 60)
        typealias Case = (AppealFilter, (AppealSummary) -> Bool)
        let middle = all[30].received ?? AppealDesk.start
        let cases: [Case] = [
            (whole, { _ in true }),
            (AppealFilter { $0.isOpen = true }, { $0.state.isOpen }),
            (AppealFilter { $0.bodies = ["mob"] }, { $0.body == "mob" }),
            (AppealFilter { $0.bodies = [] }, { _ in false }),
            (AppealFilter { $0.category = "roads" }, { $0.category == "roads.pothole" }),
            (AppealFilter { $0.category = "traffic.lights" }, { $0.category == "traffic.lights" }),
            (AppealFilter { $0.states = [.withdrawn] }, { $0.state == .withdrawn }),
            (AppealFilter { $0.owner = PersonID(rawValue: 3) }, { $0.owner == PersonID(rawValue: 3) }),
            (AppealFilter { $0.receivedFrom = middle }, { ($0.received ?? .distantPast) >= middle }),
            (AppealFilter { $0.receivedBefore = middle }, { ($0.received ?? .distantPast) < middle }),
            (
                AppealFilter { $0.dueBefore = all[20].due },
                { $0.due.map { due in due < (all[20].due ?? due) } ?? false }
            ),
            (AppealFilter { $0.text = "100% НЕ_РАБ" }, { $0.title.contains("100%") }),
            (AppealFilter { $0.text = "нераб" }, { _ in false }),
            (AppealFilter { $0.text = all[5].number.description }, { $0.number == all[5].number }),
            (AppealFilter { $0.districts = ["medeu"] }, { $0.district == "medeu" }),
            (
                AppealFilter {
                    $0.isUnassigned = true
                    $0.regime = .report
                }, { $0.executor == nil }
            ),
            (AppealFilter { $0.kinds = [.complaint] }, { _ in false }),
            (AppealFilter { $0.deputy = "d1" }, { _ in false }),
            (AppealFilter { $0.executor = PersonID(rawValue: 1) }, { _ in false }),
        ]
        for (filter, isWanted) in cases {
            let wanted = all.filter(isWanted)
            for order in AppealOrder.allCases {
                let sorted = wanted.sorted { left, right in
                    switch order {
                    case .newest: (left.opened, left.id) > (right.opened, right.id)
                    case .due:
                        (left.due?.description ?? "", left.id) < (right.due?.description ?? "", right.id)
                    }
                }
                var (found, cursor): ([AppealSummary], AppealCursor?) = ([], nil)
                repeat {
                    let page = try await desk.store.appeals(filter, by: order, after: cursor, limit: 7)
                    found += page.appeals
                    cursor = page.next.flatMap { AppealCursor($0.text) }
                } while cursor != nil
                #expect(found == sorted)
            }
            let counts = try await desk.store.counts(filter)
            #expect(counts == Dictionary(grouping: wanted, by: \.state).mapValues(\.count))
        }
        #expect(try await desk.useCases.listAppeals.queue(whole, of: operators)?.total == 60)
    }

    @Test("An IIN finds its appeals for an operator with a reason, and each find is on record")
    func byNumber() async throws {
        let desk = try AppealDesk()
        let filed = try await desk.file(AppealDesk.request())
        let (operators, executor) = (
            try await desk.staff(2, .operator), try await desk.staff(3, .executor, ["da_medeu"])
        )
        let list = desk.useCases.listAppeals
        func find(_ number: String, _ reason: String, _ visitor: AppealVisitor) async throws -> [AppealNumber]? {
            try await list.withNumber(number, reason: reason, of: visitor, from: AppealDesk.address)?.map(\.number)
        }
        #expect(try await find("791028302728", "звонок", operators) == [filed.number])
        #expect(try await find("791028302728", " ", operators) == nil)
        #expect(try await find("791028302728", "звонок", executor) == nil)
        #expect(try await find("000000000000", "звонок", operators) == [])
        let accesses = try await desk.store.accesses(of: filed.id, limit: 10)
        #expect(accesses.map(\.dataClass) == [.search])
        #expect(accesses.map(\.person) == [operators.person])
    }
}
