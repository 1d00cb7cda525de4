/// What a restore did.
public struct RestoreReport: Sendable {
    /// The names under which the earlier portal database and city file are kept, as far as there were any.
    public let kept: [String]
    /// Why the city file was not restored and the present one is as it was; nil when it was restored.
    public let cityFault: String?
    /// How many sessions of the backup were ended, so that everybody has to sign in again.
    public let sessionsEnded: Int
    /// How many mails were waiting in the backup; they were given up, because they may have been sent since.
    public let mailsGivenUp: Int

    init(kept: [String], cityFault: String?, state: RestoredState) {
        (self.kept, self.cityFault) = (kept, cityFault)
        (sessionsEnded, mailsGivenUp) = (state.sessionsEnded, state.mailsGivenUp)
    }
}
