import NIOCore
import NIOPosix

/// Operations on a listening socket that NIO does not offer.
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

    /// Makes the kernel drop new connection attempts, while connections that it has already established can still be
    /// accepted.
    ///
    /// Closing a listening socket resets whatever is still in its backlog. With this filter nothing more enters the backlog,
    /// and a new client is refused a second later, when its system retransmits the SYN. Does nothing where the filter cannot
    /// be attached.
    static func dropNewcomers(_ channel: any Channel) {
        #if os(Linux)
            guard let socket = channel as? any SocketOptionProvider else { return }
            // BPF_RET | BPF_K with 0: accept no bytes of any packet. The kernel copies the program.
            let drop = Instruction(code: 0x06, ifTrue: 0, ifFalse: 0, value: 0)
            withUnsafePointer(to: drop) { pointer in
                let program = Program(count: 1, address: UInt(bitPattern: pointer))
                // On the channel's own event loop this completes before it returns.
                let attachFilter = NIOBSDSocket.Option(rawValue: 26)
                _ = socket.unsafeSetSocketOption(level: .socket, name: attachFilter, value: program)
            }
        #endif
    }
}
