import AppealImport
import Civic
import Foundation
import GRDB
import SQLiteStore
import TestSupport
import Testing

@testable import Appeals

/// Filing: what is stored, when it is registered, and that nothing is stored twice or half.
@Suite struct FileAppealTests {
    @Test("A report is registered and assigned at once, with number, term, route, code, mail and audit event")
    func report() async throws {
        let desk = try AppealDesk()
        let owner = try await desk.person(1)
        let executor = try await desk.staff(2, .executor, ["da_medeu"])
        let filed = try await desk.file(AppealDesk.request(), by: AppealDesk.citizen(owner))
        #expect(filed.number == AppealNumber(year: 2_026, sequence: 1))
        #expect(filed.appeal.state == .assigned)
        #expect(filed.appeal.history.map(\.move) == [.submit, .registerReport, .assign])
        #expect(filed.route?.body == "da_medeu")
        #expect(filed.route?.inputs.boundaryVersion == "b1")
        let limit = try #require(try RealTables.load().catalogue.term(of: "roads.pothole"))
        let clock = ServiceClock(limit, received: LocalTime(AppealDesk.start))
        let due = try clock.due(on: EmbeddedCalendar.calendar(), now: LocalTime(AppealDesk.start))
        #expect(filed.term?.due == due)
        let stored = try #require(try await desk.store.appeal(filed.number))
        #expect(stored.appeal == filed.appeal)
        #expect(stored.appeal.opening.owner == owner)
        #expect(stored.content == (try AppealDesk.request()).content)
        #expect(try await desk.mails(to: "asel@example.kz") == ["registered \(filed.number)"])
        #expect(try await desk.mails(to: "p2@example.kz") == ["staff_task \(filed.number)"])
        #expect(try await desk.count("audit_event") == 2)
        let code = try #require(filed.code)
        let found = try await desk.useCases.identifyVisitor.byReceipt(filed.number, code, from: AppealDesk.address)
        #expect(found == .found(filed.id))
        let wrong = try #require(ReceiptCode("AAAA-BBBB-CCCC-DDDD"))
        #expect(
            try await desk.useCases.identifyVisitor.byReceipt(filed.number, wrong, from: AppealDesk.address) == .wrong
        )
        #expect(executor.person != nil)
    }

    @Test("Looks with number and code are limited for each address")
    func receiptQuota() async throws {
        let desk = try AppealDesk()
        let number = try #require(AppealNumber(year: 2_026, sequence: 1))
        let code = try #require(ReceiptCode("AAAA-BBBB-CCCC-DDDD"))
        for _ in 0..<desk.useCases.limits.lookUpsPerAddress.count {
            #expect(try await desk.useCases.identifyVisitor.byReceipt(number, code, from: AppealDesk.address) == .wrong)
        }
        let outcome = try await desk.useCases.identifyVisitor.byReceipt(number, code, from: AppealDesk.address)
        #expect(outcome == .wait(seconds: 600))
    }

    @Test("An official appeal of working hours is registered at once, a later one on the next working day")
    func official() async throws {
        let desk = try AppealDesk()
        let owner = try await desk.person(1)
        let first = try await desk.file(
            AppealDesk.request(.official, signature: try await desk.attachment(of: owner)),
            by: AppealDesk.citizen(owner)
        )
        #expect(first.appeal.history.map(\.move) == [.submit, .registerOfficial, .assign])
        #expect(first.term?.deadlines?.answerBy == LocalDate("2026-12-14"))
        desk.clock.advance(by: 9 * 3_600)
        let second = try await desk.file(
            AppealDesk.request(.official, key: "request-2", signature: try await desk.attachment(of: owner)),
            by: AppealDesk.citizen(owner)
        )
        #expect(second.appeal.state == .submitted)
        #expect(second.term?.deadlines?.answerBy == LocalDate("2026-12-15"))
        #expect(try await desk.useCases.registerAppeals() == 0)
        desk.clock.advance(by: 15 * 3_600)
        #expect(try await desk.useCases.registerAppeals() == 1)
        #expect(try await desk.useCases.registerAppeals() == 0)
        let stored = try #require(try await desk.store.appeal(second.number))
        #expect(stored.appeal.state == .assigned)
        #expect(stored.appeal.number == second.number)
        #expect(stored.term?.deadlines?.registeredOn == LocalDate("2026-11-24"))
        let subjects = ["registered \(first.number)", "received \(second.number)", "registered \(second.number)"]
        #expect(try await desk.mails(to: "asel@example.kz") == subjects)
    }

    @Test("Without a signature an official appeal waits outside the queue until it is signed")
    func unsigned() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let operators = try await desk.staff(2, .operator)
        let filed = try await desk.file(AppealDesk.request(.official), by: owner)
        #expect(filed.awaitsSignature)
        #expect(filed.term == nil)
        let queue = try #require(try await desk.useCases.listAppeals.queue(AppealFilter(), of: operators))
        #expect(queue.total == 0)
        #expect(queue.page.appeals.isEmpty)
        let sign = desk.useCases.signAppeal
        let stranger = AppealDesk.citizen(try await desk.person(3))
        let paper = try await desk.attachment(of: operators.person)
        #expect(try await sign(filed.number, signature: paper, by: stranger) == .notFound)
        #expect(try await sign(filed.number, signature: "unknown", by: owner) == .filesUnavailable)
        #expect(try await sign(filed.number, signature: paper, by: operators) == .made(.assigned, version: 3))
        let stored = try #require(try await desk.store.appeal(filed.number))
        #expect(stored.appeal.history.first?.actor == .operator)
        #expect(try await desk.store.files(of: stored.id).map(\.purpose) == [.signature])
        #expect(try await desk.useCases.listAppeals.queue(AppealFilter(), of: operators)?.total == 1)
    }

    @Test("An official appeal is made out of one's own report, which keeps its state and says so")
    func outOfReport() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let report = try await desk.file(AppealDesk.request(), by: owner)
        let signature = try await desk.attachment(of: owner.person)
        let request = try AppealDesk.request(.official, key: "request-2", signature: signature, report: report.number)
        let stranger = AppealDesk.citizen(try await desk.person(2))
        let refused = try await desk.useCases.fileAppeal(request, by: stranger, from: AppealDesk.address)
        guard case .refused(.report) = refused else { throw AppealDesk.Unexpected(what: "\(refused)") }
        let filed = try await desk.file(request, by: owner)
        let linked = try #require(try await desk.store.appeal(report.number))
        #expect(linked.appeal.state == .assigned)
        #expect(linked.appeal.history.last?.move == .fileOfficially)
        #expect(linked.parts.isEmpty)
        let stored = try #require(try await desk.store.appeal(filed.number))
        #expect(stored.parent == report.number)
        #expect(stored.applicantID == stored.id)
    }

    @Test("A repeated request gets its first receipt, and other content under its key is refused")
    func repeated() async throws {
        let desk = try AppealDesk()
        let owner = AppealDesk.citizen(try await desk.person(1))
        let other = AppealDesk.citizen(try await desk.person(2))
        let filed = try await desk.file(AppealDesk.request(), by: owner)
        desk.clock.advance(by: 3_600)
        let again = try await desk.useCases.fileAppeal(AppealDesk.request(), by: owner, from: AppealDesk.address)
        guard case .repeated(let receipt) = again else { throw AppealDesk.Unexpected(what: "\(again)") }
        #expect(receipt == filed)
        let changed = try AppealDesk.request(title: "Другая яма")
        let refused = try await desk.useCases.fileAppeal(changed, by: owner, from: AppealDesk.address)
        guard case .otherContent(filed.number) = refused else { throw AppealDesk.Unexpected(what: "\(refused)") }
        let second = try await desk.file(AppealDesk.request(), by: other)
        #expect(second.number.sequence == 2, "keys of other people are other keys")
        #expect(try await desk.count("appeal") == 2)
        #expect(try await desk.mails(to: "asel@example.kz").count == 2)
    }

    @Test("Many equal and different requests at once, over several connections, file each appeal once")
    func concurrent() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "portal.sqlite").path
        let keys = try KeyRing.random()
        let desks = try (0..<4).map { _ in
            try AppealDesk(try PortalDatabase.open(path: path), sealer: ValueSealer(keys))
        }
        let numbers: [(key: Int, number: AppealNumber, isNew: Bool)] = try await withThrowingTaskGroup(
            of: (key: Int, number: AppealNumber, isNew: Bool).self
        ) { group in
            for index in 0..<60 {
                let (desk, key) = (desks[index % desks.count], index % 12)
                group.addTask {
                    let request = try AppealDesk.request(key: "request-\(key)")
                    let visitor = AppealDesk.citizen(PersonID(rawValue: Int64(key + 1)))
                    let outcome = try await desk.useCases.fileAppeal(request, by: visitor, from: AppealDesk.address)
                    switch outcome {
                    case .filed(let receipt): return (key, receipt.number, true)
                    case .repeated(let receipt): return (key, receipt.number, false)
                    default: throw AppealDesk.Unexpected(what: "\(outcome)")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(numbers.count { $0.isNew } == 12)
        for (_, same) in Dictionary(grouping: numbers, by: \.key) { #expect(Set(same.map(\.number)).count == 1) }
        #expect(Set(numbers.map(\.number.sequence)) == Set(1...12))
        #expect(try await desks[0].count("appeal") == 12)
        #expect(try await desks[0].count("outbox_mail") == 12)
    }

    @Test("A crash at any moment keeps every acknowledged appeal whole and gives no number twice")
    func crash() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "portal.sqlite").path
        let pool = try PortalDatabase.open(path: path)
        // Without checkpoints, copies of the file and of the log's beginning are what a killed process leaves.
        try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
        let desk = try AppealDesk(pool)
        let acknowledged = Acknowledged()
        let copies: [(path: String, acknowledged: [AppealNumber])] = try await withThrowingTaskGroup(
            of: [(path: String, acknowledged: [AppealNumber])].self
        ) { group in
            for worker in 0..<4 {
                group.addTask {
                    for index in 0..<12 {
                        let request = try AppealDesk.request(key: "request-\(worker)-\(index)")
                        let number = try await desk.file(
                            request,
                            by: AppealDesk.citizen(PersonID(rawValue: Int64(worker + 1)))
                        ).number
                        await acknowledged.add(number)
                    }
                    return []
                }
            }
            group.addTask {
                var copies: [(path: String, acknowledged: [AppealNumber])] = []
                for index in 0..<8 {
                    try await Task.sleep(for: .milliseconds(15))
                    let before = await acknowledged.numbers
                    let copy = folder.url.appending(path: "copy-\(index).sqlite").path
                    try FileManager.default.copyItem(atPath: path, toPath: copy)
                    try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
                    copies.append((copy, before))
                }
                return copies
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        for copy in copies {
            let left = try AppealDesk(try PortalDatabase.open(path: copy.path))
            let all = try await left.store.appeals(AppealFilter(), by: .newest, after: nil, limit: 100).appeals
            #expect(Set(copy.acknowledged).isSubset(of: Set(all.map(\.number))))
            for appeal in all { #expect(try await left.store.appeal(appeal.id)?.appeal.state == .assigned) }
            #expect(try await left.count("outbox_mail") == all.count)
            #expect(try await left.count("appeal_applicant") == all.count)
            let next = try await left.file(AppealDesk.request(key: "request-next")).number
            #expect(next.sequence == all.count + 1)
        }
        #expect(copies.count == 8)
    }

    @Test("A filing that cannot be completed leaves nothing, and its number is given to the next")
    func rollback() async throws {
        let desk = try AppealDesk()
        let owner = try await desk.person(1)
        let mine = try await desk.attachment(of: owner)
        let visitor = AppealDesk.citizen(owner)
        for files in [[mine, try await desk.attachment(of: nil)], [mine, mine], [mine, "none"]] {
            let request = try AppealDesk.request(files: files)
            let outcome = try await desk.useCases.fileAppeal(request, by: visitor, from: AppealDesk.address)
            guard case .filesUnavailable = outcome else { throw AppealDesk.Unexpected(what: "\(outcome)") }
        }
        for table in ["appeal", "appeal_move", "appeal_applicant", "appeal_file", "outbox_mail", "audit_event"] {
            #expect(try await desk.count(table) == 0)
        }
        let filed = try await desk.file(AppealDesk.request(files: [mine]), by: visitor)
        #expect(filed.number.sequence == 1)
        #expect(
            try await desk.store.files(of: filed.id) == [
                AppealFile(id: mine, purpose: .filing, version: 0, message: nil)
            ]
        )
        #expect(try await desk.store.appeal(with: mine) == filed.id)
    }

    @Test("What cannot be filed is refused with its fault")
    func faults() async throws {
        let desk = try AppealDesk()
        func fault(_ request: FilingRequest) async throws -> FilingFault? {
            let outcome = try await desk.useCases.fileAppeal(request, by: AppealVisitor(), from: AppealDesk.address)
            if case .refused(let fault) = outcome { return fault }
            return nil
        }
        #expect(try await fault(AppealDesk.request(key: "short")) == .key)
        #expect(try await fault(AppealDesk.request(category: "roads")) == .category)
        #expect(try await fault(AppealDesk.request(category: "none")) == .category)
        let many = (0..<11).map { AppealFileID("file\($0)") }
        #expect(try await fault(AppealDesk.request(files: many)) == .files(most: 10))
        let whole = try AppealDesk.request(.official)
        let homeless = FilingRequest(
            key: whole.key,
            regime: .official,
            kind: .application,
            applicant: Applicant(party: whole.applicant.party),
            content: whole.content,
            routingPlace: whole.routingPlace,
            boundaryVersion: "b1",
            rulesVersion: "2026-11"
        )
        #expect(try await fault(homeless) == .applicant([.address]))
        #expect(try await desk.count("appeal") == 0)
    }
}

/// The numbers that were answered.
private actor Acknowledged {
    private(set) var numbers: [AppealNumber] = []

    func add(_ number: AppealNumber) { numbers.append(number) }
}
