import AppealImport
import Civic
import Testing

@testable import Appeals

@Suite struct PermissionTests {
    /// The matrix of the specification, written down here a second time: a cell is a scope with conditions, `-` nothing.
    ///
    /// Columns: citizen, operator, executor, head, deputy, planner, editor, admin, link.
    private static let matrix = """
        see_public            all  all all all all all all all all
        see_text              own  all desk desk addressed - - all:break_glass sent
        see_contact           own  all desk desk addressed - - all:break_glass sent:chosen_by_sender
        see_identity          own  all:with_reason desk:official_with_reason desk:with_reason - - - all:break_glass -
        see_files             own  all desk desk addressed - - all:break_glass sent:chosen_by_sender
        see_internal          -    all desk desk addressed:own_texts - - all:break_glass -
        file                  own  all:for_caller - - - - - - -
        follow_up             own  all:on_paper - - - - - - -
        follow                all  all all all all all all all all
        register              -    all - - - - - - -
        route                 -    all desk:as_proposal desk addressed:as_proposal - - - -
        split                 -    all desk:as_proposal desk - - - - -
        assign                -    all desk desk - - - - -
        name_defects          -    all desk desk - - - - -
        return                -    all - desk - - - - -
        ask                   -    all desk desk addressed - - - -
        draft_answer          -    all:consultations desk desk addressed - - - sent:reply_only
        sign                  -    - - desk addressed:own_texts - - - -
        close                 -    all:outcomes_without_work desk desk - - - - sent:as_proposal
        merge                 -    all desk desk - - - - -
        publish               -    all:moderator desk:moderator desk:moderator - - - - -
        bulk                  -    all desk desk - - - - -
        search                -    all desk desk addressed - - - -
        search_by_hash        -    all:with_reason - - - - - - -
        see_statistics        -    - desk desk - all - - -
        export_case           own  - - desk:with_reason - - - - -
        export_many           -    - - - - - - all:two_admins -
        see_rules             -    all all all - all all all -
        propose_rules         -    - - desk - - - - -
        edit_texts            -    - - - - - all all -
        edit_rules            -    - - - - - - all -
        see_users             -    - - desk - - - all -
        edit_users            -    - - - - - - all:not_oneself -
        see_accesses          own  - - desk - - - all -
        """

    /// How a case lies to the person.
    private enum Relation: CaseIterable {
        case own
        case deskBody
        case otherDistrict
        case childBody
        case addressed
        case linked
        case foreign
    }

    private static let person = PersonID(rawValue: 5)

