import ArgumentParser
import Civic
import Console
import Foundation
import Portal
import SignatureSite
import Signatures

struct SignatureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signature",
        abstract: "Judge an electronic signature over a file, and tell who signed it.",
        discussion: """
            The certificates to trust and the lists of revoked ones are those of OPENALMATY_SIGNATURE_ROOTS and \
            OPENALMATY_SIGNATURE_LISTS, or of the options. The exit status is 0 for a valid signature and 1 for a refused one. \
            docs/signatures.md explains the verdicts.
            """
    )

    @Argument(help: "The file with the signature: CMS as DER, PEM or base64.")
    var file: String

    @Option(help: "The file that must have been signed.")
    var content: String

    @Option(help: "Certificates to trust: a file or a folder.")
    var roots: String?

    @Option(help: "Lists of revoked certificates: a file or a folder.")
    var lists: String?

    @Option(help: "The IIN of the person who must have signed.")
    var iin: String?

    @Option(help: "The BIN of the organization that must have signed.")
    var bin: String?

    @Option(help: "Judge as of a time, such as 2026-11-30T12:00:00Z (default: now).")
    var at: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let signer = try expected()
        let time = try time()
        let trust = try Trust(try await files())
        let message = try bytes(of: file, most: 2 * SignatureVerifier.maxBytes)
        let signed = try bytes(of: content, most: SignatureVerifier.maxContent)
        let verdict: SignatureVerdict
        do throws(SignatureRefusal) {
            verdict = .valid(try trust.verify(message, over: signed, by: signer, at: time))
        } catch {
            verdict = .refused(error)
        }
        if json {
            try printJSON(verdict.json)
        } else {
            for line in verdict.lines { print(line) }
        }
        if case .refused = verdict { throw ExitCode.failure }
    }

    private func files() async throws -> TrustFiles {
        if let roots { return TrustFiles(roots: roots, lists: lists) }
        guard let configured = try await database.settings().signatures.files else {
            throw ValidationError("No certificates to trust: set OPENALMATY_SIGNATURE_ROOTS or give --roots.")
        }
        return TrustFiles(roots: configured.roots, lists: lists ?? configured.lists)
    }

    private func expected() throws -> ExpectedSigner {
        switch (iin, bin) {
        case (nil, nil): return .anybody
        case (let iin?, nil):
            guard let number = try? IndividualIdentificationNumber(iin) else {
                throw ValidationError("--iin takes an IIN of twelve digits with a correct check digit.")
            }
            return .person(number)
        case (nil, let bin?):
            guard let number = try? BusinessIdentificationNumber(bin) else {
                throw ValidationError("--bin takes a BIN of twelve digits with a correct check digit.")
            }
            return .entity(number)
        default: throw ValidationError("Give either --iin or --bin.")
        }
    }

    private func time() throws -> Date {
        guard let at else { return Date() }
        guard let time = try? Date(at, strategy: .iso8601) else {
            throw ValidationError("--at takes a time such as 2026-11-30T12:00:00Z, not “\(at.prefix(40))”.")
        }
        return time
    }

    private func bytes(of path: String, most: Int) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: most + 1) else {
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw ValidationError("\(path) cannot be read.")
            }
            return []
        }
        guard data.count <= most else { throw ValidationError("\(path) has more than \(most) bytes.") }
        return Array(data)
    }
}
