import Civic
import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// The templates of all features against the models of their pages.
///
/// Templates and models are found, not listed here.
@Suite("Templates of all pages")
struct PageTemplatesTests {
    /// What the templates are compiled from.
    private struct Portal {
        let features: [Feature]
        let strings: StringCatalogue
        let assets: Assets
        var texts: [String: String] = ["search_box": ""]

        init() async throws {
            features = try await TestPortal.features()
            strings = try StringCatalogue(folders: try TestPortal.resources("Locale"))
            let vendor = try TestPortal.home().vendor
            assets = Assets(folders: try TestPortal.resources(), vendor: vendor)
            for folder in try TestPortal.resources("Templates") {
                texts.merge(try TemplateSource.texts(in: folder)) { $1 }
            }
        }

        /// Compiles all pages in a language, and the mails.
        func compile(_ texts: [String: String], _ language: Language = .ru) throws {
            var library = PageLibrary()
            let templates = try TemplateLibrary(texts)
            try MailComposer.compile(templates)
            try PageRenderer.add(features, to: &library, templates, strings[language], assets, PortalOperator())
        }
    }

    @Test(
        "A template that names what its model does not have is refused, and every template belongs to a page or a mail"
    )
    func members() async throws {
        let portal = try await Portal()
        #expect(portal.texts.count > 60)
        try portal.compile(portal.texts)
        for (name, text) in portal.texts {
            var texts = portal.texts
            texts[name] = text + "\n{{no_such_member}}"
            let line = texts[name]?.split(separator: "\n", omittingEmptySubsequences: false).count ?? 0
            #expect("\(name) is compiled for no page, or names what its model does not have") {
                try portal.compile(texts)
            } throws: { error in
                guard case .unusableMember("no_such_member", name, line, _) = error as? TemplateError else {
                    return false
                }
                return true
            }
        }
    }

    @Test("A template that names a word that does not exist is refused in each language", arguments: Language.allCases)
    func words(language: Language) async throws {
        let portal = try await Portal()
        try portal.compile(portal.texts, language)
        for name in ["layout", "account_frame", "home", "foot/footer"] {
            var texts = portal.texts
            texts[name] = try #require(texts[name]).replacing("{{t.", with: "{{t.no_such_", maxReplacements: 1)
            #expect("\(name)") {
                try portal.compile(texts, language)
            } throws: { error in
                guard case .unknownConstant(_, name, _) = error as? TemplateError else { return false }
                return true
            }
        }
    }

    @Test("Every model of a page is listed by its feature, so that its template is compiled at the start")
    func models() async throws {
        let folder = ProductFolder.url.appending(path: "Sources/Site")
        var declared: Set<String> = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".swift") {
            let source = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            for match in source.matches(of: /struct (\w+): (?:PageModel|FramedPage)\b/) {
                declared.insert(String(match.1))
            }
        }
        let listed = try await TestPortal.features().flatMap(\.pages) + PageRenderer.ownPages
        #expect(declared.count > 25)
        #expect(Set(listed.map { "\($0)" }).symmetricDifference(declared).sorted() == [])
        #expect(Set(listed.map { "\($0)" }).count == listed.count)
    }
}
