/// One query of the geocoder's test set: what a person types and what it must find.
struct GeocoderQuery: Sendable {
    /// How it is written: `address_plain`, `typo`, `negative` and so on.
    let form: String
    /// `kk`, `ru`, `latin` or `mixed`.
    let language: String
    /// What is typed, as the file has it: a long text as `REPEAT(piece,times)`.
    let text: String
    /// The places of which each is right; empty when nothing may be found.
    let expected: [ExpectedPlace]
    /// How far from an expected place an answer is still right, metres.
    let tolerance: Double
    /// The half it belongs to.
    let half: Half

    /// One of the two halves of the set: `a` is looked at while the geocoder is improved, `b` only tells how well it does.
    enum Half: String, CaseIterable, Sendable, Codable {
        case a
        case b

        /// The half of a text, by its bytes: stable however the file is ordered.
        init(of text: String) { self = Fingerprint.of(text).isMultiple(of: 2) ? .a : .b }
    }

    /// Why a row is no query.
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

    /// The text that is asked: `REPEAT(piece,times)` written out.
    var question: String {
        guard text.hasPrefix("REPEAT("), text.hasSuffix(")"), let comma = text.lastIndex(of: ","),
            let times = Int(text[text.index(after: comma)...].dropLast()), (1...100_000).contains(times)
        else { return text }
        return String(repeating: String(text[..<comma].dropFirst("REPEAT(".count)), count: times)
    }

    /// Whether it must find nothing.
    var isNegative: Bool { expected.isEmpty }
}
