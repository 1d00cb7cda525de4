import ArgumentParser

// Commands that only group subcommands.

struct CityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city",
        abstract: "Build a new city file, or compare two.",
        subcommands: [CityBuildCommand.self, CityDiffCommand.self]
    )
}

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Manage the secret keys that seal personal data.",
        subcommands: [KeysRotateCommand.self, KeysDropOldCommand.self, KeysCreateCommand.self]
    )
}

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Test mail delivery, and manage undelivered mails.",
        subcommands: [MailTestCommand.self, MailSendCommand.self, MailListCommand.self, MailResendCommand.self]
    )
}

struct OpenIDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openid",
        abstract: "Test a sign-in provider.",
        subcommands: [OpenIDCheckCommand.self]
    )
}

struct TilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Write the map's vector tiles, or the features that they are made from, to files.",
        subcommands: [TilesRenderCommand.self, TilesExportCommand.self]
    )
}

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Manage accounts.",
        subcommands: [UserAddCommand.self, UserResetFactorCommand.self]
    )
}