    @Test("Every action, role and relation to the case is allowed exactly as the specification says")
    func agreesWithMatrix() throws {
        let table = try RealTables.load().permissions
        let rows = Self.matrix.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.count == AppealAction.allCases.count)
        for row in rows {
            let action = try #require(AppealAction(rawValue: String(row[0])))
            #expect(row.count == AccessRole.allCases.count + 1)
            for (index, role) in AccessRole.allCases.enumerated() {
                for relation in Relation.allCases {
                    for regime in AppealRegime.allCases {
                        let (subject, item) = (Self.subject(role, relation), Self.item(relation, regime))
                        // A head of the matrix is an executor too.
                        let columns = role == .citizen ? [1] : role == .head ? [1, index, index + 1] : [1, index + 1]
                        let expected = Self.expected(columns.map { row[$0] }, subject, relation, regime)
                        let found = table.conditions(action, by: subject, on: item)
                        #expect(found == expected, "\(action) \(role) \(relation) \(regime)")
                    }
                }
            }
        }
    }

    // The first cell is that of citizens, which counts for everybody; the others are those of the role.
    private static func expected(
        _ cells: [Substring],
        _ subject: AccessSubject,
        _ relation: Relation,
        _ regime: AppealRegime
    ) -> Set<AccessCondition>? {
        var conditions: Set<AccessCondition> = []
        for (index, cell) in cells.enumerated() where cell != "-" {
            let parts = cell.split(separator: ":").map(String.init)
            let isOfRole = index > 0
            // Nobody acts in an office on a case of his or her own.
            if isOfRole, relation == .own, subject.link == nil { continue }
            let isReached =
                switch parts[0] {
                case "all": true
                case "own": relation == .own
                case "desk": relation == .deskBody || relation == .childBody
                case "addressed": relation == .addressed
                default: relation == .linked
                }
            guard isReached else { continue }
            guard parts.count == 2, let condition = AccessCondition(rawValue: parts[1]) else { return [] }
            switch condition {
            case .moderator: if subject.isModerator { return [] }
            case .officialWithReason: if regime == .official { conditions.insert(.withReason) }
            default: conditions.insert(condition)
            }
        }
        return conditions.isEmpty ? nil : conditions
    }

    private static func subject(_ role: AccessRole, _ relation: Relation) -> AccessSubject {
        let roles: [AccessRole: Role] = [
            .operator: .operator, .executor: .executor, .head: .executor, .deputy: .deputy, .planner: .planner,
            .editor: .editor, .admin: .admin,
        ]
        return AccessSubject(
            person: person,
            role: roles[role] ?? .citizen,
            isHead: role == .head,
            isModerator: false,
            bodies: ["da_medeu"],
            districts: ["medeu"],
            deputy: role == .deputy ? "d1" : nil,
            link: role == .link ? AppealID(rawValue: 1) : nil
        )
    }

    private static let bodies: [Relation: Set<AppealBody.ID>] = [
        .own: ["da_medeu"], .deskBody: ["da_medeu"], .otherDistrict: ["da_medeu"], .childBody: ["mob", "da_medeu"],
    ]

    private static func item(_ relation: Relation, _ regime: AppealRegime) -> AccessCase {
        AccessCase(
            id: AppealID(rawValue: relation == .linked ? 1 : 2),
            regime: regime,
            owner: relation == .own ? person : PersonID(rawValue: 6),
            bodies: bodies[relation] ?? ["mob"],
            district: relation == .otherDistrict || relation == .foreign ? "auezov" : "medeu",
            deputy: relation == .addressed ? "d1" : nil
        )
    }

    @Test("Heads, executors and operators keep the rights of both when they have both")
    func capabilities() throws {
        let table = try RealTables.load().permissions
        let item = AccessCase(
            id: AppealID(rawValue: 1),
            regime: .official,
            owner: nil,
            bodies: ["mob"],
            district: nil
        )
        func subject(
            _ role: Role,
            head: Bool,
            moderator: Bool = false,
            districts: Set<DistrictSlug>? = nil
        ) -> AccessSubject {
            AccessSubject(
                person: Self.person,
                role: role,
                isHead: head,
                isModerator: moderator,
                bodies: ["mob"],
                districts: districts
            )
        }
        #expect(!table.allows(.sign, by: subject(.executor, head: false), on: item))
        #expect(table.conditions(.sign, by: subject(.executor, head: true), on: item) == [])
        #expect(table.conditions(.route, by: subject(.executor, head: false), on: item) == [.asProposal])
        #expect(table.conditions(.route, by: subject(.executor, head: true), on: item) == [])
        // The capability alone gives nothing to somebody who is not staff of a body.
        #expect(!table.allows(.sign, by: subject(.planner, head: true), on: item))
        #expect(!table.allows(.sign, by: subject(.citizen, head: true), on: item))
        #expect(!table.allows(.publish, by: subject(.executor, head: false), on: item))
        #expect(table.allows(.publish, by: subject(.executor, head: false, moderator: true), on: item))
        // A case without a district is for those whose scope is not limited to districts.
        #expect(!table.allows(.ask, by: subject(.executor, head: false, districts: ["medeu"]), on: item))
        #expect(table.allows(.ask, by: subject(.executor, head: false), on: item))
    }

    @Test("Somebody who is a party to a case does not act on it in an office")
    func recusal() throws {
        let table = try RealTables.load().permissions
        let item = AccessCase(
            id: AppealID(rawValue: 1),
            regime: .official,
            owner: PersonID(rawValue: 6),
            parties: [Self.person],
            bodies: ["mob"],
            district: nil
        )
        for role in Role.allCases {
            let subject = AccessSubject(person: Self.person, role: role, isHead: true, bodies: ["mob"])
            for action in AppealAction.allCases where action != .seePublic && action != .follow {
                #expect(!table.allows(action, by: subject, on: item), "\(role) \(action)")
            }
        }
    }

    @Test("What is about no case is allowed by role, and by having a desk at all")
    func withoutCase() throws {
        let table = try RealTables.load().permissions
        let planner = AccessSubject(person: Self.person, role: .planner)
        #expect(table.allows(.seeRules, by: planner, on: nil) && !table.allows(.editRules, by: planner, on: nil))
        let admin = AccessSubject(person: Self.person, role: .admin)
        #expect(table.conditions(.editUsers, by: admin, on: nil) == [.notOneself])
        let idle = AccessSubject(person: Self.person, role: .executor)
        #expect(!table.allows(.search, by: idle, on: nil))
        let executor = AccessSubject(person: Self.person, role: .executor, bodies: ["mob"])
        #expect(table.allows(.search, by: executor, on: nil))
        #expect(table.allows(.file, by: planner, on: nil) && !table.allows(.file, by: AccessSubject(), on: nil))
    }

    @Test("Nobody who is not signed in sees more than the public part")
    func anonymous() throws {
        let table = try RealTables.load().permissions
        let item = AccessCase(id: AppealID(rawValue: 1), regime: .report, owner: nil, bodies: [], district: nil)
        for action in AppealAction.allCases where action != .seePublic && action != .follow {
            #expect(!table.allows(action, by: AccessSubject(), on: item), "\(action)")
        }
    }

    @Test("Rows that repeat, and tables without a row for an action, are refused")
    func rowsAreChecked() throws {
        let row = TableRow(table: "p", line: 2, values: ["action": "file", "role": "citizen", "scope": "own"])
        #expect(throws: AppealsError.repeated(table: "p", line: 2, key: "file citizen")) {
            _ = try PermissionTable([row, row])
        }
        #expect(throws: AppealsError.unknown(table: "p", line: 2, column: "action", key: "see_public")) {
            _ = try PermissionTable([row])
        }
    }
}
