import COpenSSL
public import Foundation

extension Trust {
    /// Verifies a signature over a content; blocks for some milliseconds.
    ///
    /// The certificates must be valid at the time, and were so at the signing time that the signer claims.
    ///
    /// - Throws: `SignatureRefusal`.
    public func verify(
        _ sent: [UInt8],
        over content: [UInt8],
        by expected: ExpectedSigner,
        at time: Date = Date()
    ) throws(SignatureRefusal) -> VerifiedSignature {
        guard content.count <= SignatureVerifier.maxContent else {
            throw .tooLarge(bytes: content.count, most: SignatureVerifier.maxContent)
        }
        let message = try SignatureMessage.bytes(sent, most: SignatureVerifier.maxBytes)
        let seconds = time.timeIntervalSince1970.rounded(.down)
        guard let now = Int64(exactly: seconds) else { throw .notYetValid(time, depth: 0) }
        var result = cossl_result()
        message.withUnsafeBytes { message in
            content.withUnsafeBytes { content in
                cossl_verify(
                    handle,
                    message.baseAddress,
                    message.count,
                    content.baseAddress,
                    content.count,
                    SignatureVerifier.maxCertificates,
                    now,
                    &result
                )
            }
        }
        if let refusal = SignatureRefusal(result) { throw refusal }
        let signature = VerifiedSignature(result, message: message, hasLists: inventory.lists > 0)
        try Self.checkSigningTime(of: signature, at: time)
        try expected.check(signature.signer)
        return signature
    }

    private static func checkSigningTime(of signature: VerifiedSignature, at time: Date) throws(SignatureRefusal) {
        guard let signed = signature.signingTime else { return }
        guard signed <= time.addingTimeInterval(SignatureVerifier.clockTolerance) else {
            throw .signedInTheFuture(signed)
        }
        guard signature.certificate.validity.contains(signed) else { throw .signedOutsideValidity(signed) }
    }
}

extension VerifiedSignature {
    fileprivate init(_ result: cossl_result, message: [UInt8], hasLists: Bool) {
        let from = Date(timeIntervalSince1970: Double(result.valid_from))
        let until = Date(timeIntervalSince1970: Double(result.valid_until))
        signer = Signer(
            commonName: text(result.common_name),
            surname: text(result.surname),
            givenName: text(result.given_name),
            serialNumber: text(result.serial_number),
            organization: text(result.organization),
            unit: text(result.unit)
        )
        certificate = SignerCertificate(
            serial: text(result.serial),
            issuer: text(result.issuer),
            fingerprint: text(result.fingerprint),
            validity: min(from, until)...until,
            key: text(result.key),
            keyBits: Int(result.key_bits)
        )
        signingTime = result.has_signing_time == 0 ? nil : Date(timeIntervalSince1970: Double(result.signing_time))
        digest = text(result.digest)
        isAttached = result.is_attached != 0
        revocation = hasLists ? .checked : .notChecked
        self.message = message
    }
}

extension SignatureRefusal {
    /// What OpenSSL found; nil when it found no fault.
    fileprivate init?(_ result: cossl_result) {
        let date = Date(timeIntervalSince1970: Double(result.at))
        let (number, depth) = (Int(result.number), Int(result.depth))
        switch result.finding {
        case COSSL_VALID: return nil
        case COSSL_OUT_OF_MEMORY: self = .outOfMemory
        case COSSL_NOT_SIGNED_DATA: self = .notSignedData
        case COSSL_SIGNERS: self = .signers(max(number, 0))
        case COSSL_CERTIFICATES: self = .certificates(number, most: SignatureVerifier.maxCertificates)
        case COSSL_NO_CERTIFICATE: self = .noCertificate
        case COSSL_NO_ATTRIBUTES: self = .noAttributes
        case COSSL_WEAK_DIGEST: self = .weakDigest(text(result.text))
        case COSSL_ALGORITHM: self = .algorithm(text(result.text))
        case COSSL_GOST_ENGINE: self = .gostUnavailable
        case COSSL_WEAK_KEY: self = .weakKey(bits: number)
        case COSSL_KEY_USAGE: self = .keyUsage
        case COSSL_UNTRUSTED: self = .untrusted(issuer: text(result.issuer))
        case COSSL_SELF_SIGNED: self = .selfSigned
        case COSSL_EXPIRED: self = .expired(date, depth: depth)
        case COSSL_NOT_YET_VALID: self = .notYetValid(date, depth: depth)
        case COSSL_REVOKED: self = .revoked(date, reason: number < 0 ? nil : number, depth: depth)
        case COSSL_REVOCATION_UNKNOWN: self = .revocationUnknown
        case COSSL_REVOCATION_LIST_OUTDATED: self = .revocationListOutdated(date)
        case COSSL_WEAK_CHAIN: self = .weakChain(depth: depth)
        case COSSL_CHAIN: self = .chain(code: number, words: text(result.text), depth: depth)
        case COSSL_WRONG_SIGNATURE: self = .wrongSignature
        case COSSL_OTHER_CONTENT: self = .otherContent
        default: self = .malformed
        }
    }
}

// A text in an array of fixed size, which Swift sees as a tuple.
private func text<Room>(_ room: Room) -> String {
    withUnsafeBytes(of: room) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
