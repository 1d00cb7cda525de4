import Civic
import Foundation
import TestSupport
import Testing

@testable import Signatures

@Suite struct VerificationTests {
    private let authority: TestAuthority
    private let content = Array("{\n  \"text\": \"Жол туралы\"\n}\n".utf8)

    init() throws { authority = try TestAuthority() }

    @Test("A detached signature tells who signed with what and when")
    func detached() throws {
        let message = try authority.sign(content)
        let iin = try IndividualIdentificationNumber(TestAuthority.iin)
        let signature = try authority.trust().verify(message, over: content, by: .person(iin))
        #expect(signature.signer.iin == iin)
        #expect(signature.signer.bin == nil)
        #expect(signature.signer.name == "ТЕСТОВА ДИНА")
        #expect(signature.signer.surname == "ТЕСТОВА")
        #expect(signature.signer.patronymic == "ТЕСТОВНА")
        #expect(signature.certificate.issuer == "middle")
        #expect(signature.certificate.serial == "1000")
        #expect(signature.certificate.key == "id-ecPublicKey" && signature.certificate.keyBits == 256)
        #expect(signature.digest == "SHA256")
        #expect(!signature.isAttached && signature.revocation == .notChecked && signature.message == message)
        let time = try #require(signature.signingTime)
        #expect(abs(time.timeIntervalSinceNow) < 3_600)
        #expect(signature.certificate.validity.contains(time))
        let printed = try authority.openssl.run("x509", "-in", "dina.pem", "-noout", "-fingerprint", "-sha256")
        let digits = String(decoding: printed, as: UTF8.self).split(separator: "=")[1].filter(\.isHexDigit)
        #expect(signature.certificate.fingerprint == digits.lowercased())
    }

    @Test("PEM as OpenSSL and NCALayer write it, base64 with and without line ends, and content within are taken")
    func armours() throws {
        let trust = try authority.trust()
        let message = try authority.sign(content)
        let base64 = Data(message).base64EncodedString(options: [.lineLength64Characters, .endLineWithCarriageReturn])
        let lines = base64.replacing("\r", with: "\r\n")
        for text in [
            "-----BEGIN CMS-----\r\n\(lines)\r\n-----END CMS-----\r\n",
            "-----BEGIN PKCS7-----\n\(lines)\n-----END PKCS7-----",
            Data(message).base64EncodedString(), lines, "\n \(lines)\n",
        ] {
            #expect(try trust.verify(Array(text.utf8), over: content, by: .anybody).message == message)
        }
        let attached = try authority.sign(content, ["-nosmimecap", "-nodetach"])
        #expect(try trust.verify(attached, over: content, by: .anybody).isAttached)
        // Written in pieces of indefinite length, as streams are.
        let stream = try authority.sign(content, ["-nosmimecap", "-nodetach", "-stream"])
        #expect(stream[1] == 0x80)
        #expect(try trust.verify(stream, over: content, by: .anybody).isAttached)
    }

