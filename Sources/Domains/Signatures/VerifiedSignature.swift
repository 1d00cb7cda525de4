public import Foundation

/// A signature that was verified, with what is worth keeping about it.
public struct VerifiedSignature: Sendable, Hashable {
    /// Whether the certificates were looked up in lists of revoked ones.
    public enum Revocation: String, Sendable, Hashable {
        /// The signer's certificate was; those of authorities as far as there are lists.
        case checked
        /// There are no lists.
        case notChecked = "not_checked"
    }

    /// Who signed.
    public let signer: Signer
    /// The certificate of the signer.
    public let certificate: SignerCertificate
    /// When it was signed, as the signer's computer claims; nil when it does not.
    public let signingTime: Date?
    /// The digest, as OpenSSL calls it.
    public let digest: String
    /// Whether the signed content is within the message.
    public let isAttached: Bool
    /// Whether certificates were looked up in lists of revoked ones.
    public let revocation: Revocation
    /// The message as DER or BER, without armour: what is to be kept.
    public let message: [UInt8]
}

/// The facts of a signer's certificate.
public struct SignerCertificate: Sendable, Hashable {
    /// The serial number, hexadecimal.
    public let serial: String
    /// The common name of the issuer.
    public let issuer: String
    /// The SHA-256 of the certificate, hexadecimal in lower case.
    public let fingerprint: String
    /// From when to when it is valid.
    public let validity: ClosedRange<Date>
    /// The kind of its key, as OpenSSL calls it, or an OID.
    public let key: String
    /// The size of its key, bits.
    public let keyBits: Int
}
