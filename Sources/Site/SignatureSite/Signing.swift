public import Signatures
package import SiteKit

/// What features need to accept electronic signatures.
public struct Signing: Sendable {
    /// Verifies signatures; nil when the operator has not configured any roots, so that signatures are not accepted.
    public let verifier: SignatureVerifier?
    /// The address of NCALayer on the reader's computer; nil when pages do not offer it.
    public let ncaLayer: String?

    /// Accepts no signatures.
    public init() { (verifier, ncaLayer) = (nil, nil) }

    /// Reads the certificates and lists that the settings name.
    ///
    /// - Throws: `SignaturesError`.
    public init(_ settings: SignatureSettings) throws(SignaturesError) {
        if let files = settings.files {
            verifier = try SignatureVerifier(files)
        } else {
            verifier = nil
        }
        ncaLayer = settings.ncaLayer
    }
}

extension Feature {
    /// Signing of documents: the form with its words and its script, and the permission for pages to talk to NCALayer.
    package static func signing(_ signing: Signing) -> Feature {
        var feature = Feature(module: "SignatureSite")
        feature.pages = [SigningForm.self]
        feature.contentSources = ContentSources(connections: signing.ncaLayer.map { [$0] } ?? [])
        return feature
    }
}
