/// Other sites whose content pages may load, as source expressions of the content security policy (CSP Level 3).
package struct ContentSources: Sendable {
    /// Sources of scripts, to which scripts may also connect.
    package var scripts: [String]
    /// Sources of frames.
    package var frames: [String]
    /// Sources of images and data that scripts fetch.
    package var images: [String]
    /// Other addresses that the portal's scripts may connect to, such as a WebSocket.
    package var connections: [String]

    /// Declares sources; none by default.
    package init(
        scripts: [String] = [],
        frames: [String] = [],
        images: [String] = [],
        connections: [String] = []
    ) {
        (self.scripts, self.frames, self.images) = (scripts, frames, images)
        self.connections = connections
    }

    /// These sources together with those of another feature.
    func adding(_ other: ContentSources) -> ContentSources {
        ContentSources(
            scripts: scripts + other.scripts,
            frames: frames + other.frames,
            images: images + other.images,
            connections: connections + other.connections
        )
    }

    /// The policy for documents.
    ///
    /// MapLibre runs its worker from a blob and draws images from blobs and data addresses.
    var policy: String {
        let (scripts, frames, images) = (Self.list(scripts), Self.list(frames), Self.list(images))
        let connections = Self.list(connections)
        return
            "default-src 'self'; script-src 'self'\(scripts); style-src 'self'; img-src 'self' data: blob:\(images); "
            + "worker-src 'self' blob:; connect-src 'self'\(images)\(scripts)\(connections); font-src 'self'; "
            + "frame-src 'self'\(frames); object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }

    private static func list(_ sources: [String]) -> String { sources.map { " " + $0 }.joined() }
}
