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

    /// Whether an error says that no descriptor, or no memory for one, is left.
    static func areUsedUp(_ number: CInt) -> Bool {
        number == EMFILE || number == ENFILE || number == ENOBUFS || number == ENOMEM
    }
}
