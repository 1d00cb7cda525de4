/// Makers of fields beyond a single line.
extension FormField {
    /// Options under a heading.
    package struct OptionGroup: Sendable, Equatable {
        /// The heading; nil for options without one.
        package let label: String?
        /// The options in order.
        package let options: [Option]

        /// Makes a group of its heading and options.
        package init(_ label: String?, _ options: [Option]) { (self.label, self.options) = (label, options) }
    }

    /// When a group of fields applies.
    package struct Condition: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// Several lines of text with a counter.
    ///
    /// - Parameter limit: the maximum number of Unicode scalars, where a line end counts as one.
    package static func text(_ name: String, _ label: String, limit: Int, rows: Int = 6) -> FormField {
        FormField(name: name, kind: .text(rows: rows, limit: limit), label: label)
    }

    /// One of many options in a list, in groups or without.
    package static func select(_ name: String, _ label: String, _ groups: [OptionGroup]) -> FormField {
        FormField(name: name, kind: .select(groups), label: label)
    }

    /// One of a few options, each on a card with an explanation; none is chosen at first.
    package static func cards(_ name: String, _ label: String, _ options: [Option]) -> FormField {
        FormField(name: name, kind: .cards(options), label: label)
    }

    /// A date in three parts: day, month by name, year.
    package static func date(_ name: String, _ label: String) -> FormField {
        FormField(name: name, kind: .date, label: label)
    }

    /// Files within rules, which the route declares too.
    package static func files(_ rule: FileRules.Field, _ label: String) -> FormField {
        FormField(name: rule.name, kind: .files(rule), label: label)
    }

    /// An address with suggestions; needs the map feature.
    package static func address(_ name: String, _ label: String) -> FormField {
        FormField(name: name, kind: .address, label: label)
    }

    /// A place: an address, a point on the map, or both; needs the map feature, and a page has at most one.
    package static func point(_ name: String, _ label: String) -> FormField {
        FormField(name: name, kind: .point, label: label)
    }

    /// Fields with a heading, shown only under a condition if there is one.
    ///
    /// Without JavaScript all fields are shown. What was typed into fields that do not apply is ignored, but not lost.
    ///
    /// - Parameters:
    ///   - name: a name that no field has.
    ///   - condition: the name of a field before it and the value for which the group applies.
    package static func group(
        _ name: String,
        _ label: String,
        when condition: (name: String, value: String)? = nil,
        _ fields: [FormField]
    ) -> [FormField] {
        let condition = condition.map { Condition(name: $0.name, value: $0.value) }
        let first = FormField(name: name, kind: .groupStart(condition), label: label, isRequired: false)
        return [first] + fields + [FormField(name: name + "_end", kind: .groupEnd, label: "", isRequired: false)]
    }

    /// The name under which a form names the files that it brought before.
    var keptName: String { name + Self.keptSuffix }
    static let keptSuffix = "_kept"
    /// The name under which a form names those of them that are to be removed.
    var removedName: String { name + "_remove" }

    /// The names under which the browser sends the parts of a field; empty for a field with a value of its own only.
    var partNames: [String] {
        switch kind {
        case .date: ["day", "month", "year"]
        case .point: ["lat", "lon", "named"]
        default: []
        }
    }

    /// Whether a fault can be shown at the field.
    var takesFaults: Bool {
        switch kind {
        case .hidden, .groupStart, .groupEnd: false
        default: true
        }
    }

    /// The values that may be chosen; nil for a field that may have any.
    var choices: [String]? {
        switch kind {
        case .choice(let options), .cards(let options): options.map(\.value)
        case .select(let groups): groups.flatMap(\.options).map(\.value)
        default: nil
        }
    }
}
