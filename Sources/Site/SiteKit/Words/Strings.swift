package import Civic
package import Foundation
package import NIOCore

/// The user-visible texts of one language.
package struct Strings: Sendable {
    /// The language of the words.
    package let language: Language
    /// Texts without plural forms, for templates.
    package let texts: [String: String]
    private let plurals: [String: [String: String]]
    /// The texts of the map scripts, as a JSON object.
    package let ofMapScript: ByteBuffer

    /// Reads `<language>.json` in every folder.
    ///
    /// - Throws: `SiteError.unreadableLanguage` when a file is malformed or two of them define the same key.
    package init(_ language: Language, folders: [URL]) throws(SiteError) {
        var texts: [String: String] = [:]
        var plurals: [String: [String: String]] = [:]
        for url in folders.map({ $0.appending(path: "\(language.rawValue).json") }) {
            guard let data = try? Data(contentsOf: url),
                let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            else { throw .unreadableLanguage(url.path) }
            for (key, value) in object {
                guard texts[key] == nil, plurals[key] == nil else {
                    throw .unreadableLanguage("\(url.path): \(key) is defined by another feature too")
                }
                if let text = value as? String {
                    texts[key] = text
                } else if let forms = value as? [String: String] {
                    plurals[key] = forms
                } else {
                    throw .unreadableLanguage("\(url.path): \(key)")
                }
            }
        }
        self.language = language
        self.texts = texts
        self.plurals = plurals
        ofMapScript = Self.json(texts, plurals) { $0.hasPrefix("map_") }
    }

    private static func json(
        _ texts: [String: String],
        _ plurals: [String: [String: String]],
        where isWanted: (String) -> Bool
    ) -> ByteBuffer {
        var writer = JSONWriter(capacity: 8_192)
        writer.beginObject()
        for (key, text) in texts.sorted(by: { $0.key < $1.key }) where isWanted(key) {
            writer.name(key)
            writer.string(text)
        }
        for (key, forms) in plurals.sorted(by: { $0.key < $1.key }) where isWanted(key) {
            writer.name(key)
            writer.beginObject()
            for (form, text) in forms.sorted(by: { $0.key < $1.key }) {
                writer.name(form)
                writer.string(text)
            }
            writer.endObject()
        }
        writer.endObject()
        return writer.buffer
    }

    /// All keys, for the test that compares the languages.
    package var keys: Set<String> { Set(texts.keys).union(plurals.keys) }

    /// The text of a key; a missing text shows its key (a test checks that none is missing).
    package subscript(key: String) -> String { texts[key] ?? key }

    /// The name of a data source; a source from an operator's own file is shown as written there.
    package func source(_ id: String) -> String { texts["source_\(id)"] ?? id }

    /// The text with its named placeholders filled.
    package func text(_ key: String, _ arguments: [String: String]) -> String {
        Self.fill(texts[key] ?? key, arguments)
    }

    /// The plural form for a count, with `{n}` and the named placeholders filled.
    package func count(_ key: String, _ count: Int, _ arguments: [String: String] = [:]) -> String {
        let forms = plurals[key] ?? [:]
        let form = forms[pluralCategory(count)] ?? forms["other"] ?? key
        return Self.fill(form, arguments.merging(["n": number(count)]) { own, _ in own })
    }

    /// A whole number with digit grouping: a no-break space, in English a comma.
    package func number(_ value: Int) -> String {
        let digits = String(abs(value))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += language == .en ? "," : "\u{A0}" }
            grouped.append(digit)
        }
        return value < 0 ? "−" + grouped : grouped
    }

    /// A number with at most one decimal; kk and ru use a decimal comma.
    package func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let whole = number(tenths / 10)
        if tenths % 10 == 0 { return whole }
        return whole + (language == .en ? "." : ",") + String(abs(tenths % 10))
    }

    /// A distance: in metres below one kilometre, rounded to what a walker can judge, above that in kilometres.
    package func distance(_ metres: Double) -> String {
        if metres < 995 {
            let rounded = metres < 100 ? Int(metres.rounded()) : Int((metres / 10).rounded()) * 10
            return text("distance_m", ["n": number(rounded)])
        }
        return text("distance_km", ["n": decimal(metres / 1_000)])
    }

    /// The date of a record: a full date in words; a month or a year unchanged.
    ///
    /// - Parameter iso: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    package func date(_ iso: String) -> String {
        let parts = iso.split(separator: "-").compactMap { Int($0) }
        let months = self["months"].split(separator: ";")
        guard parts.count == 3, months.count == 12, (1...12).contains(parts[1]) else { return iso }
        return text(
            "date_day",
            ["year": String(parts[0]), "month": String(months[parts[1] - 1]), "day": String(parts[2])]
        )
    }

    // CLDR plural rules (unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html).
    private func pluralCategory(_ count: Int) -> String {
        guard language == .ru else { return count == 1 ? "one" : "other" }
        let tens = abs(count) % 100
        let ones = abs(count) % 10
        if ones == 1, tens != 11 { return "one" }
        if (2...4).contains(ones), !(12...14).contains(tens) { return "few" }
        return "many"
    }

    private static func fill(_ text: String, _ arguments: [String: String]) -> String {
        guard text.contains("{") else { return text }
        // Fill in one pass, so that braces inside a value are never treated as placeholders.
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            result += rest[..<open]
            result += arguments[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
            // A value such as «3 октября 2024 г.» already ends with the sentence's full stop.
            if result.hasSuffix("."), rest.first == ".", !rest.hasPrefix("..") { rest = rest.dropFirst() }
        }
        return result + rest
    }
}

/// The texts of all languages.
package struct StringCatalogue: Sendable {
    private let kk: Strings
    private let ru: Strings
    private let en: Strings

    /// Reads the words of all languages from the folders of features.
    ///
    /// - Throws: `SiteError.unreadableLanguage`.
    package init(folders: [URL]) throws(SiteError) {
        kk = try Strings(.kk, folders: folders)
        ru = try Strings(.ru, folders: folders)
        en = try Strings(.en, folders: folders)
    }

    /// The words of a language.
    package subscript(language: Language) -> Strings {
        switch language {
        case .kk: kk
        case .ru: ru
        case .en: en
        }
    }
}
