import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The static files for browsers: read once at start and served from memory under URLs that change with their contents.
struct Assets: Sendable {
    struct File: Sendable {
        let type: String
        let plain: ByteBuffer
        let gzip: ByteBuffer?
        let tag: String
    }

    private let files: [String: File]

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "woff2": "font/woff2", "png": "image/png", "txt": "text/plain; charset=utf-8",
    ]

    init(home: Home) {
        var files = Self.files(in: home.publicFiles, under: "")
        files.merge(Self.files(in: home.vendor, under: "vendor/")) { own, _ in own }
        self.files = files
    }

    /// The URL of a file with the hash of its contents, so that browsers may cache it forever.
    func link(_ name: String) -> String {
        guard let file = files[name] else { return "/assets/\(name)" }
        return "/assets/\(name)?v=\(file.tag)"
    }

    static let route = "/assets/**"

    func add(to router: Router<PortalContext>) {
        router.get(RouterPath(Self.route)) { request, context in
            try response(request, name: context.parameters.getCatchAll().joined(separator: "/"))
        }
    }

    private func response(_ request: Request, name: String) throws(Problem) -> Response {
        guard let file = files[name] else { throw .notFound }
        // Modules import each other by plain name, so only a URL with the right hash may be cached forever.
        let pinned = request.uri.query == "v=\(file.tag)"
        var headers: HTTPFields = [
            .contentType: file.type, .eTag: "\"\(file.tag)\"", .vary: "Accept-Encoding",
            .cacheControl: pinned ? "public, max-age=31536000, immutable" : "public, max-age=300",
        ]
        if EntityTags.known(request.headers, "\"\(file.tag)\"") {
            return Response(status: .notModified, headers: headers)
        }
        var body = file.plain
        if let gzip = file.gzip, Negotiation.acceptsGzip(request.headers) {
            body = gzip
            headers[.contentEncoding] = "gzip"
        }
        headers[.contentLength] = String(body.readableBytes)
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
    }

    private static func files(in folder: URL, under prefix: String) -> [String: File] {
        var files: [String: File] = [:]
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names {
            guard let type = types[name.split(separator: ".").last.map(String.init) ?? ""],
                let data = try? Data(contentsOf: folder.appending(path: name))
            else { continue }
            let packed = try? Data(contentsOf: folder.appending(path: name + ".gz"))
            let digest = SHA256.hash(data: data).prefix(8).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            files[prefix + name] = File(
                type: type,
                plain: ByteBuffer(bytes: data),
                gzip: packed.map { ByteBuffer(bytes: $0) },
                tag: digest.joined()
            )
        }
        return files
    }
}
