import Civic
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct StringsTests {
    private func strings(_ language: Language) throws -> Strings {
        try Strings(language, folders: try TestPortal.resources("Locale"))
    }

    @Test("All languages have the same keys and placeholders")
    func sameKeys() throws {
        let kk = try strings(.kk)
        for language in [Language.ru, .en] {
            let other = try strings(language)
            #expect(kk.keys.symmetricDifference(other.keys).sorted() == [])
            for key in kk.texts.keys {
                #expect(places(kk[key]) == places(other[key]), "\(key) in \(language)")
            }
        }
    }

    private func places(_ text: String) -> Set<String> {
        let found = text.matches(of: /\{([a-z_]+)\}/).map { String($0.1) }
        return Set(found)
    }

    @Test("Kazakh texts contain no Latin look-alikes inside Cyrillic words")
    func lookalikes() throws {
        for language in [Language.kk, .ru] {
            for (key, text) in try strings(language).texts {
                for word in text.split(whereSeparator: { !$0.isLetter }) {
                    let cyrillic = word.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
                    let latin = word.unicodeScalars.contains { $0.isASCII || $0 == "ə" || $0 == "Ə" }
                    #expect(!(cyrillic && latin), "\(key): \(word)")
                }
            }
        }
    }

    @Test(arguments: [
        (0, "объектов"), (1, "объект"), (2, "объекта"), (5, "объектов"), (11, "объектов"),
        (14, "объектов"), (21, "объект"), (22, "объекта"), (25, "объектов"), (101, "объект"),
        (111, "объектов"),
    ])
    func russianPlurals(count: Int, noun: String) throws {
        #expect(try strings(.ru).count("institutions_count", count).hasSuffix(noun))
    }

    @Test func numbersAsEachLanguageWritesThem() throws {
        #expect(try strings(.kk).number(1_234_567) == "1\u{A0}234\u{A0}567")
        #expect(try strings(.en).number(1_234_567) == "1,234,567")
        #expect(try strings(.ru).decimal(12.34) == "12,3")
        #expect(try strings(.en).decimal(12.34) == "12.3")
        #expect(try strings(.en).distance(1_230).contains("1.2"))
    }

    @Test("Moments are shown in Almaty time")
    func moments() throws {
        let time = Date(timeIntervalSince1970: 1_795_633_500)
        #expect(try strings(.kk).moment(time) == "2026 жылғы 26 қараша, 00:05")
        #expect(try strings(.ru).moment(time) == "26 ноября 2026 г., 00:05")
        #expect(try strings(.en).moment(time) == "26 November 2026, 00:05")
        #expect(try strings(.ru).stamp(time) == "26.11.2026 00:05")
        #expect(try strings(.en).stamp(time) == "2026-11-26 00:05")
        #expect(try strings(.ru).wait(seconds: 600).contains("10\u{A0}мин"))
    }

    @Test("A value that looks like a placeholder is not filled again")
    func fillsOnce() throws {
        let text = try strings(.en).text("search_none", ["q": "{n} {q}"])
        #expect(text.contains("{n} {q}"))
    }

    @Test("A value that ends with a full stop also ends the sentence")
    func oneFullStop() throws {
        let russian = try strings(.ru)
        #expect(russian.text("updated_line", ["date": russian.date("2024-10-03")]) == "Обновлено: 3 октября 2024 г.")
        #expect(russian.text("updated_line", ["date": "2024"]) == "Обновлено: 2024.")
    }

    @Test func everyTemplateWordExists() throws {
        let keys = try strings(.kk).keys
        for folder in try TestPortal.resources("Templates") {
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            for name in names where name.hasSuffix(".mustache") {
                let template = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                for match in template.matches(of: /\{\{t\.([a-z0-9_]+)\}\}/) {
                    #expect(keys.contains(String(match.1)), "\(name): \(match.1)")
                }
            }
        }
    }
}
