#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file descriptors of this process; each connection takes one.
enum FileDescriptors {
    /// How many may be open at once (RLIMIT_NOFILE).
    static var limit: Int {
        var limits = rlimit()
        #if canImport(Glibc)
            let result = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
        #else
            let result = getrlimit(RLIMIT_NOFILE, &limits)
        #endif
        return result == 0 ? Int(clamping: limits.rlim_cur) : 1_024
    }

    /// Whether so few descriptors are left that no new connection should take one.
    ///
    /// The last ones are kept free because libdispatch, for example, aborts the process when it cannot open a descriptor.
    static var areScarce: Bool {
        // The kernel returns the lowest free number, so a high result means that all lower ones are taken.
        let probe = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
        guard probe >= 0 else { return areUsedUp(errno) }
        close(probe)
        return Int(probe) >= limit - min(16, limit / 8)
    }

    /// Whether an error means that no descriptor, or no memory for one, is left.
    static func areUsedUp(_ number: CInt) -> Bool {
        number == EMFILE || number == ENFILE || number == ENOBUFS || number == ENOMEM
    }
}
