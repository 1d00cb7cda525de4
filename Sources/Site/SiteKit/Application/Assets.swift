import Civic
import Crypto
package import Foundation
import HTTPTypes
import Hummingbird
package import NIOCore

/// The static files for browsers: read once at start and served from memory under URLs that change with their contents.
package struct Assets: Sendable {
    /// A file as it is served.
    package struct File: Sendable {
        /// The value of `Content-Type`.
        package let type: String
        /// The content, uncompressed.
        package let plain: ByteBuffer
        /// The content compressed with gzip; nil when there is no `.gz` file beside it.
        package let gzip: ByteBuffer?
        /// The first 16 hexadecimal digits of the SHA-256 of the content.
        package let tag: String

        init(type: String, data: Data, gzip: Data?) {
            self.type = type
            plain = ByteBuffer(bytes: data)
            self.gzip = gzip.map { ByteBuffer(bytes: $0) }
            tag = SHA256.hash(data: data).prefix(8).hexadecimal
        }
    }

    private let files: [String: File]

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "woff2": "font/woff2", "png": "image/png", "txt": "text/plain; charset=utf-8",
    ]

    /// The name of the style sheet that all pages link to.
    private static let styleSheet = "app.css"

    /// Reads the public files and style sheets of features, and the third-party files.
    ///
    /// The style sheets are served as one, `app.css`, so that a page loads a single file: folder by folder in the given order, and by
    /// name within a folder.
    ///
    /// - Parameters:
    ///   - folders: the resource folders, that of the site kit first; the files are in their subfolders `Public` and `Styles`.
    ///   - vendor: the folder of the third-party files.
    package init(folders: [URL], vendor: URL) {
        var files = Self.files(in: vendor, under: "vendor/")
        for folder in folders { files.merge(Self.files(in: folder.appending(path: "Public"), under: "")) { $1 } }
        files[Self.styleSheet] = File(
            type: Self.types["css"] ?? "",
            data: Data(folders.flatMap { Self.styles(in: $0.appending(path: "Styles")) }.joined(separator: "\n".utf8)),
            gzip: nil
        )
        self.files = files
    }

    /// The link of every script, style sheet and picture, by the name under which templates know it: `app.css` is
    /// `app_css`, `vendor/altcha-i18n.js` is `altcha_i18n_js`, and
    /// `icons.svg` is `icons`.
    var links: [String: String] {
        let pairs = files.keys.filter { !$0.hasSuffix(".woff2") && !$0.hasSuffix(".txt") }.sorted {
            $0.count > $1.count
        }.map { name in
            let own = name.hasPrefix("vendor/") ? String(name.dropFirst("vendor/".count)) : name
            let key = own.hasSuffix(".svg") ? String(own.dropLast(".svg".count)) : own
            return (key.replacing("-", with: "_").replacing(".", with: "_"), link(name))
        }
        return Dictionary(pairs) { $1 }
    }

    /// The URL of a file with the hash of its contents, so that browsers may cache it forever.
    package func link(_ name: String) -> String {
        guard let file = files[name] else { return "/assets/\(name)" }
        return "/assets/\(name)?v=\(file.tag)"
    }

    /// The route under which all files are served.
    package static let route = "/assets/**"

    func add(to routes: SiteRoutes) {
        routes.files.get(RouterPath(Self.route)) { request, context in
            try response(request, name: context.parameters.getCatchAll().joined(separator: "/"))
        }
    }

    private func response(_ request: Request, name: String) throws(Problem) -> Response {
        guard let file = files[name] else { throw .notFound }
        // Modules import each other by plain name, so only a URL with the right hash may be cached forever.
        let pinned = request.uri.query == "v=\(file.tag)"
        var headers: HTTPFields = [
            .contentType: file.type, .eTag: "\"\(file.tag)\"", .vary: "Accept-Encoding",
            .cacheControl: pinned ? "public, max-age=31536000, immutable" : RoutePolicy.file.caching,
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
        for name in names(in: folder) {
            guard let type = types[name.split(separator: ".").last.map(String.init) ?? ""],
                let data = try? Data(contentsOf: folder.appending(path: name))
            else { continue }
            let packed = try? Data(contentsOf: folder.appending(path: name + ".gz"))
            files[prefix + name] = File(type: type, data: data, gzip: packed)
        }
        return files
    }

    private static func styles(in folder: URL) -> [Data] {
        names(in: folder).filter { $0.hasSuffix(".css") }.compactMap {
            try? Data(contentsOf: folder.appending(path: $0))
        }
    }

    private static func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }
}
