import Civic
import Gazetteer

/// How things are named in tags: `name` in one language throughout, plus the name in each language that has one.
struct OSMNaming {
    /// A name for a reader's language, with the language it is actually in.
    typealias Label = (Language) -> (text: String, language: Language)

    let language: Language

    /// The tags for names without a word for their kind.
    func tags(_ names: Names) -> OSMTags { tags { names.label(for: $0) } }

    /// A street's name with the word for its kind, its former names, and other names used by sources.
    func tags(_ street: Street) -> OSMTags {
        var tags = tags { AddressLabel.street(street, language: $0) }
        // Verbatim, because it is not known what kind of street it was then.
        tags.set(street.oldNames, for: "old_name")
        tags.set(street.variants.map { worded($0, like: street) }, for: "alt_name")
        return tags
    }

    /// A microdistrict's name with the word for its kind, and other names used by sources.
    func tags(_ microdistrict: Microdistrict) -> OSMTags {
        var tags = tags { AddressLabel.microdistrict(microdistrict, language: $0) }
        tags.set(microdistrict.variants.map { worded($0, like: microdistrict) }, for: "alt_name")
        return tags
    }

    /// The name of a street as on its ways, for `addr:street`.
    func name(of street: Street) -> String { AddressLabel.street(street, language: language).text }

    /// The name of a microdistrict as on its node, for `addr:place`.
    func name(of microdistrict: Microdistrict) -> String {
        AddressLabel.microdistrict(microdistrict, language: language).text
    }

    private func tags(_ label: Label) -> OSMTags {
        var tags = OSMTags([("name", label(language).text)])
        for language in Language.allCases {
            let (text, spoken) = label(language)
            if spoken == language { tags["name:\(language.rawValue)"] = text }
        }
        return tags
    }

    // Variants are in Russian and lack the word for the kind, which names in OpenStreetMap include.
    private func worded(_ name: String, like street: Street) -> String {
        let named = try? Street(only(name, in: street.fields))
        return named.map { AddressLabel.street($0, language: .ru).text } ?? name
    }

    private func worded(_ name: String, like microdistrict: Microdistrict) -> String {
        let named = try? Microdistrict(only(name, in: microdistrict.fields))
        return named.map { AddressLabel.microdistrict($0, language: .ru).text } ?? name
    }

    private func only(_ name: String, in fields: Fields) -> Fields {
        var fields = fields
        fields["name_kk"] = nil
        fields["name_en"] = nil
        fields["name_ru"] = name
        return fields
    }
}
