import AccountSite
import Accounts
import ArgumentParser
import Civic
import Console
import Foundation
import Portal
import SQLiteStore

struct KeysCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a new key file where the old one is lost for good.",
        discussion: """
            The server refuses to start without the key file that its database depends on. Only when no copy of it can be \
            found, make a new one. What was sealed with the lost key is dropped: telephone numbers and IINs have to be \
            given anew, and links that were mailed no longer work. Second factors stay on, and no app opens them any more: \
            turn each off with user reset-factor once it is certain who asks. What the keys in OPENALMATY_SECRET_KEYS_OLD \
            open is kept.
            """
    )

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        guard settings.accounts.usesKeyFile else {
            throw ValidationError("The key is set by OPENALMATY_SECRET_KEY; there is no key file to make.")
        }
        let file = KeyFile(settings.accounts.keyFile)
        guard !file.exists else { throw ValidationError("There is a key file: \(file.url.path)") }
        let portal = try OpenedPortal.existing(settings)
        // Write the file last: as long as it is missing, an interrupted command can be run again.
        let ring = try KeyRing.random()
        let rotation = KeyRotation(
            store: SQLiteAccountStore(portal.database),
            sealer: ValueSealer(try settings.accounts.ring(with: ring))
        )
        let lost = try await rotation.dropLost(at: Date())
        guard try file.create(ring) else { throw ValidationError("There is a key file: \(file.url.path)") }
        print("A new key is in \(file.url.path); keep a copy of it.")
        let dropped = lost.reduce(0) { $0 + ($1.key == .secondFactor ? 0 : $1.value) }
        print("\(dropped) values that were sealed with the lost key are dropped.")
        if let factors = lost[.secondFactor] {
            print("\(factors) second factors cannot be used; turn each off with openalmaty user reset-factor.")
        }
    }
}
