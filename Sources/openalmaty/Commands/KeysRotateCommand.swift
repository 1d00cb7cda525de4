import AccountSite
import Accounts
import ArgumentParser
import Civic
import Console
import Foundation
import Portal
import SQLiteStore

struct KeysRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Seal personal data anew with a new secret key.",
        discussion: """
            Where the keys are in the key file, a new key is made and put first in it. Where OPENALMATY_SECRET_KEY is \
            set, set it to a new key (openssl rand -base64 32) and OPENALMATY_SECRET_KEYS_OLD to the one before, then \
            run this. Everything is sealed anew in one transaction. A running server reads a changed key file by itself; \
            keys that are set it reads at the start. The older keys stay until keys drop-old takes them out.
            """
    )

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let store = SQLiteAccountStore(try OpenedPortal.existing(settings).database)
        let ring = try await settings.accounts.keys(for: store)
        if settings.accounts.usesKeyFile {
            let file = KeyFile(settings.accounts.keyFile)
            let rotated = try ring.rotated()
            // Save the new key in the file before anything depends on it.
            try file.replace(with: rotated)
            try await seal(rotated, store)
            print("The older key is kept; openalmaty keys drop-old takes it out.")
        } else {
            guard ring.olderCount > 0 else {
                throw ValidationError(
                    "Set OPENALMATY_SECRET_KEY to a new key and OPENALMATY_SECRET_KEYS_OLD to the one before."
                )
            }
            try await seal(ring, store)
            print("Restart the server, so that it reads the new key; keys drop-old tells when the older one may go.")
        }
    }

    private func seal(_ ring: KeyRing, _ store: SQLiteAccountStore) async throws {
        let count = try await KeyRotation(store: store, sealer: ValueSealer(ring)).run(at: Date())
        print("\(count) sealed values are sealed anew.")
    }
}
