import Foundation

/// Caches what providers publish, so that they are not asked at each sign-in; concurrent callers share one request.
actor ProviderMemory {
    /// How long a discovery document and keys are cached, in seconds.
    static let lifetime: TimeInterval = 3600
    /// The minimum time between two requests for keys, in seconds, so that forged tokens cannot make us flood a
    /// provider.
    static let shortestKeyAge: TimeInterval = 60

    /// Keys, and when they were fetched.
    struct FetchedKeys: Sendable {
        let keys: PublishedKeys
        let fetched: Date
    }

    private struct FetchedMetadata: Sendable {
        let metadata: ProviderMetadata
        let fetched: Date
    }

    private let connection: ProviderConnection
    private let now: @Sendable () -> Date
    private var metadata: [String: FetchedMetadata] = [:]
    private var keys: [String: FetchedKeys] = [:]
    /// When each provider was last asked for its keys, with or without success.
    private var keysAsked: [String: Date] = [:]
    private var metadataQuestions: [String: Task<Result<ProviderMetadata, OpenIDError>, Never>] = [:]
    private var keyQuestions: [String: Task<Result<PublishedKeys, OpenIDError>, Never>] = [:]

    init(_ connection: ProviderConnection, now: @escaping @Sendable () -> Date) {
        self.connection = connection
        self.now = now
    }

    /// What the issuer publishes about itself, at most an hour old.
    func metadata(of issuer: OpenIDIssuer) async throws(OpenIDError) -> ProviderMetadata {
        let place = issuer.discovery
        if let kept = metadata[place], isWithin(Self.lifetime, since: kept.fetched) { return kept.metadata }
        let question =
            metadataQuestions[place]
            ?? Task { [connection] in
                await Self.fetchMetadata(of: issuer, by: connection)
            }
        metadataQuestions[place] = question
        let result = await question.value
        if metadataQuestions[place] == question { metadataQuestions[place] = nil }
        let value = try result.get()
        metadata[place] = FetchedMetadata(metadata: value, fetched: now())
        return value
    }

    /// The keys of the provider, at most an hour old.
    func keys(of provider: ProviderMetadata) async throws(OpenIDError) -> FetchedKeys {
        if let kept = keys[provider.keys.text], isWithin(Self.lifetime, since: kept.fetched) { return kept }
        return try await fetchedKeys(of: provider)
    }

    /// The keys of the provider after the cached ones did not fit a token.
    ///
    /// - Returns: keys that were fetched since, by this or another caller; nil when the last request is less than a minute
    ///   ago.
    func keys(of provider: ProviderMetadata, newerThan old: FetchedKeys) async throws(OpenIDError) -> FetchedKeys? {
        if let kept = keys[provider.keys.text], kept.fetched > old.fetched { return kept }
        let isAsking = keyQuestions[provider.keys.text] != nil
        if !isAsking, let asked = keysAsked[provider.keys.text], isWithin(Self.shortestKeyAge, since: asked) {
            return nil
        }
        return try await fetchedKeys(of: provider)
    }

    /// Whether a time is less than a span ago.
    ///
    /// False for a time in the future: after the clock was set back, cached values would otherwise stay valid until it
    /// catches up.
    private func isWithin(_ span: TimeInterval, since time: Date) -> Bool {
        (0..<span).contains(now().timeIntervalSince(time))
    }

    private func fetchedKeys(of provider: ProviderMetadata) async throws(OpenIDError) -> FetchedKeys {
        let place = provider.keys.text
        let question =
            keyQuestions[place]
            ?? Task { [connection] in
                await Self.fetchKeys(of: provider, by: connection)
            }
        if keyQuestions[place] == nil { keysAsked[place] = now() }
        keyQuestions[place] = question
        let result = await question.value
        if keyQuestions[place] == question { keyQuestions[place] = nil }
        let fetched = FetchedKeys(keys: try result.get(), fetched: now())
        keys[place] = fetched
        return fetched
    }

    private static func fetchMetadata(
        of issuer: OpenIDIssuer,
        by connection: ProviderConnection
    ) async -> Result<ProviderMetadata, OpenIDError> {
        do throws(OpenIDError) {
            let address = try ProviderAddress(issuer.discovery, purpose: "discovery", isLoopbackTaken: true)
            let answer = try await connection.get(address, what: "discovery document")
            guard answer.status == 200 else {
                throw .unexpectedStatus(host: address.host, status: answer.status)
            }
            guard let document = try? JSONDecoder().decode(DiscoveryDocument.self, from: answer.body) else {
                throw .malformed(what: "discovery document")
            }
            return .success(try ProviderMetadata(document, of: issuer, isLoopbackTaken: address.isLoopback))
        } catch {
            return .failure(error)
        }
    }

    private static func fetchKeys(
        of provider: ProviderMetadata,
        by connection: ProviderConnection
    ) async -> Result<PublishedKeys, OpenIDError> {
        do throws(OpenIDError) {
            let answer = try await connection.get(provider.keys, what: "key set")
            guard answer.status == 200 else {
                throw .unexpectedStatus(host: provider.keys.host, status: answer.status)
            }
            return .success(try PublishedKeys(answer.body))
        } catch {
            return .failure(error)
        }
    }
}
