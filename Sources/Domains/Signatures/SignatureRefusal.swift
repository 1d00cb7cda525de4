public import Foundation

/// Why a signature is refused; the associated values are the evidence.
///
/// No case carries what identifies the signer.
public enum SignatureRefusal: Error, Sendable, Hashable {
    /// More bytes than `most`.
    case tooLarge(bytes: Int, most: Int)
    /// Neither DER, nor PEM, nor base64 of a CMS message (RFC 5652), or something follows it.
    case malformed
    /// CMS, but no signed data, or signed data about something else than plain data.
    case notSignedData
    /// Not exactly one signature.
    case signers(Int)
    /// More certificates than `most`.
    case certificates(Int, most: Int)
    /// The signer's certificate does not come with the signature.
    case noCertificate
    /// The signed attributes are missing: content type and digest (RFC 5652, 5.3).
    case noAttributes
    /// A digest that can be forged, such as SHA-1, or that is not known.
    case weakDigest(String)
    /// A kind of key that is not supported.
    case algorithm(String)
    /// A key of GOST 34.10-2015 that this server cannot check: OpenSSL's GOST engine or a root with such a key is missing.
    case gostUnavailable
    /// A key with too few bits.
    case weakKey(bits: Int)
    /// The certificate is not meant for signing documents, such as one for signing in.
    case keyUsage
    /// No chain of certificates leads to a root that is trusted here.
    case untrusted(issuer: String)
    /// The signer has issued the certificate to itself.
    case selfSigned
    /// A certificate of the chain has expired; depth 0 is the signer's.
    case expired(Date, depth: Int)
    /// A certificate of the chain is not valid yet; depth 0 is the signer's.
    case notYetValid(Date, depth: Int)
    /// A certificate of the chain was revoked; the reason code of RFC 5280, 5.3.1, if there is one.
    case revoked(Date, reason: Int?, depth: Int)
    /// There are lists of revoked certificates, but none of the signer's issuer.
    case revocationUnknown
    /// The list of revoked certificates is out of date, or its time has not begun.
    case revocationListOutdated(Date)
    /// A key or a digest of the chain is too weak.
    case weakChain(depth: Int)
    /// Another fault of the chain, with OpenSSL's number and words.
    case chain(code: Int, words: String, depth: Int)
    /// The signature was not made with the key of the certificate.
    case wrongSignature
    /// The signature is over something else.
    case otherContent
    /// The signer claims to have signed when the certificate was not valid.
    case signedOutsideValidity(Date)
    /// The signer claims to have signed later than now.
    case signedInTheFuture(Date)
    /// The certificate has no IIN or BIN that could be compared.
    case noNumber(SignerNumberKind)
    /// The certificate is of somebody else than expected.
    case otherSigner(SignerNumberKind)
    /// The server ran out of memory.
    case outOfMemory

    /// The case without its evidence, for texts and metrics, such as `weak_digest`.
    public var code: String {
        switch self {
        case .tooLarge: "too_large"
        case .malformed: "malformed"
        case .notSignedData: "not_signed_data"
        case .signers: "signers"
        case .certificates: "certificates"
        case .noCertificate: "no_certificate"
        case .noAttributes: "no_attributes"
        case .weakDigest: "weak_digest"
        case .algorithm: "algorithm"
        case .gostUnavailable: "gost_unavailable"
        case .weakKey: "weak_key"
        case .keyUsage: "key_usage"
        case .untrusted: "untrusted"
        case .selfSigned: "self_signed"
        case .expired: "expired"
        case .notYetValid: "not_yet_valid"
        case .revoked: "revoked"
        case .revocationUnknown: "revocation_unknown"
        case .revocationListOutdated: "revocation_list_outdated"
        case .weakChain: "weak_chain"
        case .chain: "chain"
        case .wrongSignature: "wrong_signature"
        case .otherContent: "other_content"
        case .signedOutsideValidity: "signed_outside_validity"
        case .signedInTheFuture: "signed_in_the_future"
        case .noNumber: "no_number"
        case .otherSigner: "other_signer"
        case .outOfMemory: "out_of_memory"
        }
    }
}

/// Which number of a signer is meant.
public enum SignerNumberKind: String, Sendable, Hashable {
    /// The IIN of a natural person.
    case iin
    /// The BIN of an organization.
    case bin
}
