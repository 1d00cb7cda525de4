import Foundation
import Testing

@testable import Accounts

@Suite struct SealedBoxTests {
    private let box: SealedBox
    private let ring: KeyRing

    init() throws {
        ring = try KeyRing.random()
        box = SealedBox(ring)
    }

    @Test func whatIsSealedOpens() throws {
        let sealed = try box.seal(Data("791028302728".utf8), for: .iin)
        #expect(try box.open(sealed, for: .iin) == Data("791028302728".utf8))
        #expect(sealed.range(of: Data("791028302728".utf8)) == nil)
        #expect(try box.seal(Data("791028302728".utf8), for: .iin) != sealed)
        #expect(try box.open(try box.seal(Data(), for: .iin), for: .iin) == Data())
    }

    @Test("Every changed byte is detected")
    func changed() throws {
        let sealed = try box.seal(Data("791028302728".utf8), for: .iin)
        for index in sealed.indices {
            var broken = sealed
            broken[index] ^= 1
            #expect(throws: AccountsError.self) { try box.open(broken, for: .iin) }
        }
        for length in 0..<sealed.count {
            #expect(throws: AccountsError.self) { try box.open(sealed.prefix(length), for: .iin) }
        }
    }

    @Test("A value sealed for one purpose does not open for another")
    func purposes() throws {
        let sealed = try box.seal(Data("secret".utf8), for: .iin)
        #expect(throws: AccountsError.brokenSeal) { try box.open(sealed, for: .phone) }
        #expect(try box.hash("x", for: .iin) != box.hash("x", for: .phone))
    }

    @Test("After a key change old values open and old hashes are still looked up")
    func rotation() throws {
        let sealed = try box.seal(Data("secret".utf8), for: .iin)
        let hash = try box.hash("secret", for: .iin)
        let newer = SealedBox(try ring.rotated())
        #expect(try newer.open(sealed, for: .iin) == Data("secret".utf8))
        #expect(!newer.isCurrent(sealed))
        #expect(newer.isCurrent(try newer.seal(Data(), for: .iin)))
        #expect(try newer.hashes("secret", for: .iin).contains(hash))
        #expect(try newer.hash("secret", for: .iin) != hash)
        let bare = SealedBox(try ring.rotated().withoutOlder())
        #expect(throws: AccountsError.unknownKey(id: sealed[1..<5].map { String(format: "%02x", $0) }.joined())) {
            try bare.open(sealed, for: .iin)
        }
    }

    @Test func formTokens() throws {
        let token = try box.formToken(seed: Data("cookie".utf8))
        #expect(try box.isFormToken(token, seed: Data("cookie".utf8)))
        #expect(try SealedBox(try ring.rotated()).isFormToken(token, seed: Data("cookie".utf8)))
        #expect(try !box.isFormToken(token, seed: Data("another".utf8)))
        #expect(try !SealedBox(try KeyRing.random()).isFormToken(token, seed: Data("cookie".utf8)))
        for bad in ["", "x", token + "A", String(token.dropLast()), "====", token + "="] {
            #expect(try !box.isFormToken(bad, seed: Data("cookie".utf8)))
        }
    }

    @Test func deviceMarks() throws {
        let (person, now) = (PersonID(rawValue: 7), Date(timeIntervalSince1970: 1_000))
        let (set, end) = (Date(timeIntervalSince1970: 500), Date(timeIntervalSince1970: 2_000))
        let mark = try box.deviceMark(of: person, passwordSet: set, until: end)
        func holds(_ mark: String, _ person: PersonID, _ set: Date?, at time: Date) throws -> Bool {
            try box.isDeviceMark(mark, of: person, passwordSet: set, at: time)
        }
        #expect(try holds(mark, person, set, at: now))
        #expect(try !holds(mark, PersonID(rawValue: 8), set, at: now))
        #expect(try !holds(mark, person, set + 1, at: now))
        #expect(try !holds(mark, person, nil, at: now))
        #expect(try !holds(mark, person, set, at: end))
        #expect(try !holds(mark.replacingOccurrences(of: "2000.", with: "9000."), person, set, at: now))
        for bad in ["", ".", "2000.", "x.y", String(repeating: "9", count: 200)] {
            #expect(try !holds(bad, person, set, at: now))
        }
    }

    @Test("No other operation of the box returns the captcha key")
    func captcha() throws {
        let key = try box.captchaKey()
        #expect(key.count == 32)
        for seed in ["captcha", "challenge", ""] {
            #expect(try Base64URL.decode(try box.formToken(seed: Data(seed.utf8))) != key)
        }
        for purpose in SealedBox.Purpose.allCases where purpose != .captcha {
            #expect(try box.hash("challenge", for: purpose) != key)
        }
    }

    @Test("Keys that have changed meanwhile are read again, for opening and for sealing")
    func reread() throws {
        let newer = try ring.rotated()
        let running = SealedBox(ring) { newer }
        let sealed = try SealedBox(newer).seal(Data("secret".utf8), for: .iin)
        #expect(throws: AccountsError.self) { try box.open(sealed, for: .iin) }
        #expect(try running.open(sealed, for: .iin) == Data("secret".utf8))
        let other = SealedBox(ring) { newer }
        #expect(SealedBox(newer).isCurrent(try other.seal(Data(), for: .iin)))
        let alone = SealedBox(ring) { nil }
        #expect(box.isCurrent(try alone.seal(Data(), for: .iin)))
    }
}
