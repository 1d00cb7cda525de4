import Civic
public import Crypto
public import Foundation

/// The built-in captcha: the browser searches for a number whose hash we give, compatible with ALTCHA's proof of work v1.
///
/// A challenge is signed, and stored only once it was used, until it expires. Its difficulty is signed with it, and a
/// challenge with less than half of the present difficulty counts as expired, so that easy ones cannot be hoarded.
public struct ProofOfWork: CaptchaVerifier {
    /// The default range of the number: about a second of work in a browser.
    public static let defaultMaxNumber = 50_000
    /// The default lifetime of a challenge, in seconds: long enough to fill in a form.
    public static let defaultLifetime: TimeInterval = 20 * 60

    /// The greatest difficulty of a challenge as a multiple of the usual one.
    public static let hardest = 8
    /// The hardest challenge: a slow browser could not solve a harder one before it expires.
    static let maxNumber = 10_000_000

    private let key: SymmetricKey
    private let maxNumber: Int
    private let lifetime: TimeInterval
    private let work: @Sendable () async -> Int
    private let used: any UsedChallenges
    private let now: @Sendable () -> Date
    private let report: @Sendable (CaptchaError) -> Void

    /// Makes a verifier of challenges that it makes itself.
    ///
    /// - Parameters:
    ///   - key: signs challenges; the same on each machine of one portal, for this purpose alone.
    ///   - maxNumber: the largest number that is searched for, 1…10,000,000.
    ///   - lifetime: how long a challenge can be answered, in seconds, 10 or more.
    ///   - work: how many times harder than usual a challenge is now, clamped to 1…`hardest`.
    ///   - used: where used challenges are remembered.
    ///   - now: the clock.
    ///   - report: receives the reason when a response could not be verified.
    /// - Throws: `CaptchaError.unusableSetting`.
    public init(
        key: SymmetricKey,
        maxNumber: Int = defaultMaxNumber,
        lifetime: TimeInterval = defaultLifetime,
        work: @escaping @Sendable () async -> Int = { 1 },
        used: any UsedChallenges,
        now: @escaping @Sendable () -> Date = { Date() },
        report: @escaping @Sendable (CaptchaError) -> Void = { _ in }
    ) throws(CaptchaError) {
        guard (1...10_000_000).contains(maxNumber) else {
            throw .unusableSetting("the largest number must be from 1 to 10000000")
        }
        guard lifetime >= 10, lifetime <= 86_400 else {
            throw .unusableSetting("the lifetime must be from 10 seconds to a day")
        }
        guard key.bitCount >= 128 else { throw .unusableSetting("the key must have 128 bits or more") }
        self.key = key
        self.maxNumber = maxNumber
        self.lifetime = lifetime
        self.work = work
        self.used = used
        self.now = now
        self.report = report
    }

    /// Always `.proofOfWork`.
    public var kind: CaptchaKind { .proofOfWork }

    /// The field that ALTCHA's widget fills in.
    public var fieldName: String { "altcha" }

    /// A new challenge as the JSON that the browser's side reads; must not be cached.
    public func challenge() async -> Data {
        let work = await presentWork()
        // A browser must finish before the challenge expires, whatever difficulty the operator has set.
        let maxNumber = max(maxNumber, min(maxNumber * work, Self.maxNumber))
        var generator = SystemRandomNumberGenerator()
        let salt = ChallengeSalt(expiring: now().addingTimeInterval(lifetime), work: work, using: &generator)
        let number = Int.random(in: 0...maxNumber, using: &generator)
        return challenge(salt: salt.text, number: number, maxNumber: maxNumber)
    }

    private func presentWork() async -> Int { min(max(await work(), 1), Self.hardest) }

    /// The challenge whose answer is the number.
    func challenge(salt: String, number: Int) -> Data {
        challenge(salt: salt, number: number, maxNumber: maxNumber)
    }

    private func challenge(salt: String, number: Int, maxNumber: Int) -> Data {
        let signature = SignedChallenge(salt: salt, number: number, key: key)
        // Everything inserted is our own: characters that JSON does not escape.
        let text =
            #"{"algorithm":"\#(SolvedChallenge.algorithm)","challenge":"\#(signature.challenge)","#
            + #""maxnumber":\#(maxNumber),"salt":"\#(salt)","signature":"\#(signature.signature)"}"#
        return Data(text.utf8)
    }

    /// Verifies a solved challenge; does not use the address.
    public func verify(_ response: String?, remoteAddress: String? = nil) async -> CaptchaVerdict {
        guard let response, !response.isEmpty else { return .missing }
        guard let solved = SolvedChallenge(response), (0...maxNumber * Self.hardest).contains(solved.number),
            let salt = ChallengeSalt(solved.salt)
        else { return .wrong }
        let expected = SignedChallenge(salt: solved.salt, number: solved.number, key: key)
        let isSame = expected.challenge.isEqualInConstantTime(to: solved.challenge)
        let isAuthentic = expected.signature.isEqualInConstantTime(to: solved.signature)
        guard isSame, isAuthentic else { return .wrong }
        // An expiry further away than ours means that the clock was set back since: treat the challenge as made now, and
        // remember it as used until it expires.
        guard now() < salt.expires else { return .expired }
        // Each step doubles the difficulty; a challenge fetched just before the last step is still accepted.
        guard await presentWork() <= 2 * salt.work else { return .expired }
        do {
            return try await used.use(expected.challenge, until: salt.expires) ? .passed : .used
        } catch {
            report(.storeFailed(String(describing: type(of: error))))
            return .unavailable
        }
    }
}

/// Remembers which challenges were used, so that none is used twice.
public protocol UsedChallenges: Sendable {
    /// Marks a challenge as used.
    ///
    /// - Parameters:
    ///   - challenge: identifies the challenge.
    ///   - until: when the mark may be forgotten, because the challenge has expired by then.
    /// - Returns: false when it was used already.
    /// - Throws: what the store throws; the challenge is refused then.
    func use(_ challenge: String, until: Date) async throws -> Bool
}
