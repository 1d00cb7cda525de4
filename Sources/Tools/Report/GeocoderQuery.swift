import Civic

/// One query of the geocoder's test set: the text typed and the places it must find.
struct GeocoderQuery: Sendable {
    /// The form of the query: `address_plain`, `typo`, `negative` and so on.
    let form: String
    /// `kk`, `ru`, `latin` or `mixed`.
    let language: String
    /// The text as in the file; a long text is written `REPEAT(piece,times)`.
    let text: String
    /// The accepted places; empty when nothing may be found.
    let expected: [ExpectedPlace]
    /// The distance from an expected place within which an answer is right, metres.
    let tolerance: Double
    /// The half of the set it belongs to.
    let half: Half

    /// The two halves of the set: `a` is used to improve the geocoder, `b` only to evaluate it.
    enum Half: String, CaseIterable, Sendable, Codable {
        case a
        case b

        /// The half of a text, derived from its bytes so that it does not depend on the order of the file.
        init(of text: String) { self = FNV1a.hash(text.utf8).isMultiple(of: 2) ? .a : .b }
    }

    /// Why a row is not a valid query.
    struct Fault: Error {
        let reason: String
    }

    /// Reads a row.
    ///
    /// - Parameter row: the fields in the order of `columns`.
    /// - Throws: `Fault` with the reason.
    init(row: [String]) throws(Fault) {
        guard row.count == Self.columns.count else {
            throw Fault(reason: "\(Self.columns.count) fields are expected, not \(row.count)")
        }
        (form, language, text) = (row[0], row[1], row[2])
        guard !text.isEmpty else { throw Fault(reason: "the query is empty") }
        guard let tolerance = Double(row[4]), tolerance >= 0 else {
            throw Fault(reason: "the tolerance «\(row[4])» is no number of metres")
        }
        self.tolerance = tolerance
        half = Half(of: text)
        if row[3] == "none" {
            expected = []
            return
        }
        var places: [ExpectedPlace] = []
        for reference in row[3].split(separator: "|") {
            guard let place = ExpectedPlace(String(reference)) else {
                throw Fault(reason: "«\(reference)» is no reference")
            }
            places.append(place)
        }
        guard !places.isEmpty else { throw Fault(reason: "no place is expected, and not «none»") }
        expected = places
    }

    /// The columns of a file of queries.
    static let columns = ["form", "language", "query", "expected", "tolerance_m", "note"]

    /// The text to ask, with `REPEAT(piece,times)` expanded.
    var question: String {
        guard text.hasPrefix("REPEAT("), text.hasSuffix(")"), let comma = text.lastIndex(of: ","),
            let times = Int(text[text.index(after: comma)...].dropLast()), (1...100_000).contains(times)
        else { return text }
        return String(repeating: String(text[..<comma].dropFirst("REPEAT(".count)), count: times)
    }

    /// Whether nothing may be found.
    var isNegative: Bool { expected.isEmpty }
}
