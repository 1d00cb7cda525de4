/// An answer with the reading of the question behind it.
struct Finding {
    let result: GeocodeResult
    let street: Int?
    let crossStreet: Int?
    let microdistrict: Int?
    let district: Int?
    let house: String?
    /// The tokens that the answer explains.
    let explained: [Range<Int>]
}
