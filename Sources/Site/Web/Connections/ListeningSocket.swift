import NIOCore
import NIOPosix

/// What NIO does not know about a socket that listens.
enum ListeningSocket {
    // sock_filter and sock_fprog of <linux/filter.h>, which Glibc does not import.
    private struct Instruction {
        let code: UInt16
        let (ifTrue, ifFalse): (UInt8, UInt8)
        let value: UInt32
    }

    private struct Program: Sendable {
        let count: UInt16
        let address: UInt
    }

    /// Lets the system drop attempts to connect, while connections that it has established can still be accepted.
    ///
    /// Closing the socket resets whatever waits to be accepted. With this in front nothing more comes to wait, and who calls
    /// is refused a second later, when the system of the client tries again. Where that is not possible nothing changes.
    static func dropNewcomers(_ channel: any Channel) {
        #if os(Linux)
            guard let socket = channel as? any SocketOptionProvider else { return }
            // BPF_RET | BPF_K with 0: keeps nothing of any packet. The system copies the program.
            let drop = Instruction(code: 0x06, ifTrue: 0, ifFalse: 0, value: 0)
            withUnsafePointer(to: drop) { pointer in
                let program = Program(count: 1, address: UInt(bitPattern: pointer))
                // On the loop of the channel this happens before it returns.
                let attachFilter = NIOBSDSocket.Option(rawValue: 26)
                _ = socket.unsafeSetSocketOption(level: .socket, name: attachFilter, value: program)
            }
        #endif
    }
}
