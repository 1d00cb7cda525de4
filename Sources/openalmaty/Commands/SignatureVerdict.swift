import Civic
import Foundation
import Signatures

/// What `signature` prints: for a reader, or as JSON.
enum SignatureVerdict {
    case valid(VerifiedSignature)
    case refused(SignatureRefusal)

    /// The verdict in plain words.
    var lines: [String] {
        switch self {
        case .refused(let refusal): return ["refused: \(Self.words(refusal))"]
        case .valid(let signature):
            let signer = signature.signer
            let certificate = signature.certificate
            var lines = ["valid"]
            lines.append("signed by      \(signer.name)" + (signer.patronymic.map { " \($0)" } ?? ""))
            if let iin = signer.iin { lines.append("IIN            \(iin.text)") }
            if let bin = signer.bin { lines.append("BIN            \(bin.text)") }
            if let organization = signer.organization { lines.append("organization   \(organization)") }
            lines.append("signing time   \(signature.signingTime.map(Self.time) ?? "not given")")
            lines.append("certificate    \(certificate.serial), issued by \(certificate.issuer)")
            lines.append(
                "valid          \(Self.time(certificate.validity.lowerBound)) to "
                    + Self.time(certificate.validity.upperBound)
            )
            lines.append("algorithms     \(certificate.key), \(certificate.keyBits) bits; \(signature.digest)")
            lines.append(
                "content        \(signature.isAttached ? "within the message, and the same" : "beside the message")"
            )
            lines.append(
                signature.revocation == .checked
                    ? "revocation     looked up in lists"
                    : "revocation     not checked: there are no lists"
            )
            return lines
        }
    }

    /// The same as JSON.
    var json: JSON {
        switch self {
        case .refused(let refusal): return JSON(valid: false, reason: refusal.code, words: Self.words(refusal))
        case .valid(let signature):
            let certificate = signature.certificate
            return JSON(
                valid: true,
                name: signature.signer.name,
                patronymic: signature.signer.patronymic,
                iin: signature.signer.iin?.text,
                bin: signature.signer.bin?.text,
                organization: signature.signer.organization,
                signingTime: signature.signingTime.map(Self.time),
                serial: certificate.serial,
                issuer: certificate.issuer,
                validFrom: Self.time(certificate.validity.lowerBound),
                validUntil: Self.time(certificate.validity.upperBound),
                fingerprint: certificate.fingerprint,
                key: certificate.key,
                keyBits: certificate.keyBits,
                digest: signature.digest,
                attached: signature.isAttached,
                revocation: signature.revocation.rawValue
            )
        }
    }

    private static func time(_ date: Date) -> String { date.formatted(.iso8601) }

    private static func words(_ refusal: SignatureRefusal) -> String {
        func whose(_ depth: Int) -> String {
            depth == 0 ? "the signer's certificate" : "certificate \(depth) of the chain"
        }
        return switch refusal {
        case .tooLarge(let bytes, let most): "\(bytes) bytes, and at most \(most) are read"
        case .malformed: "this is no CMS message, or something follows it"
        case .notSignedData: "this CMS message is no signature of plain data"
        case .signers(let count): "the message has \(count) signatures and must have one"
        case .certificates(let count, let most): "the message has \(count) certificates, and at most \(most) are read"
        case .noCertificate: "the signer's certificate is not in the message"
        case .noAttributes: "the signed attributes (content type and digest) are missing"
        case .weakDigest(let name): "the digest \(name) can be forged or is not known"
        case .algorithm(let name): "keys of the kind \(name) are not supported"
        case .gostUnavailable:
            "a key of GOST 34.10-2015: install libengine-gost-openssl, and trust the authority's root with such a key"
        case .weakKey(let bits): "the key has only \(bits) bits"
        case .keyUsage: "the certificate is not meant for signing documents"
        case .untrusted(let issuer): "no chain leads from the issuer “\(issuer)” to a trusted root"
        case .selfSigned: "the signer has issued the certificate to itself"
        case .expired(let date, let depth): "\(whose(depth)) expired on \(time(date))"
        case .notYetValid(let date, let depth): "\(whose(depth)) is valid from \(time(date)) only"
        case .revoked(let date, let reason, let depth):
            "\(whose(depth)) was revoked on \(time(date))" + (reason.map { ", reason \($0) (RFC 5280, 5.3.1)" } ?? "")
        case .revocationUnknown: "there is no usable list of what the signer's authority has revoked"
        case .revocationListOutdated(let date): "the list of revoked certificates is out of its time: \(time(date))"
        case .weakChain(let depth): "\(whose(depth)) has too weak a key or digest"
        case .chain(let code, let words, let depth): "\(whose(depth)): \(words) (\(code))"
        case .wrongSignature: "the key of the certificate did not make this signature"
        case .otherContent: "the signature is over something else"
        case .signedOutsideValidity(let date): "signed on \(time(date)), when the certificate was not valid"
        case .signedInTheFuture(let date): "signed on \(time(date)), which is later than now"
        case .noNumber(let kind): "the certificate has no \(kind.rawValue.uppercased())"
        case .otherSigner(let kind): "the \(kind.rawValue.uppercased()) in the certificate is another one"
        case .outOfMemory: "out of memory"
        }
    }

    struct JSON: Encodable {
        let valid: Bool
        var reason: String?
        var words: String?
        var name: String?
        var patronymic: String?
        var iin: String?
        var bin: String?
        var organization: String?
        var signingTime: String?
        var serial: String?
        var issuer: String?
        var validFrom: String?
        var validUntil: String?
        var fingerprint: String?
        var key: String?
        var keyBits: Int?
        var digest: String?
        var attached: Bool?
        var revocation: String?
    }
}
