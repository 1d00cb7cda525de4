/// 64-bit FNV-1a: a fast hash that is the same on every machine and in every run.
///
/// It gives no protection against attackers.
///
/// All functions are inlinable, because optimized modules call them in their innermost loops.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, The FNV Non-Cryptographic Hash Algorithm.
public enum FNV1a {
    /// The hash of nothing, from which every hash starts (the offset basis).
    @inlinable public static var empty: UInt64 { 0xcbf2_9ce4_8422_2325 }

    /// A hash continued by one value.
    ///
    /// With bytes this is FNV-1a; wider values, such as UTF-16 code units, are mixed in with a single multiplication.
    @inlinable @inline(__always)
    public static func extend(_ hash: UInt64, by value: UInt64) -> UInt64 {
        (hash ^ value) &* 0x100_0000_01b3
    }

    /// A hash continued by bytes.
    @inlinable public static func extend(_ hash: UInt64, byBytes bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(hash) { extend($0, by: UInt64($1)) }
    }

    /// The hash of bytes.
    @inlinable public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 { extend(empty, byBytes: bytes) }
}
