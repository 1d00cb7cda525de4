import AccountSite
import Accounts
public import ArgumentParser
import Civic
import Console
import Foundation
import Logging
import MapSite
import Portal
import SQLiteStore

struct UserAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Invite a member of the staff. A person who has an account already is given the role.",
        discussion: """
            Prints a link by which the person gives a name, chooses a password and accepts the agreement; it works \
            once, within seven days. With --mail the link goes out by mail instead and is not printed.
            """
    )

    @Argument(help: "The e-mail address of the person.")
    var email: String

    @Option(help: "The role of the person.")
    var role: Role

    @Option(help: "The language of the mail and the pages: kk, ru or en.")
    var language: Language = .kk

    @Flag(help: "Queue the invitation as a mail, which the server sends.")
    var mail = false

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        guard role.isStaff else {
            let roles = Role.allCases.filter(\.isStaff).map(\.rawValue).joined(separator: ", ")
            throw ValidationError("Citizens register by themselves; --role takes one of \(roles).")
        }
        _ = try address()
    }

    func run() async throws {
        let settings = try await database.settings()
        let portal = try OpenedPortal.existing(settings)
        let accounts = try await PortalAccounts(
            store: SQLiteAccountStore(portal.database),
            outbox: SQLiteOutbox(portal.database),
            home: portal.home,
            settings: settings,
            logger: Logger(label: "openalmaty") { _ in SwiftLogNoOpLogHandler() }
        )
        let outcome = try await accounts.useCases.inviteStaff.fromConsole(
            try address(),
            role: role,
            language: language,
            isMailed: mail
        )
        switch outcome {
        case .invited(let token): tell(token, settings)
        case .alreadyRegistered(let person): try await give(person, accounts.useCases)
        case .wait(let seconds): throw ValidationError("Too many invitations; try again in \(seconds) s.")
        case .needsProof: throw ValidationError("An invitation from the console needs no proof.")
        }
    }

    private func address() throws -> EmailAddress {
        do {
            return try EmailAddress(email)
        } catch {
            throw ValidationError("\(email.debugDescription) is not an e-mail address: \(error).")
        }
    }

    private func tell(_ token: SecretToken, _ settings: Settings) {
        if mail {
            print("The invitation is queued; the server sends it.")
            return
        }
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let origin = settings.map.publicURL ?? "http://\(host):\(settings.port)"
        print("Pass this link on, by a way that nobody else reads; it is good once and for seven days:")
        print("\(origin)/\(language.rawValue)/activate/\(token.text)")
    }

    private func give(_ person: PersonID, _ accounts: AccountUseCases) async throws {
        guard try await accounts.changeRole.fromConsole(of: person, to: role) else {
            throw ValidationError("This is the last administrator; make another one first.")
        }
        print("There is an account with this address; it has the role \(role.rawValue) now.")
    }
}

extension Role: ExpressibleByArgument {}
