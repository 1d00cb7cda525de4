public import Civic
public import Foundation

/// The field that a sealed value is stored in.
public enum SealedField: String, Sendable, CaseIterable {
    /// A person's telephone number; its keyed hash goes with it.
    case phone
    /// A person's IIN; its keyed hash goes with it.
    case iin
    /// The secret of an authenticator app.
    case secondFactor
    /// The payload of a one-use token.
    case token
    /// The identity at a provider in a registration.
    case registrationIdentity
    /// A sign-in at a provider that has begun.
    case signInAttempt
    /// The fields of an unfinished form.
    case savedDraft
    /// Name, phone and e-mail of the applicant of an appeal.
    case applicantContact
    /// Address of the applicant of an appeal.
    case applicantIdentity
    /// IIN or BIN of the applicant of an appeal; its keyed hash goes with it.
    case applicantNumber

    /// The purpose that it is sealed for.
    public var purpose: SealingPurpose {
        switch self {
        case .phone: .phone
        case .iin: .iin
        case .secondFactor: .secondFactor
        case .token, .registrationIdentity: .token
        case .signInAttempt: .providerAttempt
        case .savedDraft: .draft
        case .applicantContact: .applicantContact
        case .applicantIdentity: .applicantIdentity
        case .applicantNumber: .applicantNumber
        }
    }

    /// Whether a keyed hash is stored beside the sealed value, so that the value can be looked up.
    var isLookedUp: Bool { self == .phone || self == .iin || self == .applicantNumber }
}

/// Access to every sealed value, for changing the keys.
public protocol SealedValueStore: Sendable {
    /// Passes every sealed value through a closure and stores what it returns, in one transaction.
    ///
    /// - Parameter seal: gets a field and its sealed value; returns the new one, with its keyed hash where the field has
    ///   one, or nil to leave it as it is.
    /// - Returns: how many were changed.
    func reseal(
        _ seal: @escaping @Sendable (SealedField, Data) throws -> (sealed: Data, hash: Data?)?,
        with effects: SideEffects
    ) async throws -> Int
    /// Deletes sealed values that no key opens any more, in one transaction: the fields of people and of applicants are emptied, and tokens,
    /// registrations and attempts that cannot be finished are deleted. Second factors are kept, with another secret, because
    /// somebody must verify their owner before turning one off.
    ///
    /// - Parameter secret: makes a sealed secret of a second factor that nobody knows.
    /// - Returns: how many values of each field are lost.
    func dropSealedValues(
        where isLost: @escaping @Sendable (Data) -> Bool,
        replacingFactorsBy secret: @escaping @Sendable () throws -> Data,
        with effects: SideEffects
    ) async throws -> [SealedField: Int]
    /// Whether the database holds anything that needs the earlier secret keys: an account or a sealed value.
    func dependsOnKeys() async throws -> Bool
    /// The number of sealed values for which a closure returns true.
    func sealedValueCount(where isCounted: @escaping @Sendable (Data) -> Bool) async throws -> Int
}
