import Foundation

/// Answers as text, and as fields to keep.
extension FormField {
    /// The answer as text in the reader's language, empty when there is none; nil for a field that has no answer to show.
    func shown(_ words: Strings) -> String? {
        guard !FormBody.secrets.contains(name) else { return nil }
        return switch kind {
        case .line, .text, .address: value
        case .box: words[value.isEmpty ? "answer_no" : "answer_yes"]
        case .choice(let options), .cards(let options): Self.label(of: value, in: options)
        case .select(let groups): Self.label(of: value, in: groups.flatMap(\.options))
        case .date:
            // A date that is not complete is shown as it was typed.
            dateNumbers.map { words.date("\($0.year)-\($0.month)-\($0.day)") }
                ?? Self.list([parts["day"], parts["month"], parts["year"]], ".")
        case .files: files.map { "\($0.name) (\(words.size($0.size)))" }.joined(separator: "\n")
        case .point: Self.list([value, Self.list([parts["lat"], parts["lon"]], ", ")], "\n")
        case .password, .hidden, .groupStart, .groupEnd: nil
        }
    }

    /// The answer as the browser would send it again: names with values.
    ///
    /// Empty for a code or another secret.
    var answers: [(name: String, value: String)] {
        guard !FormBody.secrets.contains(name) else { return [] }
        return switch kind {
        case .password, .hidden, .groupStart, .groupEnd: []
        case .box: value.isEmpty ? [] : [(name, value)]
        case .files: files.map { (keptName, $0.id) }
        default: [(name, value)] + partNames.map { ("\(name)_\($0)", parts[$0] ?? "") }
        }
    }

    /// The parts of a date as numbers; nil unless day and month have one or two digits and the year four.
    var dateNumbers: (day: Int, month: Int, year: Int)? {
        func number(_ part: String, _ length: ClosedRange<Int>) -> Int? {
            let text = (parts[part] ?? "").trimmingCharacters(in: .whitespaces)
            let isNumber = length.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return isNumber ? Int(text) : nil
        }
        guard let day = number("day", 1...2), let month = number("month", 1...2), let year = number("year", 4...4)
        else { return nil }
        return (day, month, year)
    }

    private static func label(of value: String, in options: [Option]) -> String {
        options.first { $0.value == value }?.label ?? ""
    }

    private static func list(_ parts: [String?], _ separator: String) -> String {
        parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: separator)
    }
}
