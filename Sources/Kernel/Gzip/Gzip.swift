import CZlib

/// Packs bytes as gzip (RFC 1952) with zlib.
public enum Gzip {
    /// Packs a whole body into memory the caller provides.
    ///
    /// - Parameters:
    ///   - input: the bytes to pack.
    ///   - level: 1 (fast) to 9 (small).
    ///   - output: room of at least `bound(input.count)` bytes.
    /// - Returns: how many bytes were written; nil when zlib has no memory or the room is too small.
    public static func pack(
        _ input: UnsafeRawBufferPointer,
        level: Int32,
        into output: UnsafeMutableRawBufferPointer
    ) -> Int? {
        var stream = z_stream()
        guard czlib_begin_gzip(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        // zlib takes a mutable pointer but never writes through it.
        stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.avail_out = UInt32(output.count)
        return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : nil
    }

    /// The most bytes that packing `count` bytes can take.
    public static func bound(_ count: Int) -> Int {
        // zlib's own bound without a stream is for its default settings; the gzip wrapper adds 18 bytes.
        Int(compressBound(UInt(count))) + 18
    }

    /// Packs bytes; nil when zlib has no memory.
    public static func pack(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        var written: Int?
        let packed = [UInt8](unsafeUninitializedCapacity: bound(bytes.count)) { room, count in
            written = bytes.withUnsafeBytes { pack($0, level: level, into: UnsafeMutableRawBufferPointer(room)) }
            count = written ?? 0
        }
        return written == nil ? nil : packed
    }
}
