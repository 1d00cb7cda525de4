public import Configuration

/// Reads settings from command-line flags, the environment and a configuration file, in this order.
///
/// An unreadable value is refused; it is never replaced by a default or reinterpreted. An empty text counts as not set.
public struct SettingsReader: Sendable {
    private struct Source {
        let provider: any ConfigProvider
        /// Where the value of a key was set, for messages.
        let place: @Sendable (SettingKey) -> String
    }

    private let sources: [Source]
    /// Probable mistakes that do not keep the program from running, as text.
    public let warnings: [String]

    /// Reads the sources of a command; the environment names the configuration file in `OPENALMATY_CONFIG`.
    ///
    /// - Parameters:
    ///   - flags: the values of the command's flags.
    ///   - environment: all variables.
    /// - Throws: `SiteError.unreadableSettings` when the configuration file cannot be used.
    public init(flags: [AbsoluteConfigKey: ConfigValue], environment: [String: String]) throws(SiteError) {
        var sources = [
            Source(provider: InMemoryProvider(values: flags)) { " (--\($0.rawValue))" },
            Source(
                provider: EnvironmentVariablesProvider(environmentVariables: environment)
                    .prefixKeys(with: "openalmaty")
            ) { _ in "" },
        ]
        if let path = environment[SettingKey.config.variable], !path.isEmpty {
            let file = try SettingsFile(path: path)
            sources.append(Source(provider: InMemoryProvider(values: file.values)) { _ in " (in \(path))" })
        }
        self.sources = sources
        warnings = SettingKey.unknownVariables(environment).map { variable in
            let hint = SettingKey.nearest(to: variable).map { "; did you mean \($0.variable)?" } ?? ""
            return "\(variable) is not a setting and is ignored\(hint)"
        }
    }

    /// Uses the given values.
    public init(values: [AbsoluteConfigKey: ConfigValue]) {
        sources = [Source(provider: InMemoryProvider(values: values)) { _ in "" }]
        warnings = []
    }

    /// A text; nil when it is not set or empty.
    ///
    /// - Throws: `SiteError.invalidSetting` when the value is not a text.
    package func text(_ key: SettingKey) throws(SiteError) -> String? {
        guard let found = found(key) else { return nil }
        guard case .string(let text) = found.content else { throw invalid(key, expected: "text") }
        return text.isEmpty ? nil : text
    }

    /// A text that must not be empty when it is set.
    ///
    /// - Throws: `SiteError.invalidSetting` when the value is empty or not a text.
    package func text(_ key: SettingKey, default fallback: String, expected: String) throws(SiteError) -> String {
        if let text = try text(key) { return text }
        guard found(key) == nil else { throw invalid(key, expected: expected) }
        return fallback
    }

    /// A whole number.
    ///
    /// - Throws: `SiteError.invalidSetting` when the value is not a number or out of range.
    package func number(_ key: SettingKey, in range: ClosedRange<Int>, default fallback: Int) throws(SiteError) -> Int {
        guard let found = found(key) else { return fallback }
        let number: Int? =
            switch found.content {
            case .int(let number): number
            case .string(let text): Int(text)
            default: nil
            }
        guard let number, range.contains(number) else {
            throw invalid(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A switch: `true` or `false`; the environment may also say `yes`, `no`, `1` or `0`.
    ///
    /// - Throws: `SiteError.invalidSetting` when the value is anything else.
    package func flag(_ key: SettingKey, default fallback: Bool) throws(SiteError) -> Bool {
        guard let found = found(key) else { return fallback }
        switch found.content {
        case .bool(let flag): return flag
        case .string(let text):
            switch text.lowercased() {
            case "true", "yes", "1": return true
            case "false", "no", "0": return false
            default: break
            }
        default: break
        }
        throw invalid(key, expected: "true or false (or yes, no, 1, 0)")
    }

    /// One of the given words.
    ///
    /// - Throws: `SiteError.invalidSetting` when the value is none of them.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: SettingKey,
        default fallback: Choice
    ) throws(SiteError) -> Choice where Choice.RawValue == String {
        guard let found = found(key) else { return fallback }
        guard case .string(let text) = found.content, let choice = Choice(rawValue: text) else {
            throw invalid(key, expected: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return choice
    }

    /// Whether a key has a value that is not empty.
    package func isSet(_ key: SettingKey) -> Bool {
        guard let found = found(key) else { return false }
        return found.content != .string("")
    }

    /// The error for a rejected value: it names the key, where it was set, the value unless it is secret, and what is
    /// allowed.
    package func invalid(_ key: SettingKey, expected: String) -> SiteError {
        let found = found(key)
        let value = key.isSecret ? nil : found.map { Self.words($0.content) }
        return .invalidSetting(key: key.variable + (found?.place ?? ""), value: value, expected: expected)
    }

    private func found(_ key: SettingKey) -> (content: ConfigContent, place: String)? {
        let types: [ConfigType] = [.string, .int, .bool, .double]
        for source in sources {
            for type in types {
                // A provider throws when the value has another type; another call asks for that type.
                if let value = try? source.provider.value(forKey: key.configKey, type: type).value {
                    return (value.content, source.place(key))
                }
            }
        }
        return nil
    }

    private static func words(_ content: ConfigContent) -> String {
        switch content {
        case .string(let text):
            String(text.prefix(longestValue)).debugDescription + (text.count > longestValue ? "…" : "")
        case .int(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .double(let number): "\(number)"
        default: "a list"
        }
    }

    /// The longest part of a value that a message repeats, characters.
    private static let longestValue = 100
}

extension SettingKey {
    /// The key in the form that swift-configuration uses.
    package var configKey: AbsoluteConfigKey { AbsoluteConfigKey(rawValue.split(separator: ".").map(String.init)) }
}
