/// The Hilbert curve over a 65,536 × 65,536 square, used to order boxes so that neighbours share tree nodes.
enum HilbertCurve {
    /// Side of the square in cells.
    static let side = 65_536.0

    /// Position along the curve of a cell; source: rawrunprotected's fast Hilbert algorithm, as in flatbush.
    static func index(x: UInt32, y: UInt32) -> UInt32 {
        var (a, b) = (x ^ y, 0xFFFF ^ (x ^ y))
        var (c, d) = (0xFFFF ^ (x | y), x & (y ^ 0xFFFF))
        (a, b, c, d) = (a | (b >> 1), (a >> 1) ^ a, ((c >> 1) ^ (b & (d >> 1))) ^ c, ((a & (c >> 1)) ^ (d >> 1)) ^ d)
        for shift: UInt32 in [2, 4] {
            let (p, q, r, s) = (a, b, c, d)
            a = (p & (p >> shift)) ^ (q & (q >> shift))
            b = (p & (q >> shift)) ^ (q & ((p ^ q) >> shift))
            c ^= (p & (r >> shift)) ^ (q & (s >> shift))
            d ^= (q & (r >> shift)) ^ ((p ^ q) & (s >> shift))
        }
        let (p, q, r, s) = (a, b, c, d)
        c ^= (p & (r >> 8)) ^ (q & (s >> 8))
        d ^= (q & (r >> 8)) ^ ((p ^ q) & (s >> 8))
        a = c ^ (c >> 1)
        b = d ^ (d >> 1)
        return interleave(b | (0xFFFF ^ ((x ^ y) | a))) << 1 | interleave(x ^ y)
    }

    /// Spreads sixteen bits so that a zero follows each.
    private static func interleave(_ value: UInt32) -> UInt32 {
        var v = value & 0xFFFF
        v = (v | (v << 8)) & 0x00FF_00FF
        v = (v | (v << 4)) & 0x0F0F_0F0F
        v = (v | (v << 2)) & 0x3333_3333
        return (v | (v << 1)) & 0x5555_5555
    }
}
