import Foundation
import Gazetteer
import Mustache

/// The templates of every language, with what is the same on each of its pages already in place.
///
/// A page holds about a hundred words and links that depend on its language alone. Looked up for each page they cost
/// much of its time.
struct PageTemplates: Sendable {
    private let libraries: [Language: MustacheLibrary]

    /// Reads and compiles every template.
    ///
    /// - Parameters:
    ///   - folder: the folder with the `.mustache` files; those of mails, in `mail/`, are read by what writes mails.
    ///   - strings: what `{{t.key}}` stands for.
    ///   - site: what `{{site.name}}` stands for on every page of a language.
    ///   - foot: what the templates in `foot/` are filled with, once.
    /// - Throws: `WebError.unreadableTemplate` when one is malformed or asks for a word that is not there.
    init(
        folder: URL,
        strings: StringCatalogue,
        site: (Language) -> [String: String],
        foot: (Strings) -> PageContext
    ) throws(WebError) {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        let sources = try TemplateSource.all(in: folder)
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

    /// The text of a template; nil when there is none of that name.
    func render(_ name: String, _ context: PageContext, in language: Language) -> String? {
        libraries[language]?.render(context, withTemplate: name)
    }

    private static func register(
        _ name: String,
        _ text: String,
        in library: inout MustacheLibrary
    ) throws(WebError) {
        do {
            try library.register(text, named: name)
        } catch {
            throw .unreadableTemplate("\(name): \(error)")
        }
    }
}
