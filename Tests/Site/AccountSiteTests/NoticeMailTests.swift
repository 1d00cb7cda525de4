import Accounts
import Civic
import Configuration
import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct NoticeMailTests {
    private static let time = Date(timeIntervalSince1970: 1_795_000_000)

    private static func composer() throws -> NoticeMail {
        let address = PortalAddress(publicURL: "https://open.almaty.kz", host: "", port: 0)
        return try NoticeMail(home: try TestPortal.home(), address: address)
    }

    private static func notices() throws -> [AccountNotice] {
        let (token, name) = (SecretToken(), try PersonName("Айгүл Серікқызы"))
        let device = Device(userAgent: "Firefox/1 Windows")
        return [
            .activation(token: token, name: name, expires: time), .alreadyRegistered(name: name),
            .passwordReset(token: token, name: name, expires: time),
            .passwordChanged(name: name, device: device, time: time, providers: []),
            .passwordChanged(name: name, device: device, time: time, providers: ["google", "facebook"]),
            .newDevice(name: name, device: device, time: time),
            .emailChangeOld(token: token, name: name, newMasked: "n•••@example.kz", expires: time),
            .emailChangeNew(token: token, name: name, expires: time), .emailChanged(name: name, time: time),
            .emailChangeWaived(token: token, name: name, newMasked: "n•••@example.kz", from: time),
            .invitation(token: token, role: .operator, expires: time), .humanCode(code: "123456", expires: time),
            .erasureConfirmation(token: token, name: name, expires: time), .accountErased(time: time),
            .identityLinked(provider: "google", name: name, time: time),
            .identityConfirmation(token: token, provider: "google", name: name, expires: time),
            .secondFactorChanged(isOn: true, name: name, time: time),
            .secondFactorChanged(isOn: false, name: name, time: time),
            .recoveryCodeUsed(left: 7, name: name, time: time), .recoveryCodesRenewed(name: name, time: time),
            .roleChanged(role: .editor, name: name, time: time),
        ]
    }

    @Test("Every notice is a complete mail in each language, without remote content", arguments: Language.allCases)
    func whole(language: Language) async throws {
        let composer = try Self.composer()
        for notice in try Self.notices() {
            let mail = composer.message(for: notice, language: language)
            for part in [mail.subject, mail.text, mail.html] {
                #expect(!part.isEmpty)
                #expect(!part.contains("mail_") && !part.contains("{") && !part.contains("Optional("), "\(part)")
            }
            #expect(!mail.subject.contains("\n"))
            #expect(mail.html.contains("<html lang=\"\(language)\">"))
            #expect(!mail.html.contains("<img") && !mail.html.contains("<script") && !mail.html.contains("src="))
            for address in mail.html.matches(of: /https?:\/\/[^\/"<]+/) {
                #expect(address.0 == "https://open.almaty.kz")
            }
            #expect(mail.text.contains("https://open.almaty.kz/\(language)/"), "it says who sends it")
        }
    }

    @Test("Mails are as recorded")
    func recorded() async throws {
        let composer = try Self.composer()
        let notices = try Self.notices()
        let languages = ["new-device": Language.kk, "code": .en]
        var counts: [String: Int] = [:]
        for notice in notices {
            let mail = composer.message(for: notice, language: languages[notice.word] ?? .ru)
            counts[notice.word, default: 0] += 1
            let name = notice.word + (counts[notice.word].map { $0 > 1 ? "-\($0)" : "" } ?? "")
            for (part, text) in [("html", mail.html), ("text", mail.text)] {
                try PageSnapshot(name: "mail-\(name)-\(part)").check(PageSnapshot.withoutTokens(text), isWhole: true)
            }
        }
    }

    @Test("The recorded mails are all that the accounts send")
    func complete() throws {
        let declaration = try ProductFolder.text(of: "Sources/Domains/Accounts/Notices/AccountNotice.swift")
        let kinds = Set(declaration.matches(of: /(?m)^ {4}case (\w+)/).map { String($0.1) })
        let recorded = Set(try Self.notices().map { notice in String("\(notice)".prefix { $0 != "(" }) })
        #expect(kinds.count > 15 && kinds == recorded)
    }

    @Test func linksLeadToTheirPages() async throws {
        let composer = try Self.composer()
        let token = SecretToken()
        let mail = composer.message(
            for: .activation(token: token, name: nil, expires: Self.time),
            language: .ru
        )
        let link = "https://open.almaty.kz/ru/activate/\(token.text)"
        #expect(mail.text.contains(link) && mail.html.contains("href=\"\(link)\""))
        #expect(!mail.subject.contains(token.text))
    }

    @Test("A mail that may reach a stranger contains no name", arguments: Language.allCases)
    func noNamesForStrangers(language: Language) async throws {
        let composer = try Self.composer()
        let (token, name) = (SecretToken(), try PersonName("Выиграли миллион"))
        let notices: [AccountNotice] = [
            .activation(token: token, name: name, expires: Self.time),
            .emailChangeNew(token: token, name: name, expires: Self.time),
        ]
        for notice in notices {
            let mail = composer.message(for: notice, language: language)
            for part in [mail.subject, mail.text, mail.html] { #expect(!part.contains("миллион")) }
        }
    }

    @Test("The footer says how to reach the administrator, or that none was named")
    func contact() async throws {
        let notice = AccountNotice.accountErased(time: Self.time)
        func mail(_ values: [AbsoluteConfigKey: ConfigValue]) async throws -> MailMessage {
            let composer = try NoticeMail(
                home: try TestPortal.home(),
                address: PortalAddress(publicURL: "https://open.almaty.kz", host: "", port: 0),
                providers: [:],
                operator: try TestPortal.settings(values).accounts.portalOperator
            )
            return composer.message(for: notice, language: .ru)
        }
        let named = try await mail([
            "operator.name": ConfigValue(.string("ТОО «Город & люди»"), isSecret: false),
            "operator.contact": ConfigValue(.string("help@example.kz"), isSecret: false),
        ])
        for part in [named.text, named.html] { #expect(part.contains("оператором портала: help@example.kz")) }
        let unnamed = try await mail([:])
        for part in [unnamed.text, unnamed.html] { #expect(part.contains("пробном режиме") && !part.contains("ТОО")) }
    }
}
