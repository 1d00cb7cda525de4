import CZlib
import NIOCore

/// Packs bytes as gzip (RFC 1952) with zlib.
enum Gzip {
    /// The packed bytes; nil when zlib has no memory.
    ///
    /// - Parameter level: 1 (fast) to 9 (small).
    static func pack(_ buffer: ByteBuffer, level: Int32) -> ByteBuffer? {
        var stream = z_stream()
        guard czlib_begin_gzip(&stream, level) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var packed = ByteBufferAllocator().buffer(
            capacity: Int(deflateBound(&stream, UInt(buffer.readableBytes)))
        )
        let finished = buffer.withUnsafeReadableBytes { input in
            // zlib takes a mutable pointer but never writes through it.
            stream.next_in = UnsafeMutablePointer(
                mutating: input.bindMemory(to: UInt8.self).baseAddress
            )
            stream.avail_in = UInt32(input.count)
            packed.writeWithUnsafeMutableBytes(minimumWritableBytes: packed.capacity) { output in
                stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(output.count)
                _ = deflate(&stream, Z_FINISH)
                return Int(stream.total_out)
            }
            return stream.avail_in == 0
        }
        return finished ? packed : nil
    }
}
