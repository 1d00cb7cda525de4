import Civic
import Gazetteer
import Hummingbird
import NIOCore
import NIOPosix
import SiteKit

/// Geocodes many texts and sends the answer in chunks.
///
/// A chunk is made only when the client has read the previous one, so a client that does not read holds at most one. The
/// answer as a whole is bounded too: what does not fit is left out, and the texts concerned are marked `truncated`.
struct BatchGeocoding: Sendable {
    /// The maximum number of results in one answer.
    static let maxResults = 10_000
    /// The size of the answer in bytes after which no further result is begun.
    static let maxBytes = 4_194_304
    /// The minimum size of a chunk, bytes; it ends with the address that reaches it.
    static let pieceBytes = 65_536

    /// A text without an address counts as one result, plus one for each full group of this many bytes.
    static let bytesOfResult = 200

    let city: City
    let texts: [String]
    /// The maximum number of candidates for each address.
    let limit: Int
    let language: Language
    /// The maximum number of results that this client may have.
    var allowed = BatchGeocoding.maxResults

    /// An upper bound for the number of results, from the length of the texts: an address has at least a name and a house
    /// number.
    var maxResults: Int {
        let addresses = texts.reduce(0) { $0 + 1 + min(Geocoder.maxAddresses, $1.utf8.count / 2) }
        return min(Self.maxResults, addresses * limit)
    }

    /// The response body.
    ///
    /// - Parameter finished: called once with the number of results, also when the client disconnects early.
    func body(finished: @escaping @Sendable (Int) -> Void) -> ResponseBody {
        ResponseBody { writer in
            var progress = Progress()
            do {
                while !progress.isOver {
                    // Throws at shutdown, after the drain timeout.
                    try Task.checkCancellation()
                    let before = progress
                    // A text takes milliseconds, so keep this work off the event loop.
                    let (piece, after) = try await NIOThreadPool.singleton.runIfActive { self.piece(after: before) }
                    progress = after
                    // Return the unused allowance first: a client that has read the last piece may send its next batch at once.
                    if progress.isOver { finished(progress.results) }
                    try await writer.write(piece)
                }
            } catch {
                if !progress.isOver { finished(progress.results) }
                throw error
            }
            try await writer.finish(nil)
        }
    }

    /// The progress of an answer.
    struct Progress: Sendable {
        fileprivate(set) var results = 0
        fileprivate(set) var isOver = false
        fileprivate var bytes = 0
        fileprivate var text = 0
        fileprivate var isBegun = false
        fileprivate var needsComma = false
        /// The results of the current text that are still to be written.
        fileprivate var open: ArraySlice<GeocodeAnswer>?
        fileprivate var isTruncated = false
    }

    /// Makes the next chunk, and returns it with the progress after it.
    func piece(after progress: Progress) -> (ByteBuffer, Progress) {
        var progress = progress
        var writer = JSONWriter(capacity: Self.pieceBytes + 8_192, continuing: progress.needsComma)
        let before = progress.bytes
        while !progress.isOver, writer.buffer.readableBytes < Self.pieceBytes {
            step(&progress, &writer)
            progress.bytes = before + writer.buffer.readableBytes
        }
        progress.needsComma = writer.needsComma
        return (writer.buffer, progress)
    }

    private func step(_ progress: inout Progress, _ writer: inout JSONWriter) {
        if !progress.isBegun {
            writer.beginObject()
            writer.key("results")
            writer.beginArray()
            progress.isBegun = true
        } else if let open = progress.open {
            guard let next = open.first, !isFull(progress) else {
                return end(of: open, &progress, &writer)
            }
            writer.beginObject()
            writer.answer(next, of: city.snapshot, language)
            writer.endObject()
            progress.results += max(1, next.results.count)
            progress.open = open.dropFirst()
        } else if progress.text < texts.count {
            begin(&progress, &writer)
        } else {
            writer.endArray()
            writer.key("truncated")
            writer.bool(progress.isTruncated)
            writer.endObject()
            progress.isOver = true
        }
    }

    private func begin(_ progress: inout Progress, _ writer: inout JSONWriter) {
        let text = texts[progress.text]
        writer.beginObject()
        writer.key("query")
        writer.string(text)
        writer.key("addresses")
        writer.beginArray()
        guard !isFull(progress) else {
            progress.isTruncated = true
            return close(isTruncated: true, &progress, &writer)
        }
        let answers = city.geocoder.addresses(in: text, limit: limit, language: language)
        // Parsing costs time whether or not anything is found.
        if answers.isEmpty { progress.results += 1 + text.utf8.count / Self.bytesOfResult }
        progress.open = answers[...]
    }

    private func end(of open: ArraySlice<GeocodeAnswer>, _ progress: inout Progress, _ writer: inout JSONWriter) {
        if !open.isEmpty { progress.isTruncated = true }
        close(isTruncated: !open.isEmpty, &progress, &writer)
    }

    private func close(isTruncated: Bool, _ progress: inout Progress, _ writer: inout JSONWriter) {
        writer.endArray()
        writer.key("truncated")
        writer.bool(isTruncated)
        writer.endObject()
        progress.open = nil
        progress.text += 1
    }

    private func isFull(_ progress: Progress) -> Bool {
        progress.results >= min(allowed, Self.maxResults) || progress.bytes >= Self.maxBytes
    }
}
