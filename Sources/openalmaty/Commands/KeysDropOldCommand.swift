import AccountSite
import Accounts
import ArgumentParser
import Civic
import Console
import Foundation
import Portal
import SQLiteStore

struct KeysDropOldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop-old",
        abstract: "Take the older keys out of the key file.",
        discussion: """
            Seals anew first what was sealed with an older key since the last rotation, and refuses while anything still \
            is. Backups of the database from before the rotation need the older keys: keep a copy of them as long as of \
            those. Where OPENALMATY_SECRET_KEY is set, this says when OPENALMATY_SECRET_KEYS_OLD may go.
            """
    )

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let store = SQLiteAccountStore(try OpenedPortal.existing(settings).database)
        let ring = try await settings.accounts.keys(for: store)
        guard ring.olderCount > 0 else { throw ValidationError("There is no older key; run keys rotate first.") }
        let count = try await KeyRotation(store: store, sealer: ValueSealer(ring)).finish(at: Date())
        if count > 0 { print("\(count) sealed values are sealed anew.") }
        guard settings.accounts.usesKeyFile else {
            print("Nothing is sealed with an older key: unset OPENALMATY_SECRET_KEYS_OLD and restart the server.")
            return
        }
        try KeyFile(settings.accounts.keyFile).replace(with: try ring.withoutOlder())
        print("The key file holds the current key alone.")
    }
}
