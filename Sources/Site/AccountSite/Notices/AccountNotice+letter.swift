import Accounts
import Civic
import Foundation
import SiteKit

extension AccountNotice {
    /// The letter of a notice: which texts, the values for them, and the target of the button.
    ///
    /// - Parameter providers: the names of sign-in providers for people, by their slugs.
    func letter(_ words: Strings, _ link: Link, _ providers: [String: String]) -> Letter {
        switch self {
        case .activation(let token, _, let expires):
            // Leave out the name: whoever typed it may not own the address, and could use our mail to write to its owner.
            Letter("activation", nil, path: link.activation(token.text), ["until": words.moment(expires)])
        case .alreadyRegistered(let name): Letter("already", name, path: link.login)
        case .invitation(let token, let role, let expires):
            Letter(
                "invitation",
                nil,
                path: link.activation(token.text),
                ["role": words["role_\(role.rawValue)"], "until": words.moment(expires)]
            )
        case .roleChanged(let role, let name, let time):
            Letter(
                "role",
                name,
                path: link.account,
                ["role": words["role_\(role.rawValue)"], "time": words.moment(time)]
            )
        case .humanCode(let code, let expires):
            Letter("code", nil, ["until": words.moment(expires)], code: code)
        case .newDevice(let name, let device, let time):
            Letter("device", name, path: link.account(.sessions), Self.where(device, time, words))
        case .erasureConfirmation(let token, let name, let expires):
            Letter("erasure", name, path: link.erasureConfirmation(token.text), ["until": words.moment(expires)])
        case .accountErased(let time): Letter("erased", nil, ["time": words.moment(time)])
        case .passwordReset, .passwordChanged, .secondFactorChanged, .recoveryCodeUsed, .recoveryCodesRenewed:
            secretsLetter(words, link, providers)
        case .emailChangeOld, .emailChangeNew, .emailChangeWaived, .emailChanged: emailLetter(words, link)
        case .identityLinked, .identityConfirmation: identityLetter(words, link, providers)
        }
    }

    /// The letters about passwords and the second factor.
    private func secretsLetter(_ words: Strings, _ link: Link, _ providers: [String: String]) -> Letter {
        switch self {
        case .passwordReset(let token, let name, let expires):
            return Letter("reset", name, path: link.reset(token.text), ["until": words.moment(expires)])
        case .passwordChanged(let name, let device, let time, let linked):
            let labels = linked.map { providers[$0] ?? $0 }.joined(separator: ", ")
            let arguments = Self.where(device, time, words).merging(["providers": labels]) { $1 }
            let more = linked.isEmpty ? nil : "mail_password_providers"
            return Letter("password", name, path: link.forgot, arguments, more: more)
        case .recoveryCodeUsed(let left, let name, let time):
            let arguments = ["n": words.number(left), "time": words.moment(time)]
            return Letter("recovery", name, path: link.account(.secondFactor), arguments)
        case .recoveryCodesRenewed(let name, let time):
            return Letter("recovery_new", name, path: link.account(.secondFactor), ["time": words.moment(time)])
        case .secondFactorChanged(true, let name, let time):
            return Letter("factor_on", name, path: link.account(.secondFactor), ["time": words.moment(time)])
        case .secondFactorChanged(_, let name, let time):
            return Letter("factor_off", name, path: link.account(.secondFactor), ["time": words.moment(time)])
        default: return letter(words, link, providers)
        }
    }

    /// The letters about the e-mail address.
    private func emailLetter(_ words: Strings, _ link: Link) -> Letter {
        switch self {
        case .emailChangeOld(let token, let name, let newMasked, let expires):
            Letter(
                "email_old",
                name,
                path: link.emailConfirmation(token.text),
                ["email": newMasked, "until": words.moment(expires)]
            )
        case .emailChangeNew(let token, _, let expires):
            // Leave out the name, as above: the address may belong to a stranger.
            Letter("email_new", nil, path: link.emailConfirmation(token.text), ["until": words.moment(expires)])
        case .emailChangeWaived(let token, let name, let newMasked, let time):
            Letter(
                "email_waived",
                name,
                path: link.emailCancellation(token.text),
                ["email": newMasked, "time": words.moment(time)]
            )
        case .emailChanged(let name, let time): Letter("email_changed", name, ["time": words.moment(time)])
        default: letter(words, link, [:])
        }
    }

    /// The letters about sign-in providers.
    private func identityLetter(_ words: Strings, _ link: Link, _ providers: [String: String]) -> Letter {
        switch self {
        case .identityLinked(let provider, let name, let time):
            Letter(
                "linked",
                name,
                path: link.account(.identities),
                ["provider": providers[provider] ?? provider, "time": words.moment(time)]
            )
        case .identityConfirmation(let token, let provider, let name, let expires):
            Letter(
                "link",
                name,
                path: link.identityConfirmation(token.text),
                ["provider": providers[provider] ?? provider, "until": words.moment(expires)]
            )
        default: letter(words, link, providers)
        }
    }

    private static func `where`(_ device: Device, _ time: Date, _ words: Strings) -> [String: String] {
        [
            "device": device.text.isEmpty ? words["account_sessions_unknown"] : device.text,
            "time": words.moment(time),
        ]
    }
}
