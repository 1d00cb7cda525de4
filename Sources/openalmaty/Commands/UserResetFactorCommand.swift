import AccountSite
import Accounts
import ArgumentParser
import Civic
import Console
import Logging
import Portal
import SQLiteStore

struct UserResetFactorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset-factor",
        abstract: "Turn off the second factor of a person who lost both the app and the recovery codes.",
        discussion: """
            Make sure first that it is the person who asks. Every session of theirs ends, a mail tells them, and the \
            record keeps it. A running server may take up to half a minute to notice.
            """
    )

    @Argument(help: "The e-mail address of the person.")
    var email: String

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        guard let address = try? EmailAddress(email) else { throw ValidationError("EMAIL is no e-mail address.") }
        let settings = try await database.settings()
        let portal = try OpenedPortal.existing(settings)
        let store = SQLiteAccountStore(portal.database)
        let accounts = try await PortalAccounts(
            store: store,
            outbox: SQLiteOutbox(portal.database),
            home: portal.home,
            settings: settings,
            logger: Logger(label: "openalmaty") { _ in SwiftLogNoOpLogHandler() }
        )
        guard let person = try await store.credentials(for: .email(key: address.key))?.person else {
            throw ValidationError("There is no account with this address.")
        }
        guard try await accounts.useCases.disableSecondFactor.fromConsole(of: person.id) else {
            throw ValidationError("This account has no second factor.")
        }
        print("The second factor is off and every session ended; the server sends the mail about it.")
    }
}
