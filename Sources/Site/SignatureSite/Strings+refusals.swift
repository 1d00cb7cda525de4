package import Signatures
package import SiteKit

extension Strings {
    /// What a person is told about a signature that was refused: what is wrong and what to do.
    package func fault(_ refusal: SignatureRefusal) -> String {
        switch refusal {
        case .tooLarge(_, let most): text("signing_fault_size", ["limit": size(most)])
        case .malformed, .notSignedData, .noAttributes, .noCertificate, .certificates: self["signing_fault_format"]
        case .signers(let count): text("signing_fault_signers", ["n": number(count)])
        case .weakDigest, .algorithm, .weakKey, .weakChain: self["signing_fault_weak"]
        case .gostUnavailable: self["signing_fault_gost"]
        case .keyUsage: self["signing_fault_usage"]
        case .untrusted, .selfSigned, .chain: self["signing_fault_untrusted"]
        case .expired(let date, _): text("signing_fault_expired", ["date": day(date)])
        case .notYetValid(let date, _): text("signing_fault_early", ["date": day(date)])
        case .revoked(let date, _, _): text("signing_fault_revoked", ["date": day(date)])
        case .revocationUnknown, .revocationListOutdated: self["signing_fault_lists"]
        case .wrongSignature, .otherContent: self["signing_fault_content"]
        case .signedOutsideValidity, .signedInTheFuture: self["signing_fault_clock"]
        case .noNumber(.iin), .otherSigner(.iin): self["signing_fault_iin"]
        case .noNumber(.bin): self["signing_fault_no_bin"]
        case .otherSigner(.bin): self["signing_fault_bin"]
        case .outOfMemory: self["signing_fault_busy"]
        }
    }
}