    @Test(
        "Keys of RSA with both paddings and longer digests are taken",
        arguments: [["-md", "sha512"], ["-keyopt", "rsa_padding_mode:pss"], ["-keyid"], ["-cades"]]
    )
    func kinds(options: [String]) throws {
        try authority.key("rsa", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
        try authority.issue("rsa", more: ["-extfile", authority.openssl.path("ca.cnf")])
        let message = try authority.sign(content, by: "rsa", ["-nosmimecap"] + options)
        let signature = try authority.trust().verify(message, over: content, by: .anybody)
        #expect(signature.certificate.key == "rsaEncryption" && signature.certificate.keyBits == 2_048)
        #expect(signature.digest == (options.last == "sha512" ? "SHA512" : "SHA256"))
    }

    @Test("A signature over anything else, or changed, is refused")
    func otherContent() throws {
        let trust = try authority.trust()
        let attached = try authority.sign(content, ["-nosmimecap", "-nodetach"])
        for message in [try authority.sign(content), attached] {
            for other in [content + [10], Array(content.dropLast()), [], Array("x".utf8)] {
                #expect(throws: SignatureRefusal.otherContent) { try trust.verify(message, over: other, by: .anybody) }
            }
        }
        var changed = try authority.sign(content)
        changed[changed.count - 5] ^= 1
        #expect(throws: SignatureRefusal.wrongSignature) { try trust.verify(changed, over: content, by: .anybody) }
    }

    @Test("A chain must lead to a root; a stranger's, a missing link and a certificate of one's own are refused")
    func chains() throws {
        let message = try authority.sign(content)
        #expect(throws: SignatureRefusal.untrusted(issuer: "middle")) {
            try authority.trust(["stranger"]).verify(message, over: content, by: .anybody)
        }
        #expect(throws: SignatureRefusal.untrusted(issuer: "middle")) {
            try authority.trust(["root"]).verify(message, over: content, by: .anybody)
        }
        // The link may come with the signature.
        let whole = try authority.sign(content, ["-nosmimecap", "-certfile", "middle.pem"])
        #expect(try authority.trust(["root"]).verify(whole, over: content, by: .anybody).certificate.issuer == "middle")
        #expect(throws: SignaturesError.self) { try authority.trust(["middle"]) }
        try authority.key("own")
        try authority.openssl.run(
            "req",
            "-x509",
            "-config",
            "ca.cnf",
            "-extensions",
            "signing",
            "-utf8",
            "-key",
            "own.key",
            "-days",
            "30",
            "-subj",
            TestAuthority.person,
            "-out",
            "own.pem"
        )
        let own = try authority.sign(content, by: "own")
        #expect(throws: SignatureRefusal.selfSigned) { try authority.trust().verify(own, over: content, by: .anybody) }
        // A person's certificate cannot issue others.
        try authority.key("forged")
        try authority.issue("forged", by: "dina")
        let forged = try authority.sign(content, by: "forged", ["-nosmimecap", "-certfile", "dina.pem"])
        #expect { try authority.trust().verify(forged, over: content, by: .anybody) } throws: { error in
            if case .chain(_, _, 1) = error as? SignatureRefusal { true } else { false }
        }
        #expect(throws: SignatureRefusal.noCertificate) {
            try authority.trust().verify(
                try authority.sign(content, ["-nosmimecap", "-nocerts"]),
                over: content,
                by: .anybody
            )
        }
    }

    @Test("Certificates must be valid now, and when the signer says to have signed")
    func validity() throws {
        let trust = try authority.trust()
        let message = try authority.sign(content)
        let good = try trust.verify(message, over: content, by: .anybody)
        let (from, until) = (good.certificate.validity.lowerBound, good.certificate.validity.upperBound)
        #expect(throws: SignatureRefusal.expired(until, depth: 0)) {
            try trust.verify(message, over: content, by: .anybody, at: until.addingTimeInterval(1))
        }
        let signed = try #require(good.signingTime)
        #expect(throws: SignatureRefusal.signedInTheFuture(signed)) {
            try trust.verify(message, over: content, by: .anybody, at: signed.addingTimeInterval(-301))
        }
        #expect {
            try trust.verify(message, over: content, by: .anybody, at: from.addingTimeInterval(-3_600))
        } throws: {
            if case .notYetValid = $0 as? SignatureRefusal { true } else { false }
        }
        try authority.key("late")
        try authority.issue("late", from: "20990101000000Z", until: "20991231000000Z")
        let late = try authority.sign(content, by: "late")
        #expect(throws: SignatureRefusal.notYetValid(Date(timeIntervalSince1970: 4_070_908_800), depth: 0)) {
            try trust.verify(late, over: content, by: .anybody)
        }
        try authority.key("old")
        try authority.issue("old", from: "20200101000000Z", until: "20210101000000Z")
        let old = try authority.sign(content, by: "old")
        #expect(throws: SignatureRefusal.expired(Date(timeIntervalSince1970: 1_609_459_200), depth: 0)) {
            try trust.verify(old, over: content, by: .anybody)
        }
    }

    @Test("A signing time outside the certificate's validity is refused, although the certificate is valid now")
    func signingTime() throws {
        try authority.key("new")
        let from = Date().addingTimeInterval(20 * 86_400)
        let format = Date.VerbatimFormatStyle(
            format:
                "\(year: .defaultDigits)\(month: .twoDigits)\(day: .twoDigits)000000Z",
            timeZone: .gmt,
            calendar: Calendar(identifier: .gregorian)
        )
        try authority.issue("new", from: from.formatted(format))
        let message = try authority.sign(content, by: "new")
        #expect {
            try authority.trust().verify(message, over: content, by: .anybody, at: from.addingTimeInterval(86_400))
        } throws: {
            if case .signedOutsideValidity = $0 as? SignatureRefusal { true } else { false }
        }
    }

    @Test(
        "Certificates for signing in, for servers and without nonRepudiation do not sign documents",
        arguments: ["signing_in", "server", "not_for_documents", "authority"]
    )
    func usage(extensions: String) throws {
        try authority.key("odd")
        try authority.issue("odd", extensions: extensions)
        let message = try authority.sign(content, by: "odd")
        #expect(throws: SignatureRefusal.keyUsage) {
            try authority.trust().verify(message, over: content, by: .anybody)
        }
    }

    @Test("The IIN or BIN must be the expected one")
    func identity() throws {
        let trust = try authority.trust()
        let iin = try IndividualIdentificationNumber(TestAuthority.iin)
        let bin = try BusinessIdentificationNumber(TestAuthority.bin)
        let message = try authority.sign(content)
        #expect(throws: SignatureRefusal.otherSigner(.iin)) {
            let other = try IndividualIdentificationNumber("890503401409")
            return try trust.verify(message, over: content, by: .person(other))
        }
        #expect(throws: SignatureRefusal.noNumber(.bin)) { try trust.verify(message, over: content, by: .entity(bin)) }
        try authority.key("firm")
        try authority.issue("firm", subject: TestAuthority.entity)
        let firm = try authority.sign(content, by: "firm")
        let signer = try trust.verify(firm, over: content, by: .entity(bin)).signer
        #expect(signer.bin == bin && signer.iin == iin && signer.organization == "ТОО «Тест»")
        #expect(throws: SignatureRefusal.otherSigner(.bin)) { try trust.verify(firm, over: content, by: .person(iin)) }
        for subject in [
            "/C=KZ/CN=X", "/C=KZ/CN=X/serialNumber=\(TestAuthority.iin)", "/C=KZ/CN=X/serialNumber=IIN123",
            "/CN=X/serialNumber=IIN\(TestAuthority.iin)/serialNumber=IIN\(TestAuthority.iin)",
            "/C=KZ/CN=IIN\(TestAuthority.iin)",
        ] {
            try authority.key("nobody")
            try authority.issue("nobody", subject: subject)
            let message = try authority.sign(content, by: "nobody")
            #expect(throws: SignatureRefusal.noNumber(.iin), "\(subject)") {
                try trust.verify(message, over: content, by: .person(iin))
            }
        }
    }
}
