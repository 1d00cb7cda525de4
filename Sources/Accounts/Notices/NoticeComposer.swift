public import Mail

/// Puts notices into words; the pages implement it, who have the texts and know the portal's address.
public protocol NoticeComposer: Sendable {
    /// Composes the mail of a notice.
    ///
    /// - Parameters:
    ///   - notice: what to tell.
    ///   - language: `kk`, `ru` or `en`.
    func message(for notice: AccountNotice, language: String) -> MailMessage
}
