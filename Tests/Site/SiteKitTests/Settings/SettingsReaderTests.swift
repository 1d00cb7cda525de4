import Accounts
import Configuration
import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SettingsReaderTests {
    private func settings(
        _ environment: [String: String],
        flags: [AbsoluteConfigKey: ConfigValue] = [:]
    ) throws -> Settings {
        try Settings(try SettingsReader(flags: flags, environment: environment))
    }

    private func refusal(_ environment: [String: String]) throws -> String {
        "\(try #require(#expect(throws: SiteError.self, "\(environment)") { try settings(environment) }))"
    }

    @Test("Every numeric key refuses text that is not a number, and numbers out of range")
    func numbers() throws {
        let keys = SettingKey.allCases.filter { $0.kind == .number }
        #expect(keys.count >= 7)
        for key in keys {
            for value in ["ten", "abc", "5.5", " 5", "0x10", "1_000", "-1", "99999999999999999999", "", "８０"] {
                let text = try refusal([key.variable: value])
                #expect(text.hasPrefix("\(key.variable) must be a whole number from "), "\(text)")
                #expect(text.hasSuffix(", but is \(value.debugDescription)"), "\(text)")
            }
        }
        #expect(try settings(["OPENALMATY_PORT": "0"]).port == 0)
        #expect(try settings(["OPENALMATY_PORT": "65535"]).port == 65_535)
        #expect(try refusal(["OPENALMATY_PORT": "65536"]).contains("from 0 to 65535"))
    }

    @Test("Every boolean key accepts a few words for true and false and refuses others")
    func flags() throws {
        let keys = SettingKey.allCases.filter { $0.kind == .flag }
        #expect(!keys.isEmpty)
        for key in keys {
            for value in ["on", "off", "enabled", "ja", "2", "", "true ", "t"] {
                let text = try refusal([key.variable: value])
                #expect(text.hasPrefix("\(key.variable) must be true or false"), "\(text)")
                #expect(text.hasSuffix(", but is \(value.debugDescription)"), "\(text)")
            }
        }
        let name = SettingKey.staffSecondFactor.variable
        for value in ["true", "TRUE", "yes", "1"] {
            #expect(try settings([name: value]).accounts.accounts.staffNeedsSecondFactor)
        }
        for value in ["false", "no", "0"] {
            #expect(try !settings([name: value]).accounts.accounts.staffNeedsSecondFactor)
        }
    }

    @Test(
        "A text that is invalid for its key is refused",
        arguments: [
            (SettingKey.host, ""), (.database, ""), (.logLevel, "loud"), (.logLevel, "INFO"), (.logLevel, ""),
            (.publicURL, "open.almaty.kz"), (.publicURL, "https://open.almaty.kz/portal"), (.operatorBIN, "123"),
            (.operatorContact, "nobody"), (.trustedProxy, "10.0.0.0/33"), (.captchaKind, "none"), (.captchaKind, ""),
            (.mailFrom, "nobody"), (.oidcIssuer, "https://id.example.kz"),
            (.googleDiscoveryURL, "https://id.example.kz"), (.smtpUsername, "x"), (.smtpCA, "/nowhere.pem"),
        ]
    )
    func texts(key: SettingKey, value: String) throws {
        #expect(try refusal([key.variable: value]).contains(key.variable))
    }

    @Test("An invalid secret is reported without its value")
    func secrets() throws {
        let environments = [
            [SettingKey.smtpURL: "geheim"], [.smtpURL: "smtp://geheim@mail.example.kz"], [.basemapURL: "geheim"],
            [.captchaKind: "turnstile", .captchaSecret: "geheim"], [.googleClientSecret: "geheim"],
            [.facebookClientSecret: "geheim"], [.oidcClientSecret: "geheim"], [.smtpPassword: "geheim"],
        ]
        for environment in environments {
            let text = try refusal(Dictionary(uniqueKeysWithValues: environment.map { ($0.key.variable, $0.value) }))
            #expect(text.hasPrefix("OPENALMATY_") && !text.contains("geheim"), "\(text)")
        }
    }

    @Test("A flag takes precedence over the environment, and the environment over the file; messages name the source")
    func precedence() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "settings.json")
        try Data(#"{"port": 1, "host": "::1", "captcha": {"max": {"number": 0}}, "password": {"queue": 7}}"#.utf8)
            .write(to: file)
        let flags: [AbsoluteConfigKey: ConfigValue] = ["port": ConfigValue(.int(3), isSecret: false)]
        let environment = [
            "OPENALMATY_CONFIG": file.path, "OPENALMATY_PORT": "2", "OPENALMATY_CAPTCHA_MAX_NUMBER": "9",
        ]
        let settings = try settings(environment, flags: flags)
        #expect(settings.port == 3 && settings.host == "::1" && settings.accounts.waiting == 7)
        #expect(try self.settings(environment).port == 2)
        let text = try refusal(["OPENALMATY_CONFIG": file.path])
        #expect(text.contains("OPENALMATY_CAPTCHA_MAX_NUMBER (in \(file.path)) must be") && text.hasSuffix("but is 0"))
        let wrong: [AbsoluteConfigKey: ConfigValue] = ["port": ConfigValue(.int(70_000), isSecret: false)]
        let error = #expect(throws: SiteError.self) { try self.settings([:], flags: wrong) }
        #expect("\(try #require(error))".hasPrefix("OPENALMATY_PORT (--port) must be"))
    }

    @Test("An unknown variable is reported with the key that was probably meant")
    func unknown() throws {
        let reader = try SettingsReader(
            flags: [:],
            environment: [
                "OPENALMATY_PROT": "9", "OPENALMATY_ENTIRELY_DIFFERENT_THING": "x", "OPENALMATY_BIN": "x",
                "OPENALMATY_FONTS": "x", "PATH": "/bin", "OPENALMATY_PORT": "1",
            ]
        )
        #expect(
            reader.warnings == [
                "OPENALMATY_ENTIRELY_DIFFERENT_THING is not a setting and is ignored",
                "OPENALMATY_PROT is not a setting and is ignored; did you mean OPENALMATY_PORT?",
            ]
        )
    }

    @Test("A message repeats only the beginning of a long value")
    func longValues() throws {
        let text = try refusal(["OPENALMATY_PORT": String(repeating: "9", count: 5_000)])
        #expect(text.count < 300 && text.hasSuffix("…"))
    }
}
