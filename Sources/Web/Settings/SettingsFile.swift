import Configuration
import Foundation

/// The configuration file that `OPENALMATY_CONFIG` names: a JSON object with the keys of docs/operations.md.
///
/// A key may be written as the environment variable (`OPENALMATY_SMTP_URL`), with dots (`smtp.url`) or nested
/// (`{"smtp": {"url": …}}`). Unlike the environment, which other programs share, the file is ours alone, so a key that
/// nothing reads is refused.
struct SettingsFile {
    private let path: String
    /// The values, each of the JSON type that its key takes.
    private(set) var values: [AbsoluteConfigKey: ConfigValue] = [:]

    /// Reads the file.
    ///
    /// - Throws: `WebError.unreadableSettings` when it is missing, cannot be read, is not JSON, or holds a key or a type
    ///   that is not allowed. Values of secret keys are never repeated.
    init(path: String) throws(WebError) {
        self.path = path
        for (name, value) in try Self.members(path) { try take(name, value) }
    }

    private enum JSONValue: Decodable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case object([String: JSONValue])
        case other(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let members = try? container.decode([String: JSONValue].self) {
                self = .object(members)
            } else if let number = try? container.decode(Double.self) {
                self = .other("the number \(number)")
            } else {
                self = .other(container.decodeNil() ? "null" : "an array")
            }
        }

        /// The value in words, for a message.
        func described(isSecret: Bool) -> String {
            switch self {
            case .text(let text): isSecret ? "text" : "the text \(text.debugDescription)"
            case .number(let number): isSecret ? "a number" : "the number \(number)"
            case .flag(let flag): "\(flag)"
            case .object: "an object"
            case .other(let words): isSecret && words.hasPrefix("the number") ? "a number" : words
            }
        }
    }

    private static func members(_ path: String) throws(WebError) -> [(String, JSONValue)] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadableSettings(path: path, reason: "there is no such file")
        }
        guard !isFolder.boolValue else { throw .unreadableSettings(path: path, reason: "it is a folder") }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw .unreadableSettings(path: path, reason: "it cannot be read; check its permissions")
        }
        let value: JSONValue
        do {
            value = try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw .unreadableSettings(path: path, reason: "it is not JSON")
        }
        guard case .object(let members) = value else {
            throw .unreadableSettings(path: path, reason: "it must hold one JSON object, { … }")
        }
        return members.sorted { $0.key < $1.key }
    }

    private mutating func take(_ name: String, _ value: JSONValue) throws(WebError) {
        if let key = SettingKey(spelled: name), key != .config {
            if case .object(let members) = value, members.keys.contains(where: { isKey("\(name).\($0)") }) {
                // `secret.key` is a key and the beginning of `secret.key.file`.
                return try takeMembers(name, members)
            }
            return try take(key, value)
        }
        guard case .object(let members) = value else {
            let nearest = SettingKey.nearest(to: SettingKey.prefix + name.uppercased().replacing(".", with: "_"))
            let hint = nearest.flatMap { $0 == .config ? nil : "; did you mean \($0.rawValue)?" } ?? ""
            throw .unreadableSettings(path: path, reason: "\(name.debugDescription) is not a key\(hint)")
        }
        try takeMembers(name, members)
    }

    private mutating func takeMembers(_ name: String, _ members: [String: JSONValue]) throws(WebError) {
        for (inner, value) in members.sorted(by: { $0.key < $1.key }) { try take("\(name).\(inner)", value) }
    }

    private func isKey(_ name: String) -> Bool { SettingKey(spelled: name) != nil }

    private mutating func take(_ key: SettingKey, _ value: JSONValue) throws(WebError) {
        let content: ConfigContent
        switch (key.kind, value) {
        case (.text, .text(let text)): content = .string(text)
        case (.number, .number(let number)): content = .int(number)
        case (.flag, .flag(let flag)): content = .bool(flag)
        default:
            let allowed =
                switch key.kind {
                case .text: "text in quotes"
                case .number: "a whole number without quotes"
                case .flag: "true or false without quotes"
                }
            let found = value.described(isSecret: key.isSecret)
            throw .unreadableSettings(path: path, reason: "\(key.rawValue) must be \(allowed), but is \(found)")
        }
        let name = key.configKey
        guard values[name] == nil else {
            throw .unreadableSettings(path: path, reason: "\(key.rawValue) is set twice")
        }
        values[name] = ConfigValue(content, isSecret: key.isSecret)
    }
}
