import Accounts
import Civic
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite("Texts of the activity log")
struct AuditWordsTests {
    private func audit(_ language: Language) throws -> AuditWords {
        let words = try Strings(language, folders: try TestPortal.resources("Locale"))
        return AuditWords(words: words) { $0 }
    }

    @Test("Each recorded kind and detail has a text", arguments: Language.allCases)
    func everyWord(language: Language) throws {
        let audit = try audit(language)
        for kind in AuditKind.accounts {
            let shown = audit.kind(AuditEvent(kind, time: .now))
            #expect(!shown.hasPrefix("audit_"), "\(kind)")
        }
        let details: [(AuditKind, [String])] = [
            (.personalDataViewed, ["list", "profile", "iin"]), (.auditRead, ["names"]),
            (.signedOut, ["one", "others"]),
            (.profileChanged, ["name", "username", "language", "phone", "iin", "notifications", "agreement"]),
            (.secondFactorDisabled, ["console"]), (.passwordChanged, ["link", "account"]),
            (.signedIn, ["password", "activation"]), (.invited, Role.allCases.map(\.rawValue)),
            (.accountCreated, Role.allCases.map(\.rawValue)),
        ]
        for (kind, details) in details {
            for detail in details {
                let event = AuditEvent(kind, detail: detail, time: .now)
                #expect(audit.detail(event) == audit.words["\(isRole(kind) ? "role" : "audit_detail")_\(detail)"])
                #expect(audit.detail(event).contains("_") == false, "\(kind) \(detail)")
            }
        }
    }

    private func isRole(_ kind: AuditKind) -> Bool { kind == .invited || kind == .accountCreated }

    @Test func namesBothRolesOfAChange() throws {
        let event = AuditEvent(.roleChanged, detail: "citizen → planner", time: .now)
        #expect(try audit(.ru).detail(event) == "Житель → Аналитик")
        #expect(try audit(.kk).detail(event) == "Тұрғын → Талдаушы")
    }

    @Test("A detail without a translation is shown as it was recorded")
    func unknown() throws {
        #expect(try audit(.en).detail(AuditEvent(.signedIn, detail: "oidc", time: .now)) == "oidc")
        #expect(try audit(.en).detail(AuditEvent(.auditRead, time: .now)) == "")
    }
}
