import Civic
import Gazetteer
import Geo
import Hummingbird
import NIOCore
import SiteKit

/// Organizations as a GeoJSON FeatureCollection (RFC 7946), about a megabyte for the whole city.
struct OrganizationFeatures: Sendable {
    /// The minimum size of a chunk, bytes; it ends with the feature that reaches it.
    static let pieceBytes = 65_536

    private let snapshot: GazetteerSnapshot
    private let language: Language
    /// Indexes in the directory, ascending: the same order in all languages, so that a map clusters alike in each.
    private let indexes: [Int]

    init(_ hits: ArraySlice<OrganizationHit>, of snapshot: GazetteerSnapshot, _ language: Language) {
        self.snapshot = snapshot
        self.language = language
        indexes = hits.map(\.index).sorted()
    }

    /// The collection as one buffer.
    var whole: ResponseBody {
        var writer = JSONWriter(capacity: Self.pieceBytes)
        begin(&writer)
        for index in indexes { feature(index, &writer) }
        end(&writer)
        return ResponseBody(byteBuffer: writer.buffer)
    }

    /// The collection in chunks, each made when the client has read the previous one, so a client that does not read holds at
    /// most one chunk.
    var paced: ResponseBody {
        ResponseBody { writer in
            var rest = indexes[...]
            var needsComma = false
            var isBegun = false
            repeat {
                var piece = JSONWriter(capacity: Self.pieceBytes + 4_096, continuing: needsComma)
                if !isBegun { begin(&piece) }
                isBegun = true
                while piece.buffer.readableBytes < Self.pieceBytes, let index = rest.popFirst() {
                    feature(index, &piece)
                }
                if rest.isEmpty { end(&piece) }
                needsComma = piece.needsComma
                try await writer.write(piece.buffer)
            } while !rest.isEmpty
            try await writer.finish(nil)
        }
    }

    private func begin(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("FeatureCollection")
        writer.key("features")
        writer.beginArray()
    }

    private func end(_ writer: inout JSONWriter) {
        writer.endArray()
        writer.key("attribution")
        writer.string(Attribution.text)
        writer.endObject()
    }

    // An organization without a position cannot be shown on a map.
    private func feature(_ index: Int, _ writer: inout JSONWriter) {
        let organization = snapshot.directory.organizations[index]
        guard let position = organization.position else { return }
        writer.beginObject()
        writer.key("type")
        writer.string("Feature")
        writer.key("properties")
        writer.beginObject()
        writer.key("id")
        writer.string(organization.id.rawValue)
        writer.key("label")
        writer.string(organization.names.label(for: language).text)
        writer.key("category")
        writer.string(organization.category.rawValue)
        writer.key("group")
        writer.string(snapshot.group(of: organization)?.id.rawValue)
        writer.key("district")
        writer.string(organization.district?.rawValue)
        writer.key("precision")
        writer.string(organization.precision.rawValue)
        writer.endObject()
        writer.key("geometry")
        writer.geometry(position)
        writer.endObject()
    }
}
