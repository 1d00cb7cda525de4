package import Civic
import Foundation
package import Geo

/// A place as a form gives it: an address, a position, or both.
package struct FormPoint: Sendable, Equatable {
    /// The address as typed; empty when there is only a position.
    package let address: String
    /// The position; nil when there is only an address.
    package let position: Coordinate?
}

/// Reads fields: each function returns the value, or nil after recording the fault, or for an empty field that is not required.
///
/// A field in a group that does not apply is empty, and its faults are not recorded.
extension Form {
    /// A text of several lines; line ends are line feeds.
    package mutating func text(_ name: String, _ words: Strings) -> String? {
        guard let field = applying(name), case .text(_, let limit) = field.kind else { return nil }
        let text = field.value.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard text.contains(where: { !$0.isWhitespace }) else { return missing(field, "field_missing", words) }
        let excess = text.unicodeScalars.count - limit
        guard excess <= 0 else {
            fail(name, words.text("text_excess", ["n": words.number(excess)]))
            return nil
        }
        return text
    }

    /// The chosen option of a list, of cards or of radio buttons.
    package mutating func option(_ name: String, _ words: Strings) -> String? {
        guard let field = applying(name) else { return nil }
        guard !field.value.isEmpty else { return missing(field, "field_choose", words) }
        return field.value
    }

    /// A date within a range.
    ///
    /// - Parameter range: the earliest and the latest day.
    package mutating func date(_ name: String, in range: ClosedRange<LocalDate>, _ words: Strings) -> LocalDate? {
        guard let field = applying(name) else { return nil }
        guard field.parts.values.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            return missing(field, "field_missing", words)
        }
        guard let (day, month, year) = field.dateNumbers else {
            fail(name, words["date_incomplete"])
            return nil
        }
        guard let date = LocalDate(year: year, month: month, day: day) else {
            fail(name, words["date_none"])
            return nil
        }
        guard range.contains(date) else {
            let isEarly = date < range.lowerBound
            let limit = isEarly ? range.lowerBound : range.upperBound
            let shown = words.date("\(limit.year)-\(limit.month)-\(limit.day)")
            fail(name, words.text(isEarly ? "date_early" : "date_late", ["date": shown]))
            return nil
        }
        return date
    }

    /// The files that were accepted, now or when the form was sent before; empty after recording that a required one is missing.
    package mutating func files(_ name: String, _ words: Strings) -> [KeptFile] {
        guard let field = applying(name) else { return [] }
        if field.files.isEmpty, field.isRequired { fail(name, words["file_missing"]) }
        return field.files
    }

    /// The attachments that the files of a field have become, to be claimed by the record that keeps them; otherwise like
    /// `files`.
    package mutating func attachments(_ name: String, _ words: Strings) -> [KeptAttachment] {
        files(name, words).compactMap(\.attachment)
    }

    /// A place.
    package mutating func point(_ name: String, _ words: Strings) -> FormPoint? {
        guard let field = applying(name) else { return nil }
        let address = field.value.trimmingCharacters(in: .whitespacesAndNewlines)
        let typed = ["lat", "lon"].map { (field.parts[$0] ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
        guard typed.contains(where: { !$0.isEmpty }) else {
            guard !address.isEmpty else { return missing(field, "point_missing", words) }
            return FormPoint(address: address, position: nil)
        }
        guard let latitude = Self.degrees(typed[0], in: -90...90) else {
            fail(name, words["point_numbers"], part: "lat")
            return nil
        }
        guard let longitude = Self.degrees(typed[1], in: -180...180) else {
            fail(name, words["point_numbers"], part: "lon")
            return nil
        }
        return FormPoint(address: address, position: Coordinate(longitude: longitude, latitude: latitude))
    }

    // `Double` also reads hexadecimal numbers and words.
    private static func degrees(_ text: String, in range: ClosedRange<Double>) -> Double? {
        guard text.wholeMatch(of: /[-−]?[0-9]{1,3}([.,][0-9]{1,15})?/) != nil else { return nil }
        return Double(text.replacing(",", with: ".").replacing("−", with: "-")).flatMap {
            range.contains($0) ? $0 : nil
        }
    }

    private mutating func missing<Value>(_ field: FormField, _ key: String, _ words: Strings) -> Value? {
        if field.isRequired { fail(field.name, words.text(key, ["label": field.label])) }
        return nil
    }
}
