import Accounts
import Civic
import SiteKit

/// Translates the codes in the audit log into the reader's language.
struct AuditWords {
    let words: Strings
    let providerLabel: (String) -> String

    /// The kind of an event.
    func kind(_ event: AuditEvent) -> String { words["audit_\(event.kind.rawValue)"] }

    /// The details that the event adds to its kind: roles, a provider, the part of an account; empty when there are none.
    ///
    /// A code without a translation is shown as recorded, so that nothing on record is hidden.
    func detail(_ event: AuditEvent) -> String {
        guard let detail = event.detail else { return "" }
        switch event.kind {
        case .accountCreated, .invited, .roleChanged:
            return detail.split(separator: " → ").map { role(String($0)) }.joined(separator: " → ")
        case .identityLinked, .identityUnlinked: return providerLabel(detail)
        case .signedIn: return words.texts["audit_detail_\(detail)"] ?? providerLabel(detail)
        default: return words.texts["audit_detail_\(detail)"] ?? detail
        }
    }

    private func role(_ name: String) -> String { words.texts["role_\(name)"] ?? name }
}
