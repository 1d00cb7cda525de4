import Gzip
import NIOCore

extension Gzip {
    /// The packed bytes; nil when zlib has no memory.
    ///
    /// - Parameter level: 1 (fast) to 9 (small).
    static func pack(_ buffer: ByteBuffer, level: Int32) -> ByteBuffer? {
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
