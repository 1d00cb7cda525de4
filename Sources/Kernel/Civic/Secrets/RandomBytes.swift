import CSodium

extension [UInt8] {
    /// Unpredictable bytes, fit for keys and tokens.
    ///
    /// Read from the system in one call; the generator of the standard library makes a call for every number.
    ///
    /// - Parameter count: how many bytes.
    public static func random(count: Int) -> [UInt8] {
        // libsodium needs no initialisation for this.
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }
}
