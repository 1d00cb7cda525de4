import Foundation
import Testing

@testable import Signatures

@Suite struct RevocationTests {
    private let authority: TestAuthority
    private let content = Array("a".utf8)

    init() throws { authority = try TestAuthority() }

    @Test("With a list a certificate is looked up; a revoked one is refused with its time and reason")
    func revoked() throws {
        let message = try authority.sign(content)
        let clean = try authority.list()
        let signature = try authority.trust(lists: [clean]).verify(message, over: content, by: .anybody)
        #expect(signature.revocation == .checked)
        let full = try authority.list(revoking: ["dina"])
        #expect { try authority.trust(lists: [full]).verify(message, over: content, by: .anybody) } throws: { error in
            guard case .revoked(let time, reason: 1, depth: 0) = error as? SignatureRefusal else { return false }
            return abs(time.timeIntervalSinceNow) < 3_600
        }
    }

    @Test("Lists of other authorities only, or out of date, refuse")
    func unusableLists() throws {
        let message = try authority.sign(content)
        let roots = try authority.list(by: "root")
        #expect(throws: SignatureRefusal.revocationUnknown) {
            try authority.trust(lists: [roots]).verify(message, over: content, by: .anybody)
        }
        let old = try authority.list(more: ["-crl_lastupdate", "20200101000000Z", "-crl_nextupdate", "20200201000000Z"])
        #expect(throws: SignatureRefusal.revocationListOutdated(Date(timeIntervalSince1970: 1_580_515_200))) {
            try authority.trust(lists: [old]).verify(message, over: content, by: .anybody)
        }
        let early = try authority.list(more: [
            "-crl_lastupdate", "20990101000000Z", "-crl_nextupdate", "20990201000000Z",
        ])
        #expect(throws: SignatureRefusal.revocationListOutdated(Date(timeIntervalSince1970: 4_070_908_800))) {
            try authority.trust(lists: [early]).verify(message, over: content, by: .anybody)
        }
        // A list that somebody else has made in the name of the authority.
        try authority.key("false")
        try FileManager.default.copyItem(
            atPath: authority.openssl.path("middle.key"),
            toPath: authority.openssl.path("kept.key")
        )
        let forged = try forgedList()
        #expect(throws: SignatureRefusal.revocationUnknown) {
            try authority.trust(lists: [forged]).verify(message, over: content, by: .anybody)
        }
    }

    private func forgedList() throws -> String {
        let list = try authority.list()
        let der = try authority.openssl.run("crl", "-in", list, "-outform", "DER")
        var bytes = Array(der)
        bytes[bytes.count - 3] ^= 1
        try authority.openssl.write("forged.crl", bytes)
        return "forged.crl"
    }

    @Test("An intermediate authority that was revoked takes its certificates with it")
    func revokedAuthority() throws {
        let message = try authority.sign(content)
        let lists = [try authority.list(), try authority.list(by: "root", revoking: ["middle"])]
        #expect { try authority.trust(lists: lists).verify(message, over: content, by: .anybody) } throws: { error in
            if case .revoked(_, reason: 1, depth: 1) = error as? SignatureRefusal { true } else { false }
        }
    }

    @Test("A server reads files again when they have changed, and keeps what it has while they cannot be read")
    func changes() async throws {
        let message = try authority.sign(content)
        let folder = authority.openssl.folder.appending(path: "watched")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let roots = try authority.openssl.read("root.pem") + authority.openssl.read("middle.pem")
        try authority.openssl.write("roots.pem", roots)
        let list = folder.appending(path: "middle.crl")
        try Data(try authority.openssl.read(try authority.list())).write(to: list)
        let files = TrustFiles(roots: authority.openssl.path("roots.pem"), lists: folder.path)
        let present = try Trust(files)
        let time = Date()
        func refusal(_ trust: Trust) -> SignatureRefusal? {
            do {
                _ = try trust.verify(message, over: content, by: .anybody)
                return nil
            } catch { return error }
        }
        let verifier = try SignatureVerifier(files)
        _ = try await verifier.verify(message, over: content, by: .anybody)
        #expect(verifier.inventory.lists == 1 && verifier.inventory.certificates == 2 && verifier.inventory.roots == 1)
        try Data(try authority.openssl.read(try authority.list(revoking: ["dina"]))).write(to: list)
        #expect(refusal(present) == nil)
        #expect(verifier.refreshed(at: time.addingTimeInterval(30)).marks == present.marks)
        let fresh = verifier.refreshed(at: time.addingTimeInterval(120))
        #expect(refusal(fresh)?.code == "revoked")
        try Data("rubbish".utf8).write(to: list)
        #expect(verifier.refreshed(at: time.addingTimeInterval(240)).marks == fresh.marks)
        #expect(throws: SignaturesError.malformed(path: list.path)) { try Trust(files) }
    }
}
