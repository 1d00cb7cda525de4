import Configuration
import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SettingsFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ text: String) throws -> String {
        let path = folder.url.appending(path: "settings.json").path
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    private func refusal(_ text: String) throws -> String {
        let path = try file(text)
        let error = #expect(throws: SiteError.self, "\(text)") { try SettingsFile(path: path) }
        let told = "\(try #require(error))"
        #expect(told.contains(path) && told.contains("OPENALMATY_CONFIG"))
        return told
    }

    @Test("Keys are written as the variable, with dots, or nested; each value has the type of its key")
    func spellings() throws {
        for text in [
            #"{"OPENALMATY_SMTP_URL": "smtps://a", "OPENALMATY_PORT": 1}"#, #"{"smtp.url": "smtps://a", "port": 1}"#,
            #"{"smtp": {"url": "smtps://a"}, "port": 1}"#, #"{"smtp_url": "smtps://a", "PORT": 1}"#,
        ] {
            let values = try SettingsFile(path: try file(text)).values
            #expect(values["smtp.url"]?.content == .string("smtps://a"), "\(text)")
            #expect(values["port"]?.content == .int(1), "\(text)")
        }
        let nested = try SettingsFile(path: try file(#"{"secret": {"key": {"file": "/srv/keys"}}}"#)).values
        #expect(nested.count == 1 && nested["secret.key.file"]?.content == .string("/srv/keys"))
        #expect(try SettingsFile(path: try file("{}")).values.isEmpty)
    }

    @Test("A value of another JSON type is refused by every key")
    func types() throws {
        for key in SettingKey.allCases where key != .config {
            let wrong =
                switch key.kind {
                case .text: ["1", "true", "null", "[]", "{}", "[\"a\"]", "1.5"]
                case .number: ["\"1\"", "true", "null", "[1]", "1.5", "1e30", "1e3", "1.0"]
                case .flag: ["\"true\"", "\"on\"", "1", "0", "null", "[true]"]
                }
            for value in wrong {
                #expect(try refusal("{\"\(key.variable)\": \(value)}").contains("\(key.rawValue) must be "))
            }
        }
        let told = try refusal(#"{"port": "geheim"}"#)
        #expect(told.hasSuffix("port must be a whole number without quotes, but is the text \"geheim\""))
        #expect(try !refusal(#"{"smtp": {"password": 271828}}"#).contains("271828"))
    }

    @Test("A key that is unknown or set twice is refused")
    func keys() throws {
        #expect(try refusal(#"{"prot": 8080}"#).hasSuffix("\"prot\" is not a key; did you mean port?"))
        #expect(try refusal(#"{"smtp": {"ulr": "x"}}"#).hasSuffix("\"smtp.ulr\" is not a key; did you mean smtp.url?"))
        #expect(try refusal(#"{"config": "other.json"}"#).hasSuffix("\"config\" is not a key"))
        #expect(try refusal(#"{"port": 1, "OPENALMATY_PORT": 2}"#).hasSuffix("port is set twice"))
    }

    @Test("A missing file, a folder, and anything but a single JSON object are refused")
    func files() throws {
        for text in ["", "port: 8080", "{\"port\": 8080", "{'port': 1}", "\u{FEFF}"] {
            #expect(try refusal(text).contains("it is not JSON"), "\(text)")
        }
        for text in ["[]", "8080", "\"x\"", "null"] {
            #expect(try refusal(text).contains("one JSON object"), "\(text)")
        }
        for (path, reason) in [
            (folder.url.appending(path: "nothing.json").path, "there is no such file"),
            (folder.url.path, "it is a folder"),
        ] {
            let error = #expect(throws: SiteError.self) {
                try SettingsReader(flags: [:], environment: ["OPENALMATY_CONFIG": path])
            }
            #expect("\(try #require(error))".hasSuffix(reason))
        }
    }

    @Test("A file with a JSON syntax error is refused with the line")
    func letter() throws {
        #expect(
            try refusal("{\n\"port\": 1,\n\"port\": 2\n}").hasSuffix(
                "line 3: \"port\" stands there twice; leave one of them"
            )
        )
        for text in ["{\n\"port\": 1,\n}", "{\n\"port\": 1\n// the port\n}"] {
            #expect(try refusal(text).contains("line 3: it is not JSON"))
        }
        #expect(
            try refusal("{\n\n\"port\": 1e3}").hasSuffix(
                "line 3: port must be a whole number without quotes, but is the number 1e3"
            )
        )
        #expect(try refusal("{\n\"prot\": 1}").contains("line 2: \"prot\" is not a key; did you mean port?"))
    }

    @Test("A byte order mark, as some editors write it, is ignored")
    func mark() throws {
        #expect(try SettingsFile(path: try file("\u{FEFF}{\"port\": 1}")).values["port"]?.content == .int(1))
    }
}
