public import Civic

/// Who looks at or acts on appeals: a person with roles and scope, or the holder of a receipt.
public struct AppealVisitor: Sendable, Hashable {
    /// The roles and the scope; those of a citizen without an account when nobody is signed in.
    public let subject: AccessSubject
    /// The appeal that was opened with the code of its receipt.
    public let receipt: AppealID?

    /// Makes a visitor.
    public init(_ subject: AccessSubject = AccessSubject(), receipt: AppealID? = nil) {
        (self.subject, self.receipt) = (subject, receipt)
    }

    /// The person; nil when nobody is signed in.
    public var person: PersonID? { subject.person }
}

/// Recognises who looks at or acts on appeals.
public struct IdentifyVisitor: Sendable {
    let store: any AppealStore
    let quotas: QuotaCounter
    let limits: AppealLimits

    /// The visitor for the person who is signed in, with what was granted to that person.
    ///
    /// - Parameters:
    ///   - who: who is signed in; nil for nobody. While a required second factor is not set up, the person counts as a citizen.
    ///   - receipt: the appeal that `byReceipt` opened in this browser before.
    public func callAsFunction(_ who: SignedIn?, receipt: AppealID? = nil) async throws -> AppealVisitor {
        guard let who else { return AppealVisitor(receipt: receipt) }
        guard who.role.isStaff, !who.mustSetUpSecondFactor else {
            return AppealVisitor(AccessSubject(person: who.person), receipt: receipt)
        }
        let grant = try await store.grant(of: who.person)
        let subject = AccessSubject(
            person: who.person,
            role: who.role,
            isHead: grant?.isHead ?? false,
            isModerator: grant?.isModerator ?? false,
            bodies: grant?.bodies ?? [],
            districts: grant?.districts,
            deputy: who.role == .deputy ? grant?.deputy : nil
        )
        return AppealVisitor(subject, receipt: receipt)
    }

    /// Opens an appeal with its number and the code of its receipt.
    ///
    /// - Returns: `.found` with the id for `callAsFunction(_:receipt:)`; `.wrong` does not tell whether the number or the code is wrong.
    public func byReceipt(
        _ number: AppealNumber,
        _ code: ReceiptCode,
        from address: RemoteAddress
    ) async throws -> ReceiptOutcome {
        if let seconds = try await quotas.wait("appeal-receipt", limits.lookUpsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let found = try await store.appeal(number.whole, receiptHash: code.hash(for: number))
        return found.map { .found($0.id) } ?? .wrong
    }
}

/// How a look-up by number and code ended.
public enum ReceiptOutcome: Sendable, Equatable {
    /// The appeal.
    case found(AppealID)
    /// There is no appeal with this number and code.
    case wrong
    /// Too many look-ups from this address. The value is the number of seconds to wait.
    case wait(seconds: Int)
}
