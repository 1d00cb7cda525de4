import Crypto
import Foundation
import TestSupport
import Testing

@testable import Captcha

@Suite struct ProofOfWorkTests {
    private static let key = SymmetricKey(data: Data("a key of thirty-two bytes length".utf8))
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// A verifier whose clock is `later` seconds after the start.
    private func verifier(
        _ used: any UsedChallenges = RememberedChallenges(),
        later: TimeInterval = 0,
        key: SymmetricKey = key,
        work: @escaping @Sendable () async -> Int = { 1 },
        report: @escaping @Sendable (CaptchaError) -> Void = { _ in }
    ) throws -> ProofOfWork {
        try ProofOfWork(
            key: key,
            maxNumber: 500,
            lifetime: 600,
            work: work,
            used: used,
            now: { Self.start.addingTimeInterval(later) },
            report: report
        )
    }

    private func challenge(_ data: Data) throws -> CaptchaSolver.Challenge {
        try JSONDecoder().decode(CaptchaSolver.Challenge.self, from: data)
    }

    @Test func knownAnswer() {
        let key = SymmetricKey(data: Data("secret".utf8))
        let made = SignedChallenge(salt: "0011223344556677?expires=1800000000&", number: 4242, key: key)
        #expect(made.challenge == "a85c08fcb1bbd0f6389ba049f146ea13260368a4bfb7f3f0ae0a75cb37bf6280")
        #expect(made.signature == "a32d0f02ad3617f7989ab7a4e015e6dd075fe8198be6e72e5b62e1ee2603ae71")
    }

