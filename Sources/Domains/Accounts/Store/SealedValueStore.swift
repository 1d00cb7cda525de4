public import Civic
public import Foundation

/// Where a sealed value stands.
public enum SealedField: String, Sendable, CaseIterable {
    /// A person's telephone number; its keyed hash goes with it.
    case phone
    /// A person's IIN; its keyed hash goes with it.
    case iin
    /// The secret of an authenticator app.
    case secondFactor
    /// What goes with a one-use token.
    case token
    /// Who was signed in at a provider, of a registration.
    case registrationIdentity
    /// A sign-in at a provider that is under way.
    case signInAttempt

    /// With which key it is sealed.
    public var purpose: SealingPurpose {
        switch self {
        case .phone: .phone
        case .iin: .iin
        case .secondFactor: .secondFactor
        case .token, .registrationIdentity: .token
        case .signInAttempt: .providerAttempt
        }
    }
}

/// Every sealed value, for the change of keys.
public protocol SealedValueStore: Sendable {
    /// Passes every sealed value through a closure and keeps what it answers, in one transaction.
    ///
    /// - Parameter seal: gets a field and its sealed value; answers the new one, with its keyed hash where the field
    ///   has
    ///   one, or nil to leave it as it is.
    /// - Returns: how many were changed.
    func reseal(
        _ seal: @escaping @Sendable (SealedField, Data) throws -> (sealed: Data, hash: Data?)?,
        with effects: SideEffects
    ) async throws -> Int
    /// Drops sealed values that no key opens any more, in one transaction: a person's fields are emptied, and tokens,
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
    /// Whether anything here needs the secret keys of an earlier time: an account or a sealed value.
    func dependsOnKeys() async throws -> Bool
    /// How many sealed values a closure holds true of.
    func sealedValueCount(where isCounted: @escaping @Sendable (Data) -> Bool) async throws -> Int
}
