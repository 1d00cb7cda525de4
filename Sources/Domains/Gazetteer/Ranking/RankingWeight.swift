/// A number by which answers are ranked.
///
/// `Double` for addresses and suggestions, `Float` for the directory, which adds many of them per query.
struct RankingWeight<Value: BinaryFloatingPoint & Sendable>: Sendable {
    /// Its name in explanations.
    let name: String
    /// A penalty, bonus, factor or limit, depending on its section of `RankingWeights`.
    let value: Value
    /// Why it exists, or why it has this value.
    let reason: String

    /// The value in hundredths.
    var hundredths: Int { Int((100 * value).rounded()) }

    init(_ name: String, _ value: Value, _ reason: String) {
        (self.name, self.value, self.reason) = (name, value, reason)
    }
}
