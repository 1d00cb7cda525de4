import ArgumentParser

struct OpenIDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openid",
        abstract: "Test a provider that people shall sign in with.",
        subcommands: [OpenIDCheckCommand.self]
    )
}
