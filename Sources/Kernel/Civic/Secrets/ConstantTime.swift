/// Comparisons of secrets.
///
/// The standard `==` may return at the first difference. Whoever measures its time then learns how much of a guess is
/// right, and can find the secret byte by byte.
extension String {
    /// Whether both texts have the same bytes, compared in a time that depends only on their lengths.
    ///
    /// The time reveals the length, so it must not be secret. Unlike with `==`, texts that are canonically equivalent in
    /// Unicode but have different bytes are not equal.
    public func isEqualInConstantTime(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        var difference: UInt8 = 0
        for (own, its) in zip(utf8, other.utf8) { difference |= own ^ its }
        return difference == 0
    }
}
