import Civic
import Configuration
import Foundation
import SignatureSite
import Signatures
import TestSupport
import Testing

@testable import SiteKit

@Suite struct SignatureSettingsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func settings(_ values: [String: String]) throws(SiteError) -> SignatureSettings {
        var keys: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in values {
            keys[AbsoluteConfigKey(stringLiteral: key)] = ConfigValue(.string(value), isSecret: false)
        }
        return try SignatureSettings(SettingsReader(values: keys))
    }

    @Test("Without settings no signatures are taken and NCALayer is not offered")
    func nothing() throws {
        let settings = try settings([:])
        #expect(settings.files == nil && settings.ncaLayer == nil)
        let signing = try Signing(settings)
        #expect(signing.verifier == nil)
        #expect(Feature.signing(signing).contentSources.connections == [])
    }

    @Test("NCALayer's address is one of the reader's computer, and pages may connect to it only when it is set")
    func address() throws {
        let path = folder.url.path
        for address in ["wss://127.0.0.1:13579", "ws://localhost:80", SignatureSettings.usualAddress] {
            let settings = try settings(["signature.roots": path, "ncalayer.address": address])
            #expect(settings.ncaLayer == address)
            #expect(ContentSources(connections: [address]).policy.contains("connect-src 'self' \(address); "))
        }
        for address in [
            "wss://example.kz:13579", "https://127.0.0.1:13579", "wss://127.0.0.1", "wss://127.0.0.1:0",
            "wss://127.0.0.1:1/x",
            "wss://127.0.0.1:13579 *", "wss://a@127.0.0.1:13579", "127.0.0.1:13579",
            "wss://127.0.0.1:13579;script-src *",
        ] {
            #expect(throws: SiteError.self, "\(address)") {
                try settings(["signature.roots": path, "ncalayer.address": address])
            }
        }
        #expect(ContentSources().policy.contains("connect-src 'self'; "))
    }

    @Test("Lists and NCALayer need roots, and files must be there and be certificates")
    func files() throws {
        #expect(throws: SiteError.self) { try settings(["signature.lists": folder.url.path]) }
        #expect(throws: SiteError.self) { try settings(["ncalayer.address": SignatureSettings.usualAddress]) }
        #expect(throws: SiteError.self) { try settings(["signature.roots": folder.url.path + "/none"]) }
        let empty = try settings(["signature.roots": folder.url.path])
        #expect(throws: SignaturesError.noRoot(path: folder.url.path)) { try Signing(empty) }
        let file = folder.url.appending(path: "roots.pem")
        try Data("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8).write(to: file)
        let broken = try settings(["signature.roots": file.path])
        #expect(throws: SignaturesError.malformed(path: file.path)) { try Signing(broken) }
    }

    @Test("Every refusal has words in every language, which say nothing that identifies a person")
    func words() async throws {
        let paths = try ResourcePaths(folder: ProductFolder.url.path)
        let folders = try ["SiteKit", "SignatureSite"].map { try paths.resources(of: $0).appending(path: "Locale") }
        let catalogue = try StringCatalogue(folders: folders)
        let date = Date(timeIntervalSince1970: 1_800_000_000)
        let refusals: [SignatureRefusal] = [
            .tooLarge(bytes: 9, most: 1_048_576), .malformed, .notSignedData, .signers(2), .certificates(11, most: 10),
            .noCertificate, .noAttributes, .weakDigest("SHA1"), .algorithm("DSA"), .gostUnavailable,
            .weakKey(bits: 1_024),
            .keyUsage, .untrusted(issuer: "X"), .selfSigned, .expired(date, depth: 0), .notYetValid(date, depth: 0),
            .revoked(date, reason: 1, depth: 0), .revocationUnknown, .revocationListOutdated(date),
            .weakChain(depth: 1),
            .chain(code: 1, words: "x", depth: 0), .wrongSignature, .otherContent, .signedOutsideValidity(date),
            .signedInTheFuture(date), .noNumber(.iin), .noNumber(.bin), .otherSigner(.iin), .otherSigner(.bin),
            .outOfMemory,
        ]
        #expect(Set(refusals.map(\.code)).count == 28)
        for language in Language.allCases {
            let words = catalogue[language]
            for refusal in refusals {
                let text = words.fault(refusal)
                #expect(
                    text.count > 15 && !text.contains("signing_") && !text.contains("{"),
                    "\(language) \(refusal): \(text)"
                )
            }
        }
    }
}
