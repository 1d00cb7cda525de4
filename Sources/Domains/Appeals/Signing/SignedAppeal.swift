public import Foundation

/// What is kept about the electronic signature of an appeal: enough to verify it again, for as long as the appeal is kept.
///
/// The bytes of the document and of the CMS message are kept as they were and never regenerated.
public struct SignedAppeal: Sendable, Hashable {
    /// The version of the document's format.
    public let version: Int
    /// The document that was signed.
    public let document: [UInt8]
    /// The SHA-256 of the document, hexadecimal in lower case.
    public let digest: String
    /// The CMS message, DER or BER.
    public let message: [UInt8]
    /// The SHA-256 of the signer's certificate, hexadecimal in lower case.
    public let certificate: String
    /// When the signer claims to have signed.
    public let signingTime: Date?
    /// When the portal verified it.
    public let verified: Date
    /// Whether the certificate was looked up in lists of revoked ones.
    public let wasRevocationChecked: Bool

    /// Keeps a signature that was verified.
    public init(
        document: AppealDocument,
        message: [UInt8],
        certificate: String,
        signingTime: Date?,
        verified: Date,
        wasRevocationChecked: Bool
    ) {
        version = AppealDocument.version
        self.document = document.bytes
        digest = document.digest
        self.message = message
        self.certificate = certificate
        self.signingTime = signingTime
        self.verified = verified
        self.wasRevocationChecked = wasRevocationChecked
    }
}
