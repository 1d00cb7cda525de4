/// An answer with the interpretation that led to it.
struct Candidate {
    private(set) var result: GeocodeResult
    let street: Int?
    let crossStreet: Int?
    let microdistrict: Int?
    let district: Int?
    let house: String?
    /// The tokens that the answer explains.
    let explained: [Range<Int>]

    /// Lowers the confidence to at most this value.
    mutating func lower(to confidence: Double) {
        guard result.confidence > confidence else { return }
        result = result.lowered(by: result.confidence - confidence)
    }
}
