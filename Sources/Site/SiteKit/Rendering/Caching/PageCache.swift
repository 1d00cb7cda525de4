package import HTTPTypes
package import Hummingbird
import Synchronization

/// Finished pages for readers who are not signed in.
///
/// A page is kept for its address and language while the data it was made from stays the same. Concurrent requests for a page
/// that is not cached yet make it only once. The least recently used pages are evicted first.
public final class PageCache: Sendable {
    /// What identifies a kept page: the path with its query, and the language.
    package struct Key: Hashable, Sendable {
        /// The path and the query.
        package let address: String
        /// The language of the page.
        package let language: String

        /// - Parameter address: the path with its query; a query without content is left out.
        package init(address: String, language: String) {
            self.address = address.hasSuffix("?") ? String(address.dropLast()) : address
            self.language = language
        }
    }

    /// How much is kept.
    public struct Limits: Sendable {
        /// The maximum number of pages.
        package var pages = 4_096
        /// The maximum memory for all pages, bytes.
        package var bytes: Int
        /// The maximum memory for one page, bytes; larger pages are made for each request.
        package var pageBytes = 1_024 * 1_024
        /// The longest address, bytes; longer ones are hardly requested a second time.
        package var addressBytes = 512

        /// - Parameter bytes: the maximum memory for all pages.
        public init(bytes: Int = 64 * 1_024 * 1_024) { self.bytes = bytes }
    }

    /// How long a page stays the same.
    package enum Lifetime: Sendable {
        /// As long as the data.
        case data
        /// Until the minute ends: the page shows what is open now.
        case minute
    }

    private typealias Waiter = CheckedContinuation<CachedPage?, Never>

    /// The pages made from one state of the data.
    private struct State {
        var version = ""
        // When `recent` is half full it becomes `older`; a page of `older` that is asked for becomes recent again.
        var recent: [Key: CachedPage] = [:]
        var older: [Key: CachedPage] = [:]
        var recentBytes = 0
        var olderBytes = 0
        /// The pages being made, with the requests that wait for each.
        var waiters: [Key: [Waiter]] = [:]
    }

    private enum Turn {
        case found(CachedPage)
        case make
        case wait
    }

    private let limits: Limits
    private let now: @Sendable () -> Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limits: how much is kept.
    ///   - now: the time, seconds since 1970.
    package init(limits: Limits = Limits(), now: @escaping @Sendable () -> Int) {
        (self.limits, self.now) = (limits, now)
    }

    /// How many pages are kept, and the memory they take, bytes.
    package var usage: (pages: Int, bytes: Int) {
        state.withLock { ($0.recent.count + $0.older.count, $0.recentBytes + $0.olderBytes) }
    }

    /// Whether there is a page, which may be out of date.
    package func holds(_ key: Key) -> Bool { state.withLock { $0.recent[key] != nil || $0.older[key] != nil } }

    /// The answer to a request, from the cache or made.
    ///
    /// The caller makes sure that the request is a GET and its sender not signed in.
    ///
    /// - Parameters:
    ///   - request: the header fields of the request.
    ///   - version: the version of the data; a version other than the previous one empties the cache.
    ///   - make: makes the page. It is kept only if it is shareable.
    package func response(
        to request: HTTPFields,
        for key: Key,
        version: String,
        lifetime: Lifetime,
        make: () async throws -> RenderedPage
    ) async throws -> Response {
        guard key.address.utf8.count <= limits.addressBytes else { return try await make().response }
        switch begin(key, version) {
        case .found(let page): return page.response(to: request)
        case .make: break
        case .wait:
            if let page = await wait(for: key, version) { return page.response(to: request) }
            // The other request made no page that can be shared.
            return try await make().response
        }
        do {
            let page = try await make()
            let kept = keep(page, lifetime)
            finish(key, version, kept)
            return kept?.response(to: request) ?? page.response
        } catch {
            finish(key, version, nil)
            throw error
        }
    }

    private func begin(_ key: Key, _ version: String) -> Turn {
        let now = now()
        return state.withLock { state in
            if state.version != version {
                (state.recent, state.older, state.recentBytes, state.olderBytes) = ([:], [:], 0, 0)
                state.version = version
            }
            if let page = find(key, in: &state), page.expires.map({ now < $0 }) ?? true { return .found(page) }
            if state.waiters[key] != nil { return .wait }
            state.waiters[key] = []
            return .make
        }
    }

    private func find(_ key: Key, in state: inout State) -> CachedPage? {
        if let page = state.recent[key] { return page }
        guard let page = state.older.removeValue(forKey: key) else { return nil }
        state.olderBytes -= page.size
        insert(page, key, in: &state)
        return page
    }

    private func insert(_ page: CachedPage, _ key: Key, in state: inout State) {
        let isFull = state.recentBytes + page.size > limits.bytes / 2 || state.recent.count >= limits.pages / 2
        if isFull {
            (state.older, state.olderBytes) = (state.recent, state.recentBytes)
            (state.recent, state.recentBytes) = ([:], 0)
        }
        if let earlier = state.recent.updateValue(page, forKey: key) { state.recentBytes -= earlier.size }
        state.recentBytes += page.size
    }

    private func wait(for key: Key, _ version: String) async -> CachedPage? {
        await withCheckedContinuation { waiter in
            let page: CachedPage?? = state.withLock { state in
                guard state.waiters[key] != nil else { return .some(find(key, in: &state)) }
                state.waiters[key]?.append(waiter)
                return nil
            }
            if let page { waiter.resume(returning: page) }
        }
    }

    private func keep(_ page: RenderedPage, _ lifetime: Lifetime) -> CachedPage? {
        guard page.isShareable, page.body.readableBytes <= limits.pageBytes else { return nil }
        let expires =
            switch lifetime {
            case .data: nil as Int?
            case .minute: (now() / 60 + 1) * 60
            }
        let kept = CachedPage(page, expires: expires)
        return kept.size <= min(limits.pageBytes, limits.bytes / 2) ? kept : nil
    }

    private func finish(_ key: Key, _ version: String, _ page: CachedPage?) {
        let waiters = state.withLock { state in
            // A page made from earlier data may be sent once more but not kept.
            if let page, state.version == version { insert(page, key, in: &state) }
            return state.waiters.removeValue(forKey: key) ?? []
        }
        for waiter in waiters { waiter.resume(returning: page) }
    }
}
