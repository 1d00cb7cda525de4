import Hummingbird

extension Request {
    /// Whether the client understands gzip.
    var acceptsGzip: Bool {
        guard let accepted = headers[.acceptEncoding] else { return false }
        // What browsers send begins with it; anything else is looked through.
        return accepted.hasPrefix("gzip") || accepted.contains("gzip")
    }
}
