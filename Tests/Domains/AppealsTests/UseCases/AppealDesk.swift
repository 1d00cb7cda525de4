import AppealImport
import Civic
import Foundation
import GRDB
import Geo
import SQLiteStore
import TestSupport

@testable import Appeals

/// Appeals with the real tables on a database, with a manual clock and an outbox that nobody sends.
struct AppealDesk {
    /// A morning of a working day, Monday 23 November 2026, 10:00 in Almaty.
    static let start = MoveFixture.start
    static let address = RemoteAddress("203.0.113.7")
    /// Points in districts, with the slugs.
    static let medeu = (point: Coordinate(longitude: 76.96325, latitude: 43.22203), slug: DistrictSlug("medeu"))

    let clock = TestClock(stoppedAt: AppealDesk.start)
    let database: any DatabaseWriter
    let store: any AppealStore
    let sealer: ValueSealer
    let useCases: AppealUseCases

    init(_ database: (any DatabaseWriter)? = nil, calendar: WorkCalendar? = nil, sealer: ValueSealer? = nil) throws {
        let database = try database ?? PortalDatabase.traced()
        self.database = database
        store = SQLiteAppealStore(database)
        self.sealer = try sealer ?? ValueSealer(KeyRing.random())
        let tables = try RealTables.load()
        let clock = clock
        useCases = AppealUseCases(
            store: store,
            counters: SQLiteAccountStore(database),
            sealer: self.sealer,
            composer: NumberedMails(),
            rules: AppealRules(
                catalogue: tables.catalogue,
                routes: tables.routes,
                permissions: tables.permissions,
                calendar: try calendar ?? EmbeddedCalendar.calendar()
            ),
            now: { clock.now }
        )
    }

    /// Adds an account.
    func person(_ number: Int64, _ role: Role = .citizen, wantsMails: Bool = true) async throws -> PersonID {
        try await database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO person (id, email, email_key, name, name_key, username, username_key, language, role,
                        notifies_appeals, created) VALUES (?, ?, ?, 'Асель', 'асель', ?, ?, 'kk', ?, ?, 0)
                    """,
                arguments: [
                    number, "p\(number)@example.kz", "p\(number)@example.kz", "user\(number)", "user\(number)",
                    role.rawValue, wantsMails,
                ]
            )
        }
        return PersonID(rawValue: number)
    }

    /// Adds a member of the staff with a scope.
    func staff(
        _ number: Int64,
        _ role: Role,
        _ bodies: Set<AppealBody.ID> = [],
        districts: Set<DistrictSlug>? = nil,
        isHead: Bool = false
    ) async throws -> AppealVisitor {
        let person = try await person(number, role)
        let grant = StaffGrant(person: person, bodies: bodies, districts: districts, isHead: isHead)
        _ = try await useCases.grantResponsibility.fromConsole(grant)
        let subject = AccessSubject(person: person, role: role, isHead: isHead, bodies: bodies, districts: districts)
        return AppealVisitor(subject)
    }

    static func citizen(_ person: PersonID) -> AppealVisitor { AppealVisitor(AccessSubject(person: person)) }

    /// A request for a report of a pothole or an application, both in Medeu.
    static func request(
        _ regime: AppealRegime = .report,
        key: String = "request-1",
        kind: AppealKind = .application,
        title: String = "Яма на дороге",
        category: AppealCategory.ID = "roads.pothole",
        at point: Coordinate = medeu.point,
        files: [AppealFileID] = [],
        signature: AppealFileID? = nil,
        report: AppealNumber? = nil
    ) throws -> FilingRequest {
        let address = try PostalAddress([.city: "Алматы", .street: "Достық", .house: "97"])
        let person = PersonIdentity(
            surname: try PersonName("Омарова"),
            givenName: try PersonName("Әсел"),
            number: .iin(try IndividualIdentificationNumber("791028302728"))
        )
        return FilingRequest(
            key: key,
            regime: regime,
            kind: kind,
            applicant: Applicant(
                party: .person(person, isProprietor: false),
                address: address,
                phone: try PhoneNumber("+77012345678"),
                email: try EmailAddress("asel@example.kz")
            ),
            content: AppealContent(
                title: try AppealTitle(title),
                text: try AppealText("На дороге большая яма, машины объезжают её по тротуару.", in: regime),
                category: category,
                place: try AppealPlace(point: point, district: medeu.slug, address: "Достық, 97"),
                language: .ru
            ),
            routingPlace: RoutingPlace(.district(medeu.slug)),
            boundaryVersion: "b1",
            files: files,
            signature: signature,
            report: report,
            rulesVersion: "2026-11"
        )
    }

    /// Files and returns the receipt.
    func file(
        _ request: FilingRequest,
        by visitor: AppealVisitor = AppealVisitor(),
        isForCaller: Bool = false
    ) async throws -> FiledAppeal {
        let outcome = try await useCases.fileAppeal(request, by: visitor, isForCaller: isForCaller, from: Self.address)
        guard case .filed(let filed) = outcome else { throw Unexpected(what: "\(outcome)") }
        return filed
    }

    /// Makes a move on the present version.
    func move(
        _ number: AppealNumber,
        _ move: AppealMove,
        by visitor: AppealVisitor,
        attested: Set<MoveRequirement> = MoveRequirement.attested,
        files: [AppealFileID] = [],
        _ fill: (inout MoveDetails) -> Void = { _ in }
    ) async throws -> MoveOutcome {
        let version = try await store.appeal(number)?.appeal.version ?? 0
        let order = MoveOrder(move, version: version, details: MoveDetails(fill), attested: attested, files: files)
        return try await useCases.moveAppeal(number, order, by: visitor)
    }

    /// Adds the record of an attached file.
    func attachment(of owner: PersonID?) async throws -> AppealFileID {
        let id = Base64URL.encode([UInt8].random(count: 16))
        try await database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO attachment (id, owner, name, format, digest, size, state, received, due)
                    VALUES (?, ?, 'яма.jpg', 'jpeg', ?, 10, 'available', 0, 0)
                    """,
                arguments: [id, owner?.rawValue, String(repeating: "a", count: 64)]
            )
        }
        return AppealFileID(id)
    }

    /// The subjects of the queued mails to an address, oldest first.
    func mails(to address: String) async throws -> [String] {
        try await database.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT subject FROM outbox_mail WHERE recipient = ? ORDER BY id",
                arguments: [address]
            )
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    struct Unexpected: Error {
        let what: String
    }
}

/// Mails that say which notice and which number; the code of the receipt is their text.
struct NumberedMails: NoticeComposer {
    func message(for notice: AppealNotice, language: Language) -> MailMessage {
        let subject = "\(notice.mail.rawValue) \(notice.number)"
        return MailMessage(subject: subject, text: notice.code?.text ?? "", html: "")
    }
}
