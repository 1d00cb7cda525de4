/// Who must be named wherever the data is shown; `data/README.md` explains each.
enum Attribution {
    struct Source: Sendable {
        let text: String
        let link: String?
    }

    /// Proper names: they are the same in every language.
    static let sources = [
        Source(text: "© OpenStreetMap contributors (ODbL)", link: "https://www.openstreetmap.org/copyright"),
        Source(text: "Almaty city register", link: nil),
    ]

    static let text = sources.map(\.text).joined(separator: "; ")
}
