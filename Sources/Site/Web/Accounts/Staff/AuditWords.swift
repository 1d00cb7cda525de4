import Accounts

/// Says in the reader's language what the record keeps as the program's own words.
struct AuditWords {
    let words: Strings
    let providers: ProviderList

    /// What was done.
    func kind(_ event: AuditEvent) -> String { words["audit_\(event.kind.rawValue)"] }

    /// What the event adds to its kind: roles, a provider, the part of an account; empty when it adds nothing.
    ///
    /// A word that no language knows stands as it was recorded, so that nothing on record is hidden.
    func detail(_ event: AuditEvent) -> String {
        guard let detail = event.detail else { return "" }
        switch event.kind {
        case .accountCreated, .invited, .roleChanged:
            return detail.split(separator: " → ").map { role(String($0)) }.joined(separator: " → ")
        case .identityLinked, .identityUnlinked: return providers.label(of: detail)
        case .signedIn: return words.texts["audit_detail_\(detail)"] ?? providers.label(of: detail)
        default: return words.texts["audit_detail_\(detail)"] ?? detail
        }
    }

    private func role(_ name: String) -> String { words.texts["role_\(name)"] ?? name }
}
