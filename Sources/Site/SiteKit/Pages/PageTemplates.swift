package import Civic
package import Foundation
import Mustache

/// The templates of every language, with the content that is the same on all of its pages already filled in.
///
/// A page has about a hundred texts and links that depend only on its language. Looking them up for each page would take much
/// of its rendering time.
package struct PageTemplates: Sendable {
    private let libraries: [Language: MustacheLibrary]

    /// Reads and compiles all templates.
    ///
    /// - Parameters:
    ///   - folders: the features' folders with `.mustache` files; those of mails, in `mail/`, are read separately.
    ///   - strings: the texts for `{{t.key}}`.
    ///   - site: the values for `{{site.name}}` on every page of a language.
    ///   - foot: the context for the templates in `foot/`, which are rendered once.
    /// - Throws: `SiteError.unreadableTemplate` when one is malformed or uses an unknown text key.
    package init(
        folders: [URL],
        strings: StringCatalogue,
        site: (Language) -> [String: String],
        foot: (Strings) -> PageContext
    ) throws(SiteError) {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        var sources: [TemplateSource] = []
        for folder in folders { sources += try TemplateSource.all(in: folder) }
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.allCases {
            let words = strings[language]
            var library = MustacheLibrary()
            for source in sources {
                try Self.register(source.name, source.filled(words: words.texts, site: site(language)), in: &library)
            }
            for source in sources where source.name.hasPrefix("foot/") {
                guard let text = library.render(foot(words), withTemplate: source.name) else { continue }
                try Self.register(source.name, text, in: &library)
            }
            libraries[language] = library
        }
        self.libraries = libraries
    }

    /// Renders a template; nil when there is none of that name.
    package func render(_ name: String, _ context: PageContext, in language: Language) -> String? {
        libraries[language]?.render(context, withTemplate: name)
    }

    private static func register(
        _ name: String,
        _ text: String,
        in library: inout MustacheLibrary
    ) throws(SiteError) {
        do {
            try library.register(text, named: name)
        } catch {
            throw .unreadableTemplate("\(name): \(error)")
        }
    }
}

/// Escapes the values of a page for HTML.
///
/// The library's own escaping iterates over grapheme clusters and looks each up in a dictionary, which took a quarter of a
/// page's rendering time.
package struct PageText: MustacheContentType {
    /// The content type name that templates use.
    package static let name = "PAGE"

    package func escapeText(_ text: String) -> String { HTML.escaped(text) }
}
