import ArgumentParser

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Look after the secret keys that seal personal data.",
        subcommands: [KeysRotateCommand.self, KeysDropOldCommand.self, KeysCreateCommand.self]
    )
}
