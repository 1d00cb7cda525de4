import Civic
import Foundation
import Testing

@testable import Signatures

@Suite struct KazakhKeyTests {
    private let kazakh: KazakhAuthority
    private let content = Array("Қазақстан\n".utf8)

    init() throws { kazakh = try KazakhAuthority() }

    @Test("Signatures with keys of GOST 34.10-2015 under their Kazakh names are verified like others")
    func valid() throws {
        let trust = try kazakh.authority.trust(["kroot"])
        #expect(trust.inventory.needsGOST && trust.inventory.hasGOST)
        let iin = try IndividualIdentificationNumber(TestAuthority.iin)
        for options in [[], ["-nodetach"], ["-keyid"]] {
            let message = try kazakh.sign(content, options)
            let signature = try trust.verify(message, over: content, by: .person(iin))
            #expect(signature.certificate.keyBits == 512 && signature.certificate.key == "kz-gost34.10-2015-512")
            #expect(signature.digest == "kz-gost34.11-2015-512")
            #expect(signature.isAttached == (options == ["-nodetach"]))
        }
    }

    @Test("Another content, a changed signature, the Russian order of bytes and other roots are refused")
    func refused() throws {
        let trust = try kazakh.authority.trust(["kroot"])
        let message = try kazakh.sign(content)
        #expect(throws: SignatureRefusal.otherContent) { try trust.verify(message, over: [1], by: .anybody) }
        var changed = message
        changed[changed.count - 7] ^= 0x10
        #expect(throws: SignatureRefusal.wrongSignature) { try trust.verify(changed, over: content, by: .anybody) }
        let russian = message.dropLast(128) + message.suffix(128).reversed()
        #expect(throws: SignatureRefusal.wrongSignature) {
            try trust.verify(Array(russian), over: content, by: .anybody)
        }
        #expect { try kazakh.authority.trust().verify(message, over: content, by: .anybody) } throws: { error in
            let refusal = error as? SignatureRefusal
            return refusal == .gostUnavailable || refusal == .untrusted(issuer: "groot")
        }
        // A root of the same name with another key.
        let other = try KazakhAuthority()
        let strange = try other.sign(content)
        #expect(throws: SignatureRefusal.untrusted(issuer: "groot")) {
            try trust.verify(strange, over: content, by: .anybody)
        }
    }

    @Test("Lists that are signed with such keys are read")
    func revoked() throws {
        let message = try kazakh.sign(content)
        let clean = try kazakh.authority.trust(["kroot"], lists: [try kazakh.list(revoking: [])])
        #expect(try clean.verify(message, over: content, by: .anybody).revocation == .checked)
        let full = try kazakh.authority.trust(["kroot"], lists: [try kazakh.list(revoking: ["gdina"])])
        #expect { try full.verify(message, over: content, by: .anybody) } throws: { error in
            if case .revoked(_, reason: nil, depth: 0) = error as? SignatureRefusal { true } else { false }
        }
    }
}
