import CSodium

extension [UInt8] {
    /// Unpredictable bytes, fit for keys and tokens.
    ///
    /// They are taken from the system at once; the generator of the standard library asks it anew for every number.
    ///
    /// - Parameter count: how many bytes.
    public static func random(count: Int) -> [UInt8] {
        // libsodium needs no preparing for this: it opens the system's source by itself.
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }
}
