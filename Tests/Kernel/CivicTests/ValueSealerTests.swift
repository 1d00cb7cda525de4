import Foundation
import Testing

@testable import Civic

extension SealingPurpose {
    fileprivate static let iin = SealingPurpose(rawValue: "iin")
    fileprivate static let phone = SealingPurpose(rawValue: "phone")
}

@Suite struct ValueSealerTests {
    private let sealer: ValueSealer
    private let ring: KeyRing

    init() throws {
        ring = try KeyRing.random()
        sealer = ValueSealer(ring)
    }

    @Test func whatIsSealedOpens() throws {
        let sealed = try sealer.seal(Data("791028302728".utf8), for: .iin)
        #expect(try sealer.open(sealed, for: .iin) == Data("791028302728".utf8))
        #expect(sealed.range(of: Data("791028302728".utf8)) == nil)
        #expect(try sealer.seal(Data("791028302728".utf8), for: .iin) != sealed)
        #expect(try sealer.open(try sealer.seal(Data(), for: .iin), for: .iin) == Data())
    }

    @Test("Every changed byte is detected")
    func changed() throws {
        let sealed = try sealer.seal(Data("791028302728".utf8), for: .iin)
        for index in sealed.indices {
            var broken = sealed
            broken[index] ^= 1
            #expect(throws: CivicError.self) { try sealer.open(broken, for: .iin) }
        }
        for length in 0..<sealed.count {
            #expect(throws: CivicError.self) { try sealer.open(sealed.prefix(length), for: .iin) }
        }
    }

    @Test("A value sealed for one purpose does not open for another")
    func purposes() throws {
        let sealed = try sealer.seal(Data("secret".utf8), for: .iin)
        #expect(throws: CivicError.brokenSeal) { try sealer.open(sealed, for: .phone) }
        #expect(try sealer.hash("x", for: .iin) != sealer.hash("x", for: .phone))
    }

    @Test("After a key change old values open and old hashes are still looked up")
    func rotation() throws {
        let sealed = try sealer.seal(Data("secret".utf8), for: .iin)
        let hash = try sealer.hash("secret", for: .iin)
        let newer = ValueSealer(try ring.rotated())
        #expect(try newer.open(sealed, for: .iin) == Data("secret".utf8))
        #expect(!newer.isCurrent(sealed))
        #expect(newer.isCurrent(try newer.seal(Data(), for: .iin)))
        #expect(try newer.hashes("secret", for: .iin).contains(hash))
        #expect(try newer.hash("secret", for: .iin) != hash)
        let bare = ValueSealer(try ring.rotated().withoutOlder())
        #expect(throws: CivicError.unknownKey(id: sealed[1..<5].map { String(format: "%02x", $0) }.joined())) {
            try bare.open(sealed, for: .iin)
        }
    }

    @Test func formTokens() throws {
        let token = try sealer.formToken(seed: Data("cookie".utf8))
        #expect(try sealer.isFormToken(token, seed: Data("cookie".utf8)))
        #expect(try ValueSealer(try ring.rotated()).isFormToken(token, seed: Data("cookie".utf8)))
        #expect(try !sealer.isFormToken(token, seed: Data("another".utf8)))
        #expect(try !ValueSealer(try KeyRing.random()).isFormToken(token, seed: Data("cookie".utf8)))
        for bad in ["", "x", token + "A", String(token.dropLast()), "====", token + "="] {
            #expect(try !sealer.isFormToken(bad, seed: Data("cookie".utf8)))
        }
    }

    @Test("No other operation of the sealer returns the captcha key")
    func captcha() throws {
        let key = try sealer.captchaKey()
        #expect(key.count == 32)
        for seed in ["captcha", "challenge", ""] {
            #expect(try Base64URL.decode(try sealer.formToken(seed: Data(seed.utf8))) != key)
        }
        for purpose in [SealingPurpose.form, .throttle, .origin, .note, .mail, .iin, .phone] {
            #expect(try sealer.hash("challenge", for: purpose) != key)
        }
    }

    @Test("Keys that have changed meanwhile are read again, for opening and for sealing")
    func reread() throws {
        let newer = try ring.rotated()
        let running = ValueSealer(ring) { newer }
        let sealed = try ValueSealer(newer).seal(Data("secret".utf8), for: .iin)
        #expect(throws: CivicError.self) { try sealer.open(sealed, for: .iin) }
        #expect(try running.open(sealed, for: .iin) == Data("secret".utf8))
        let other = ValueSealer(ring) { newer }
        #expect(ValueSealer(newer).isCurrent(try other.seal(Data(), for: .iin)))
        let alone = ValueSealer(ring) { nil }
        #expect(sealer.isCurrent(try alone.seal(Data(), for: .iin)))
    }
}
