import Foundation
import TestSupport
import Testing

@testable import Signatures

@Suite struct AgreementTests {
    private let authority: TestAuthority
    private let content = Array("{\"text\": \"Ө\"}\n".utf8)

    init() throws { authority = try TestAuthority() }

    /// What `openssl cms -verify` says.
    private func isValid(_ message: [UInt8], over content: [UInt8], roots: String = "roots.pem") throws -> Bool {
        let name = UUID().uuidString
        try authority.openssl.write("\(name).p7s", message)
        try authority.openssl.write("\(name).txt", content)
        let (status, _, _) = try authority.openssl.answer([
            "cms", "-verify", "-binary", "-inform", "DER", "-in", "\(name).p7s", "-content", "\(name).txt", "-CAfile",
            roots,
            "-purpose", "smimesign", "-out", "\(name).out",
        ])
        return status == 0
    }

    @Test("openssl cms -verify accepts and refuses the same messages, also ones that were changed at random")
    func agrees() throws {
        try authority.openssl.write(
            "roots.pem",
            try authority.openssl.read("root.pem") + authority.openssl.read("middle.pem")
        )
        try authority.key("rsa", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        try authority.issue("rsa")
        let trust = try authority.trust()
        func refusal(_ message: [UInt8], _ content: [UInt8]) -> SignatureRefusal? {
            do throws(SignatureRefusal) {
                _ = try trust.verify(message, over: content, by: .anybody)
                return nil
            } catch { return error }
        }
        let messages = [
            try authority.sign(content), try authority.sign(content, by: "rsa"),
            try authority.sign(content, by: "rsa", ["-nosmimecap", "-keyopt", "rsa_padding_mode:pss"]),
            try authority.sign(content, ["-nosmimecap", "-certfile", "middle.pem", "-md", "sha384"]),
        ]
        for message in messages {
            #expect(refusal(message, content) == nil)
            #expect(try isValid(message, over: content))
            #expect(refusal(message, content + [0]) == .otherContent)
            #expect(try !isValid(message, over: content + [0]))
        }
        var random = SplitMix64(seed: 17)
        var (accepted, refused) = (0, 0)
        for round in 0..<160 {
            var message = messages[round % messages.count]
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let index = Int.random(in: message.indices, using: &random)
                switch Int.random(in: 0...5, using: &random) {
                case 0: message.remove(at: index)
                case 1: message.insert(random.next(), at: index)
                default: message[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
                }
            }
            let ours = refusal(message, content)
            let theirs = try isValid(message, over: content)
            #expect((ours == nil) == theirs, "round \(round): \(ours?.code ?? "valid")")
            if ours == nil { accepted += 1 } else { refused += 1 }
        }
        #expect(refused > 100)
    }
}
