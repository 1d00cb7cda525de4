/// An answer with the reading of the question behind it.
struct Finding {
    private(set) var result: GeocodeResult
    let street: Int?
    let crossStreet: Int?
    let microdistrict: Int?
    let district: Int?
    let house: String?
    /// The tokens that the answer explains.
    let explained: [Range<Int>]

    /// Takes from the confidence until it is no higher than this.
    mutating func lower(to confidence: Double) {
        guard result.confidence > confidence else { return }
        result = result.lowered(by: result.confidence - confidence)
    }
}
