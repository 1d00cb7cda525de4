import Accounts
import ArgumentParser
import Foundation
import SpatiaLiteStore
import Web

struct KeysCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a new key file where the old one is lost for good.",
        discussion: """
            The server refuses to start without the key file that its database depends on. Only when no copy of it can be \
            found, make a new one: what was sealed with the old key stays unreadable, telephone numbers and IINs have to \
            be given anew, and second factors have to be turned off with user reset-factor and set up again.
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
        let city = try OpenedCity.existing(settings)
        _ = try file.loadOrMake()
        print("A new key is in \(file.url.path); keep a copy of it.")
        let lost = try await SpatiaLiteAccountStore(city.database).sealedValueCount { _ in true }
        if lost > 0 { print("\(lost) values that were sealed with the lost key cannot be read any more.") }
    }
}
