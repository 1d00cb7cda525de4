import Foundation
import TestSupport
import Testing

@testable import Signatures

@Suite struct HostileMessageTests {
    private let authority: TestAuthority
    private let trust: Trust
    private let content = Array("text".utf8)

    init() throws {
        authority = try TestAuthority()
        trust = try authority.trust()
    }

    private func refusal(_ message: [UInt8]) -> SignatureRefusal? {
        do throws(SignatureRefusal) {
            _ = try trust.verify(message, over: content, by: .anybody)
            return nil
        } catch { return error }
    }

    private static func repeated(_ bytes: [UInt8], _ times: Int) -> [UInt8] {
        (0..<times).flatMap { _ in bytes }
    }

    @Test("Garbage, parts of messages, other structures and nesting without end are malformed")
    func malformed() throws {
        let message = try authority.sign(content)
        var random = SplitMix64(seed: 3)
        var inputs: [[UInt8]] = [
            [], [0x30], [0x30, 0x80], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], Array("MII".utf8), message + [0],
            Array("-----BEGIN CMS-----\n-----END CMS-----".utf8),
            Array("-----BEGIN CMS-----\n!!!!\n-----END CMS-----".utf8),
            Self.repeated([0x30, 0x80], 200_000),
            Self.repeated([0x24, 0x80], 200_000),
            Self.repeated([0x30, 0x84, 0x00, 0x0F, 0x00, 0x00], 100_000),
            Array(try authority.openssl.run("x509", "-in", "dina.pem", "-outform", "DER")),
        ]
        inputs += stride(from: 1, to: message.count, by: 41).map { Array(message.prefix($0)) }
        for _ in 0..<200 {
            inputs.append(
                [0x30, 0x82] + (0..<Int.random(in: 0...400, using: &random)).map { _ in random.next() as UInt8 }
            )
        }
        for input in inputs { #expect(refusal(input) == .malformed, "\(input.prefix(8)), \(input.count) bytes") }
    }

    @Test("A content within that is nested without end is refused")
    func nestedContent() throws {
        // The content of signed data as pieces within pieces, which readers join.
        let nested = Self.repeated([0x24, 0x80], 100_000) + [0x04, 0x01, 0x41]
        let head =
            DER.oid("1.2.840.113549.1.7.2").bytes + [0xA0, 0x80, 0x30, 0x80, 0x02, 0x01, 0x01, 0x31, 0x00, 0x30, 0x80]
        let type = DER.oid("1.2.840.113549.1.7.1").bytes
        let message: [UInt8] = [[0x30, 0x80], head, type, [0xA0, 0x80], nested].flatMap { $0 }
        #expect(refusal(message) == .malformed)
        #expect(refusal(message + [UInt8](repeating: 0, count: 2 * 100_000 + 12)) == .malformed)
    }

    @Test("Messages and contents have a largest size")
    func sizes() throws {
        let most = SignatureVerifier.maxBytes
        let large = [UInt8(0x30), 0x84] + [UInt8](repeating: 0x30, count: most)
        #expect(refusal(large) == .tooLarge(bytes: most + 2, most: most))
        let longer = [UInt8](repeating: UInt8(ascii: "M"), count: 2 * most)
        #expect(refusal(longer) == .tooLarge(bytes: 2 * most, most: most))
        let content = [UInt8](repeating: 0x20, count: SignatureVerifier.maxContent + 1)
        #expect(throws: SignatureRefusal.tooLarge(bytes: content.count, most: SignatureVerifier.maxContent)) {
            try trust.verify(try authority.sign(self.content), over: content, by: .anybody)
        }
    }

    @Test("One signature, at most ten certificates, signed attributes, plain data")
    func structure() throws {
        try authority.key("second")
        try authority.issue("second")
        let two = try authority.sign(content, ["-nosmimecap", "-signer", "second.pem", "-inkey", "second.key"])
        #expect(refusal(two) == .signers(2))
        var bundle = ""
        for index in 0..<10 {
            try authority.key("more\(index)")
            try authority.issue("more\(index)")
            bundle += String(decoding: try authority.openssl.read("more\(index).pem"), as: UTF8.self)
        }
        try authority.openssl.write("bundle.pem", bundle.utf8)
        let crowded = try authority.sign(content, ["-nosmimecap", "-certfile", "bundle.pem"])
        #expect(refusal(crowded) == .certificates(11, most: 10))
        #expect(refusal(try authority.sign(content, ["-noattr"])) == .noAttributes)
        let typed = try authority.sign(content, ["-nosmimecap", "-econtent_type", "1.2.3.4"])
        #expect(refusal(typed) == .notSignedData)
        try authority.openssl.write("plain", [UInt8](repeating: 0x41, count: 300))
        let digested = Array(try authority.openssl.run("cms", "-digest_create", "-in", "plain", "-outform", "DER"))
        #expect(refusal(digested) == .notSignedData)
    }

    @Test("Digests that can be forged and keys that are too weak are refused")
    func weak() throws {
        for digest in ["sha1", "sha224"] {
            #expect(refusal(try authority.sign(content, ["-nosmimecap", "-md", digest]))?.code == "weak_digest")
        }
        let forgeable = try DER(try authority.sign(content)).replacing { part in
            part.isOID("2.16.840.1.101.3.4.2.1") ? .oid("1.2.840.113549.2.5") : nil
        }
        #expect(refusal(forgeable.bytes) == .weakDigest("MD5"))
        try authority.key("short", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"])
        try authority.issue("short")
        #expect(refusal(try authority.sign(content, by: "short")) == .weakKey(bits: 1_024))
        try authority.key("curve", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:prime192v1"])
        try authority.issue("curve")
        #expect(refusal(try authority.sign(content, by: "curve")) == .weakKey(bits: 192))
        // Signed with SHA-1 by the authority.
        try authority.key("sha1")
        try authority.issue("sha1", more: ["-md", "sha1"])
        #expect(refusal(try authority.sign(content, by: "sha1")) == .weakChain(depth: 0))
    }
}
