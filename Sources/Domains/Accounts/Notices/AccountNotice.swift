public import Civic
public import Foundation

/// What a mail about an account says; the composer puts it into words and makes links of the tokens.
public enum AccountNotice: Sendable, Equatable {
    /// Somebody registered with this address: the link to choose a password.
    case activation(token: SecretToken, name: PersonName?, expires: Date)
    /// Somebody registered with this address, which has an account already.
    case alreadyRegistered(name: PersonName)
    /// The link to choose a new password.
    case passwordReset(token: SecretToken, name: PersonName, expires: Date)
    /// A new password was set; whoever did not do this must act. The providers, by their slugs, can still be used to sign
    /// in.
    case passwordChanged(name: PersonName, device: Device, time: Date, providers: [String])
    /// A sign-in from a device that was not used before.
    case newDevice(name: PersonName, device: Device, time: Date)
    /// To the present address: the link to agree to another address, shown masked.
    case emailChangeOld(token: SecretToken, name: PersonName, newMasked: String, expires: Date)
    /// To the new address: the link to confirm it.
    case emailChangeNew(token: SecretToken, name: PersonName, expires: Date)
    /// To the present address: the address will change to another one, shown masked, without confirmation from this
    /// mailbox; the mail has a link that cancels the change.
    case emailChangeWaived(token: SecretToken, name: PersonName, newMasked: String, from: Date)
    /// The address was changed; sent to the old and the new one.
    case emailChanged(name: PersonName, time: Date)
    /// The link to join the staff.
    case invitation(token: SecretToken, role: Role, expires: Date)
    /// The code for a person who cannot use the captcha.
    case humanCode(code: String, expires: Date)
    /// The link to erase an account that has no password.
    case erasureConfirmation(token: SecretToken, name: PersonName, expires: Date)
    /// The account was erased.
    case accountErased(time: Date)
    /// A provider was linked.
    case identityLinked(provider: String, name: PersonName, time: Date)
    /// The link to prove that the account of this address and the one at the provider have the same owner.
    case identityConfirmation(token: SecretToken, provider: String, name: PersonName, expires: Date)
    /// The second factor was turned on or off.
    case secondFactorChanged(isOn: Bool, name: PersonName, time: Date)
    /// A recovery code was used; `left` is the number of unused ones.
    case recoveryCodeUsed(left: Int, name: PersonName, time: Date)
    /// New recovery codes were given out; the old ones are void.
    case recoveryCodesRenewed(name: PersonName, time: Date)
    /// The role was changed by an administrator.
    case roleChanged(role: Role, name: PersonName, time: Date)
}

extension AccountNotice: MailNotice {
    /// A word for the key of a mail.
    public var word: String {
        switch self {
        case .activation: "activation"
        case .alreadyRegistered: "already-registered"
        case .passwordReset: "password-reset"
        case .passwordChanged: "password-changed"
        case .newDevice: "new-device"
        case .emailChangeOld: "email-change-old"
        case .emailChangeNew: "email-change-new"
        case .emailChangeWaived: "email-change-waived"
        case .emailChanged: "email-changed"
        case .invitation: "invitation"
        case .humanCode: "code"
        case .erasureConfirmation: "erasure"
        case .accountErased: "erased"
        case .identityLinked: "identity-linked"
        case .identityConfirmation: "identity-confirmation"
        case .secondFactorChanged: "second-factor"
        case .recoveryCodeUsed: "recovery-code"
        case .recoveryCodesRenewed: "recovery-codes"
        case .roleChanged: "role"
        }
    }
}
