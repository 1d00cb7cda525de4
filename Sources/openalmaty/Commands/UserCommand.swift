import ArgumentParser

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Look after accounts.",
        subcommands: [UserAddCommand.self, UserResetFactorCommand.self]
    )
}
