import ArgumentParser

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "Test the way mails take, and look after those that did not go out.",
        subcommands: [MailTestCommand.self, MailSendCommand.self, MailListCommand.self, MailResendCommand.self]
    )
}
