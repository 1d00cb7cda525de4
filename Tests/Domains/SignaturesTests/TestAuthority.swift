import Civic
import Foundation
import TestSupport

@testable import Signatures

/// An authority as the national one: a root, an intermediate authority, and certificates of people, made by `openssl`.
final class TestAuthority: Sendable {
    static let iin = "791028302728"
    static let bin = "990540004034"
    /// When the authorities began.
    private static let past = "20250101000000Z"
    /// The subject of a person, as the national authority writes it.
    static let person = "/C=KZ/CN=ТЕСТОВА ДИНА/SN=ТЕСТОВА/GN=ТЕСТОВНА/serialNumber=IIN\(iin)"
    /// The subject of somebody who signs for an organization.
    static let entity = person + "/O=ТОО «Тест»/OU=BIN\(bin)"

    let openssl: OpenSSL
    private let temporary: TemporaryFolder

    /// Makes the root, the intermediate authority and the certificates that most tests need.
    init() throws {
        temporary = try TemporaryFolder()
        openssl = OpenSSL(folder: temporary.url)
        try openssl.write("ca.cnf", Self.settings.utf8)
        for name in ["root", "stranger"] {
            try key(name)
            try issue(
                name,
                by: name,
                subject: "/C=KZ/CN=\(name)",
                extensions: "authority",
                from: Self.past,
                days: 7_300,
                more: ["-selfsign"]
            )
        }
        try key("middle")
        try issue(
            "middle",
            by: "root",
            subject: "/C=KZ/CN=middle",
            extensions: "authority",
            from: Self.past,
            days: 3_650
        )
        try key("dina")
        try issue("dina", from: Self.past)
    }

    private static let settings = """
        [req]
        distinguished_name = empty
        string_mask = utf8only
        utf8 = yes
        [empty]
        [ca]
        default_ca = any
        [any]
        policy = policy
        default_md = sha256
        string_mask = utf8only
        utf8 = yes
        unique_subject = no
        email_in_dn = no
        [policy]
        C = optional
        CN = optional
        SN = optional
        GN = optional
        serialNumber = optional
        O = optional
        OU = optional
        [authority]
        basicConstraints = critical, CA:TRUE
        keyUsage = critical, keyCertSign, cRLSign
        subjectKeyIdentifier = hash
        [signing]
        keyUsage = critical, digitalSignature, nonRepudiation
        extendedKeyUsage = emailProtection, 1.2.398.3.3.4.1.1
        [signing_in]
        keyUsage = critical, digitalSignature, keyEncipherment
        extendedKeyUsage = clientAuth, 1.2.398.3.3.4.1.1
        [not_for_documents]
        keyUsage = critical, digitalSignature
        extendedKeyUsage = emailProtection
        [server]
        keyUsage = critical, digitalSignature, nonRepudiation
        extendedKeyUsage = serverAuth

        """

    /// Makes a key: `ec` with P-256, or `rsa` with a number of bits.
    func key(_ name: String, _ kind: [String] = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]) throws {
        try openssl.run(["genpkey", "-out", "\(name).key"] + kind)
    }

    /// Issues a certificate for the key of a name.
    func issue(
        _ name: String,
        by issuer: String = "middle",
        subject: String = person,
        extensions: String = "signing",
        from: String? = nil,
        until: String? = nil,
        days: Int = 365,
        more: [String] = []
    ) throws {
        try prepare(issuer)
        try openssl.run(
            "req",
            "-new",
            "-config",
            "ca.cnf",
            "-utf8",
            "-key",
            "\(name).key",
            "-subj",
            subject,
            "-out",
            "\(name).csr"
        )
        let dates =
            (from.map { ["-startdate", $0] } ?? []) + (until.map { ["-enddate", $0] } ?? ["-days", String(days)])
        try openssl.run(
            [
                "ca", "-batch", "-notext", "-config", "\(issuer).cnf", "-extensions", extensions, "-in", "\(name).csr",
                "-out", "\(name).pem",
            ] + dates + more
        )
    }

    /// Writes the list of what an authority has revoked.
    func list(by issuer: String = "middle", revoking names: [String] = [], more: [String] = []) throws -> String {
        try prepare(issuer)
        for name in names {
            try openssl.run(
                "ca",
                "-config",
                "\(issuer).cnf",
                "-revoke",
                "\(name).pem",
                "-crl_reason",
                "keyCompromise"
            )
        }
        let file = "\(issuer)-\(UUID().uuidString).crl"
        let term = more.isEmpty ? ["-crldays", "30"] : more
        try openssl.run(["ca", "-config", "\(issuer).cnf", "-gencrl", "-out", file] + term)
        return file
    }

    func prepare(_ issuer: String) throws {
        guard !FileManager.default.fileExists(atPath: openssl.path("\(issuer).cnf")) else { return }
        let paths = """
            database = \(openssl.path("\(issuer).txt"))
            serial = \(openssl.path("\(issuer).srl"))
            new_certs_dir = \(openssl.folder.path)
            private_key = \(openssl.path("\(issuer).key"))
            certificate = \(openssl.path("\(issuer).pem"))

            """
        try openssl.write("\(issuer).txt", [])
        try openssl.write("\(issuer).srl", "1000\n".utf8)
        try openssl.write("\(issuer).cnf", Self.settings.replacing("[policy]", with: paths + "[policy]").utf8)
    }

    /// Signs a content with a key as NCALayer does: detached, with the signer's certificate only.
    func sign(_ content: [UInt8], by name: String = "dina", _ more: [String] = ["-nosmimecap"]) throws -> [UInt8] {
        let unique = UUID().uuidString
        try openssl.write("\(unique).txt", content)
        try openssl.run(
            [
                "cms", "-sign", "-binary", "-in", "\(unique).txt", "-signer", "\(name).pem", "-inkey", "\(name).key",
                "-md",
                "sha256", "-outform", "DER", "-out", "\(unique).p7s",
            ] + more
        )
        return try openssl.read("\(unique).p7s")
    }

    /// A trust of files.
    func trust(_ roots: [String] = ["root", "middle"], lists: [String] = []) throws -> Trust {
        let folder = openssl.folder.appending(path: UUID().uuidString)
        let listFolder = folder.appending(path: "lists")
        let rootFolder = folder.appending(path: "roots")
        for (folder, names) in [(rootFolder, roots.map { "\($0).pem" }), (listFolder, lists)] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in names {
                try FileManager.default.copyItem(
                    at: openssl.folder.appending(path: name),
                    to: folder.appending(path: name)
                )
            }
        }
        return try Trust(TrustFiles(roots: rootFolder.path, lists: lists.isEmpty ? nil : listFolder.path))
    }
}
