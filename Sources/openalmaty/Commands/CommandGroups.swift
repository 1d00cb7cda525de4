import ArgumentParser

// Commands that only group subcommands.

struct CityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "city",
        abstract: "Build the city file anew, and compare two of them.",
        subcommands: [CityBuildCommand.self, CityDiffCommand.self]
    )
}

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Look after the secret keys that seal personal data.",
        subcommands: [KeysRotateCommand.self, KeysDropOldCommand.self, KeysCreateCommand.self]
    )
}

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Test the way mails take, and look after those that did not go out.",
        subcommands: [MailTestCommand.self, MailSendCommand.self, MailListCommand.self, MailResendCommand.self]
    )
}

struct OpenIDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openid",
        abstract: "Test a provider that people shall sign in with.",
        subcommands: [OpenIDCheckCommand.self]
    )
}

struct TilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Make the map's vector tiles as files, or write what they are made from.",
        subcommands: [TilesRenderCommand.self, TilesExportCommand.self]
    )
}

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Look after accounts.",
        subcommands: [UserAddCommand.self, UserResetFactorCommand.self]
    )
}