    @Test func aChallengeIsWhatTheWidgetReads() async throws {
        let read = try challenge(try await verifier().challenge())
        #expect(read.algorithm == "SHA-256")
        #expect(read.maxnumber == 500)
        #expect(read.salt.wholeMatch(of: /[0-9a-f]{24}\?expires=1800000600&work=1&/) != nil)
        #expect(read.challenge.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        #expect(read.signature.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    }

    @Test func noTwoChallengesAreTheSame() async throws {
        let verifier = try verifier()
        var salts: Set<String> = []
        for _ in 0..<200 { salts.insert(try challenge(await verifier.challenge()).salt) }
        #expect(salts.count == 200)
    }

    @Test func aSolvedChallengePassesOnce() async throws {
        let used = RememberedChallenges()
        let verifier = try verifier(used)
        let response = try CaptchaSolver.response(to: await verifier.challenge())
        #expect(await verifier.verify(response) == .passed)
        #expect(await verifier.verify(response) == .used)
        #expect(await used.kept.values.map(\.timeIntervalSince1970) == [1_800_000_600])
    }

    @Test func ofManyAtOnceOnePasses() async throws {
        let verifier = try verifier()
        let response = try CaptchaSolver.response(to: await verifier.challenge())
        let verdicts = await withTaskGroup(of: CaptchaVerdict.self, returning: [CaptchaVerdict].self) { group in
            for _ in 0..<50 { group.addTask { await verifier.verify(response) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts.filter { $0 == .passed }.count == 1)
        #expect(verdicts.filter { $0 == .used }.count == 49)
    }

    @Test(arguments: [(599.0, CaptchaVerdict.passed), (600.0, .expired), (86_400.0, .expired)])
    func aChallengeExpires(later: TimeInterval, verdict: CaptchaVerdict) async throws {
        let response = try CaptchaSolver.response(to: try await verifier().challenge())
        #expect(await (try verifier(later: later)).verify(response) == verdict)
    }

    @Test("A challenge made before the clock was set back is accepted once", arguments: [1, 1_123_199])
    func clockSetBack(seconds: TimeInterval) async throws {
        let response = try CaptchaSolver.response(to: try await verifier().challenge())
        let later = try verifier(later: -seconds)
        #expect(await later.verify(response) == .passed)
        #expect(await later.verify(response) == .used)
    }

    @Test("Harder challenges are issued as requested, up to the limit, and accepted when solved")
    func harder() async throws {
        for (work, most) in [(0, 500), (1, 500), (4, 2_000), (8, 4_000), (1_000, 4_000)] {
            let verifier = try verifier(work: { work })
            let data = await verifier.challenge()
            #expect(try challenge(data).maxnumber == most)
            #expect(await verifier.verify(try CaptchaSolver.response(to: data)) == .passed)
        }
    }

    @Test(
        "Easy challenges cannot be hoarded: only one step below the current difficulty is accepted",
        arguments: [(1, 1), (1, 2), (1, 4), (1, 8), (2, 4), (2, 8), (4, 8), (8, 8), (8, 1), (4, 1_000)]
    )
    func hoarded(made: Int, present: Int) async throws {
        let response = try CaptchaSolver.response(to: try await verifier(work: { made }).challenge())
        let verdict: CaptchaVerdict = 2 * made >= min(present, 8) ? .passed : .expired
        #expect(await (try verifier(work: { present })).verify(response) == verdict)
    }

    @Test("The difficulty is signed: it cannot be changed in the salt")
    func signedWork() async throws {
        let easy = try challenge(try await verifier().challenge())
        let number = try #require(CaptchaSolver.number(of: easy))
        let salt = easy.salt.replacing("work=1&", with: "work=8&")
        #expect(salt != easy.salt)
        let forged = CaptchaSolver.field(easy, number: number, salt: salt)
        #expect(await (try verifier(work: { 8 })).verify(forged) == .wrong)
    }

    @Test func aDigitCannotMoveFromTheNumberToTheTime() async throws {
        let verifier = try verifier(later: 10_000)
        // Expired long ago, with a salt that lacks the closing mark: the hash stays the same when a digit moves from one part
        // to the other.
        let text = "00112233445566778899aabb?expires=1800000600&work=1"
        let data = verifier.challenge(salt: text, number: 421)
        let spliced = CaptchaSolver.field(try challenge(data), number: 21, salt: text + "4")
        #expect(await verifier.verify(spliced) == .wrong)
        let marked = verifier.challenge(salt: text + "&", number: 421)
        #expect(
            await verifier.verify(CaptchaSolver.field(try challenge(marked), number: 21, salt: text + "&4")) == .wrong
        )
        #expect(
            await verifier.verify(CaptchaSolver.field(try challenge(marked), number: 21, salt: text + "4&")) == .wrong
        )
    }

    @Test(arguments: [
        "", "&", "aa", "aa&", "aa?&", "aa?expires=&work=1&", "aa?expires=9999999999x&work=1&",
        "aa?expires=-1&work=1&", "aa?expires=+1900000000&work=1&", "aa?expires=1900000000&work=1",
        "aa?expires=1900000000&expires=1900000000&", "aa?expires=1900000000&expires=1900000000&work=1&",
        "aa?expires=99999999999999999999&work=1&", "aa?expires=253402300800&work=1&", "?expires=1900000000&work=1&",
        "aa?b?expires=1900000000&work=1&", "aa?expires=١٩٠٠٠٠٠٠٠٠&work=1&", "aa?expires=1900000000&",
        "aa?expires=1900000000&work=&", "aa?expires=1900000000&work=0&", "aa?expires=1900000000&work=-8&",
        "aa?expires=1900000000&work=1&work=8&", "aa?work=1&expires=1900000000&", "aa?work=1&",
    ])
    func aSaltThatWeDoNotWriteIsWrongThoughSigned(salt: String) async throws {
        let verifier = try verifier()
        let data = verifier.challenge(salt: salt, number: 7)
        #expect(await verifier.verify(CaptchaSolver.field(try challenge(data), number: 7)) == .wrong)
    }

    @Test func numbersOutOfBoundsAreWrong() async throws {
        let verifier = try verifier()
        for number in [-1, 4_001, Int.max, Int.min] {
            let data = verifier.challenge(salt: "aa?expires=1800000600&work=1&", number: number)
            #expect(await verifier.verify(CaptchaSolver.field(try challenge(data), number: number)) == .wrong)
        }
        let right = try challenge(verifier.challenge(salt: "aa?expires=1800000600&work=1&", number: 7))
        for number: Any in ["7", 7.5, 1e30, true, NSNull(), [7]] {
            #expect(await verifier.verify(CaptchaSolver.field(right, number: number)) == .wrong, "\(number)")
        }
        #expect(await verifier.verify(CaptchaSolver.field(right, number: 7)) == .passed)
    }

    @Test func eachPartMustBeRight() async throws {
        let verifier = try verifier()
        let other = try challenge(await verifier.challenge())
        let right = try challenge(await verifier.challenge())
        let number = try #require(CaptchaSolver.number(of: right))
        let wrong = [
            CaptchaSolver.field(right, number: number, algorithm: "SHA-512"),
            CaptchaSolver.field(right, number: number, algorithm: "sha-256"),
            CaptchaSolver.field(right, number: (number + 1) % 500),
            CaptchaSolver.field(right, number: number, salt: other.salt),
            CaptchaSolver.field(right, number: number, challenge: other.challenge),
            CaptchaSolver.field(right, number: number, signature: other.signature),
            CaptchaSolver.field(right, number: number, signature: ""),
            CaptchaSolver.field(right, number: number, challenge: right.challenge.uppercased()),
            CaptchaSolver.field(right, number: number, signature: right.signature.uppercased()),
            CaptchaSolver.field(right, number: number, salt: "00" + right.salt),
        ]
        for response in wrong { #expect(await verifier.verify(response) == .wrong) }
        let strange = try self.verifier(key: SymmetricKey(size: .bits256))
        #expect(await strange.verify(CaptchaSolver.field(right, number: number)) == .wrong)
        #expect(await verifier.verify(CaptchaSolver.field(right, number: number)) == .passed)
    }

    @Test(arguments: [
        "%%%", "e30=", "bnVsbA==", "W10=", "eyJhIjox", "\u{0}", "ә", String(repeating: "A", count: 100_000),
        Data(String(repeating: "[", count: 1500).utf8).base64EncodedString(),
    ])
    func whatIsNoResponseIsWrong(response: String) async throws {
        #expect(await (try verifier()).verify(response) == .wrong)
    }

    @Test func bytesAtRandomNeverPass() async throws {
        let used = RememberedChallenges()
        let verifier = try verifier(used)
        let good = Array(try CaptchaSolver.response(to: await verifier.challenge()).utf8)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var bytes = good
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            let verdict = await verifier.verify(String(decoding: bytes, as: UTF8.self))
            // A changed byte in `took`, which is not verified, leaves the response correct.
            #expect(verdict == .wrong || verdict == .passed || verdict == .used)
        }
        #expect(await used.kept.count <= 1)
    }

    @Test func nothingIsMissing() async throws {
        #expect(await (try verifier()).verify(nil) == .missing)
        #expect(await (try verifier()).verify("") == .missing)
    }

    @Test func aStoreThatFailsLetsNobodyThrough() async throws {
        let reported = ReportedErrors()
        let verifier = try verifier(BrokenChallenges(), report: { reported.add($0) })
        let response = try CaptchaSolver.response(to: await verifier.challenge())
        #expect(await verifier.verify(response) == .unavailable)
        #expect(reported.errors == [.storeFailed("Full")])
    }

    @Test func settingsAreChecked() {
        let used = RememberedChallenges()
        #expect(throws: CaptchaError.self) { try ProofOfWork(key: Self.key, maxNumber: 0, used: used) }
        #expect(throws: CaptchaError.self) { try ProofOfWork(key: Self.key, maxNumber: 100_000_000, used: used) }
        #expect(throws: CaptchaError.self) { try ProofOfWork(key: Self.key, lifetime: 1, used: used) }
        #expect(throws: CaptchaError.self) { try ProofOfWork(key: SymmetricKey(data: Data([1])), used: used) }
    }
}
