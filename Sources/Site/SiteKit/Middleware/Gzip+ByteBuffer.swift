package import Gzip
package import NIOCore

extension Gzip {
    /// The compressed bytes; nil when zlib cannot allocate memory.
    ///
    /// - Parameter level: 1 (fastest) to 9 (smallest).
    package static func pack(_ buffer: ByteBuffer, level: Int32) -> ByteBuffer? {
        let room = bound(buffer.readableBytes)
        var packed = ByteBufferAllocator().buffer(capacity: room)
        var isPacked = false
        packed.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { output in
            let written = buffer.withUnsafeReadableBytes { pack($0, level: level, into: output) }
            isPacked = written != nil
            return written ?? 0
        }
        return isPacked ? packed : nil
    }
}
