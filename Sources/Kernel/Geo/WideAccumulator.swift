/// A fixed-point number wide enough to hold any sum of a few products of two doubles without rounding.
///
/// It backs the orientation predicate where expansions could overflow or underflow: bit 0 weighs 2^-2148, the square
/// of the smallest subnormal, and 4,352 bits reach past 2^2048. The value is two's complement.
struct WideAccumulator {
    private static let wordCount = 68
    private static let lowestExponent = -2148
    private var words = [UInt64](repeating: 0, count: wordCount)

    /// The exact orientation sign for any finite numbers.
    static func orientation(
        _ ax: Double,
        _ ay: Double,
        _ bx: Double,
        _ by: Double,
        _ cx: Double,
        _ cy: Double
    ) -> Int {
        var sum = WideAccumulator()
        sum.add(ax, times: by)
        sum.add(-ay, times: bx)
        sum.add(bx, times: cy)
        sum.add(-by, times: cx)
        sum.add(cx, times: ay)
        sum.add(-cy, times: ax)
        return sum.sign
    }

    /// -1, 0 or 1.
    var sign: Int {
        if words[Self.wordCount - 1] >> 63 == 1 { return -1 }
        return words.contains { $0 != 0 } ? 1 : 0
    }

    /// Adds the exact product of two finite numbers.
    mutating func add(_ x: Double, times y: Double) {
        guard x != 0, y != 0 else { return }
        let (first, firstExponent) = Self.parts(of: x)
        let (second, secondExponent) = Self.parts(of: y)
        let product = first.multipliedFullWidth(by: second)
        let shift = firstExponent + secondExponent - Self.lowestExponent
        let (word, bit) = (shift / 64, UInt64(shift % 64))
        let low = product.low << bit
        let middle = (product.high << bit) | (bit == 0 ? 0 : product.low >> (64 - bit))
        let high = bit == 0 ? 0 : product.high >> (64 - bit)
        if (x < 0) == (y < 0) {
            add([low, middle, high], at: word)
        } else {
            subtract([low, middle, high], at: word)
        }
    }

    /// The integer significand and exponent with |value| = significand · 2^exponent.
    private static func parts(of value: Double) -> (UInt64, Int) {
        let fraction = value.significandBitPattern
        let biased = Int(value.exponentBitPattern)
        return biased == 0 ? (fraction, -1074) : (fraction | 1 << 52, biased - 1075)
    }

    private mutating func add(_ parts: [UInt64], at start: Int) {
        var carry: UInt64 = 0
        for index in start..<Self.wordCount {
            let offset = index - start
            if offset >= parts.count, carry == 0 { return }
            let (partial, first) = words[index].addingReportingOverflow(offset < parts.count ? parts[offset] : 0)
            let (total, second) = partial.addingReportingOverflow(carry)
            words[index] = total
            carry = first || second ? 1 : 0
        }
    }

    private mutating func subtract(_ parts: [UInt64], at start: Int) {
        var borrow: UInt64 = 0
        for index in start..<Self.wordCount {
            let offset = index - start
            if offset >= parts.count, borrow == 0 { return }
            let (partial, first) = words[index].subtractingReportingOverflow(offset < parts.count ? parts[offset] : 0)
            let (total, second) = partial.subtractingReportingOverflow(borrow)
            words[index] = total
            borrow = first || second ? 1 : 0
        }
    }
}
