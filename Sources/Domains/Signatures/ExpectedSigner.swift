public import Civic

/// Whose signature it must be.
public enum ExpectedSigner: Sendable, Hashable {
    /// Anybody's, as when an operator looks at a file.
    case anybody
    /// That of a natural person; a certificate that the person has from an organization will not do.
    case person(IndividualIdentificationNumber)
    /// That of somebody who signs for an organization.
    case entity(BusinessIdentificationNumber)

    /// Compares with the numbers in a certificate.
    ///
    /// - Throws: `SignatureRefusal.noNumber` and `.otherSigner`.
    func check(_ signer: Signer) throws(SignatureRefusal) {
        switch self {
        case .anybody: return
        case .person(let expected):
            guard let number = signer.iin else { throw .noNumber(.iin) }
            guard number == expected else { throw .otherSigner(.iin) }
            // Whoever signs with a certificate of an organization signs for it.
            guard signer.bin == nil else { throw .otherSigner(.bin) }
        case .entity(let expected):
            guard let number = signer.bin else { throw .noNumber(.bin) }
            guard number == expected else { throw .otherSigner(.bin) }
        }
    }
}
