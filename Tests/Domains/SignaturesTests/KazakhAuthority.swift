import Foundation

@testable import Signatures

/// An authority with keys of GOST 34.10-2015 as the national one has them.
///
/// OpenSSL's engine makes keys, certificates and messages under the Russian names; they are written anew under the Kazakh ones, with
/// the bytes of signatures in the opposite order, and certificates are signed again.
struct KazakhAuthority {
    private static let gost = ["-engine", "gost"]
    private static let md = gost + ["-md", "md_gost12_512"]
    let authority: TestAuthority
    private var openssl: OpenSSL { authority.openssl }

    init() throws {
        authority = try TestAuthority()
        for name in ["groot", "gdina"] {
            try authority.key(name, Self.gost + ["-algorithm", "gost2012_512", "-pkeyopt", "paramset:A"])
        }
        try openssl.run(
            [
                "req", "-x509", "-config", "ca.cnf", "-extensions", "authority", "-key", "groot.key", "-days", "30",
                "-subj",
                "/C=KZ/CN=groot", "-out", "groot.pem", "-md_gost12_512",
            ] + Self.gost
        )
        try openssl.run(
            [
                "req", "-new", "-config", "ca.cnf", "-utf8", "-key", "gdina.key", "-subj", TestAuthority.person, "-out",
                "gdina.csr", "-md_gost12_512",
            ] + Self.gost
        )
        try authority.prepare("groot")
        try openssl.run(
            [
                "ca", "-batch", "-notext", "-config", "groot.cnf", "-extensions", "signing", "-in", "gdina.csr", "-out",
                "gdina.pem", "-days", "30",
            ] + Self.md
        )
        try openssl.write("kroot.pem", try kazakh(try der("x509", "groot.pem")))
    }

    /// The Kazakh form of a message over a content.
    func sign(_ content: [UInt8], _ more: [String] = []) throws -> [UInt8] {
        try openssl.write("content", content)
        try openssl.run(
            [
                "cms", "-sign", "-binary", "-nosmimecap", "-in", "content", "-signer", "gdina.pem", "-inkey",
                "gdina.key",
                "-outform", "DER", "-out", "message",
            ] + Self.md + more
        )
        var message = try DER(try openssl.read("message"))
        var data = message.parts[1].parts[0]
        let certificates = try data.parts[3].parts.map { try DER(try kazakh($0.bytes)) }
        var signer = data.parts[4].parts[0]
        guard let last = signer.parts.lastIndex(where: { if case .primitive(0x04, _) = $0 { true } else { false } }),
            case .primitive(_, let signature) = signer.parts[last]
        else { throw DER.Malformed() }
        signer.parts[last - 1] = .sequence(.oid("1.2.398.3.10.1.1.2.3.2"), .null)
        signer.parts[last] = .primitive(tag: 0x04, signature.reversed())
        data.parts[3].parts = certificates
        data.parts[4].parts[0] = signer
        message.parts[1].parts[0] = renamed(data)
        return message.bytes
    }

    /// The Kazakh form of the list of what the authority has revoked.
    func list(revoking names: [String]) throws -> String {
        for name in names {
            try openssl.run(["ca", "-config", "groot.cnf", "-revoke", "\(name).pem"] + Self.md)
        }
        try openssl.run(["ca", "-config", "groot.cnf", "-gencrl", "-crldays", "30", "-out", "list.pem"] + Self.md)
        let name = "kazakh-\(names.count).crl"
        try openssl.write(name, try kazakh(try der("crl", "list.pem")))
        return name
    }

    private func der(_ kind: String, _ name: String) throws -> [UInt8] {
        Array(try openssl.run(kind, "-in", name, "-outform", "DER"))
    }

    // A certificate or a list: what is signed, the algorithm, the signature.
    private func kazakh(_ bytes: [UInt8]) throws -> [UInt8] {
        let content = renamed(try DER(bytes).parts[0])
        try openssl.write("signed", content.bytes)
        let signature = try openssl.run(["dgst"] + Self.gost + ["-md_gost12_512", "-sign", "groot.key", "signed"])
        return DER.sequence(
            content,
            .sequence(.oid("1.2.398.3.10.1.1.2.3.2")),
            .primitive(tag: 0x03, [0] + signature.reversed())
        ).bytes
    }

    private func renamed(_ value: DER) -> DER {
        value.replacing { part in
            switch part.parts.first {
            case let oid? where oid.isOID("1.2.643.7.1.1.1.2"):
                .sequence(
                    .oid("1.2.398.3.10.1.1.2.2"),
                    .sequence(.oid("1.2.398.3.10.1.1.2.2.1"), .oid("1.2.398.3.10.1.3.3"))
                )
            case let oid? where oid.isOID("1.2.643.7.1.1.3.3"): .sequence(.oid("1.2.398.3.10.1.1.2.3.2"))
            case let oid? where oid.isOID("1.2.643.7.1.1.2.3"): .sequence(.oid("1.2.398.3.10.1.3.3"), .null)
            default: nil
            }
        }
    }
}
