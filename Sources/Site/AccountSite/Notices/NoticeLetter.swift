import Accounts
import Civic
import Foundation
import SiteKit

/// The contents of a notice: which texts, the values for them, and the target of the link.
struct NoticeLetter {
    /// The middle part of its text keys: `mail_<key>_subject`.
    private(set) var key = ""
    /// Values for the placeholders.
    private(set) var arguments: [String: String] = [:]
    /// The path of its button; nil when it has none.
    private(set) var path: String?
    /// A code to type in; nil when it has none.
    private(set) var code: String?
    private var name: PersonName?
    /// The key of an optional paragraph.
    private var more: String?

    init(_ notice: AccountNotice, _ words: Strings, _ link: Link, _ providers: [String: String]) {
        switch notice {
        case .activation(let token, _, let expires):
            // Leave out the name: whoever typed it may not own the address, and could use our mail to write to its owner.
            take("activation", nil, path: link.activation(token.text), ["until": words.moment(expires)])
        case .alreadyRegistered(let name): take("already", name, path: link.login)
        case .passwordReset(let token, let name, let expires):
            take("reset", name, path: link.reset(token.text), ["until": words.moment(expires)])
        case .passwordChanged(let name, let device, let time, let linked):
            let labels = linked.map { providers[$0] ?? $0 }.joined(separator: ", ")
            let arguments = Self.where(device, time, words).merging(["providers": labels]) { $1 }
            take("password", name, path: link.forgot, arguments)
            more = linked.isEmpty ? nil : "mail_password_providers"
        case .newDevice(let name, let device, let time):
            take("device", name, path: link.account(.sessions), Self.where(device, time, words))
        case .emailChangeOld(let token, let name, let newMasked, let expires):
            take(
                "email_old",
                name,
                path: link.emailConfirmation(token.text),
                ["email": newMasked, "until": words.moment(expires)]
            )
        case .emailChangeNew(let token, _, let expires):
            // Leave out the name, as above: the address may belong to a stranger.
            take("email_new", nil, path: link.emailConfirmation(token.text), ["until": words.moment(expires)])
        case .emailChangeWaived(let token, let name, let newMasked, let time):
            take(
                "email_waived",
                name,
                path: link.emailCancellation(token.text),
                ["email": newMasked, "time": words.moment(time)]
            )
        case .emailChanged(let name, let time): take("email_changed", name, ["time": words.moment(time)])
        case .invitation(let token, let role, let expires):
            take(
                "invitation",
                nil,
                path: link.activation(token.text),
                ["role": words["role_\(role.rawValue)"], "until": words.moment(expires)]
            )
        case .humanCode(let code, let expires):
            take("code", nil, ["until": words.moment(expires)])
            self.code = code
        case .accountErased(let time): take("erased", nil, ["time": words.moment(time)])
        default: takeRest(notice, words, link, providers)
        }
    }

    private mutating func takeRest(
        _ notice: AccountNotice,
        _ words: Strings,
        _ link: Link,
        _ providers: [String: String]
    ) {
        switch notice {
        case .identityLinked(let provider, let name, let time):
            let label = providers[provider] ?? provider
            take("linked", name, path: link.account(.identities), ["provider": label, "time": words.moment(time)])
        case .identityConfirmation(let token, let provider, let name, let expires):
            take(
                "link",
                name,
                path: link.identityConfirmation(token.text),
                ["provider": providers[provider] ?? provider, "until": words.moment(expires)]
            )
        case .secondFactorChanged(let isOn, let name, let time):
            take(
                isOn ? "factor_on" : "factor_off",
                name,
                path: link.account(.secondFactor),
                ["time": words.moment(time)]
            )
        case .recoveryCodeUsed(let left, let name, let time):
            take(
                "recovery",
                name,
                path: link.account(.secondFactor),
                ["n": words.number(left), "time": words.moment(time)]
            )
        case .erasureConfirmation(let token, let name, let expires):
            take("erasure", name, path: link.erasureConfirmation(token.text), ["until": words.moment(expires)])
        case .recoveryCodesRenewed(let name, let time):
            take("recovery_new", name, path: link.account(.secondFactor), ["time": words.moment(time)])
        case .roleChanged(let role, let name, let time):
            take(
                "role",
                name,
                path: link.account,
                ["role": words["role_\(role.rawValue)"], "time": words.moment(time)]
            )
        default: break
        }
    }

    private mutating func take(
        _ key: String,
        _ name: PersonName?,
        path: String? = nil,
        _ arguments: [String: String] = [:]
    ) {
        (self.key, self.name, self.path, self.arguments) = (key, name, path, arguments)
    }

    /// The salutation.
    func greeting(_ words: Strings) -> String {
        name.map { words.text("mail_greeting", ["name": $0.text]) } ?? words["mail_greeting_nameless"]
    }

    /// The paragraphs; in the language files they are separated by line feeds.
    func paragraphs(_ words: Strings) -> [String] {
        let text = words.text("mail_\(key)_text", arguments).split(separator: "\n").map(String.init)
        return text + [more.map { words.text($0, arguments) }].compactMap { $0 }
    }

    private static func `where`(_ device: Device, _ time: Date, _ words: Strings) -> [String: String] {
        [
            "device": device.text.isEmpty ? words["account_sessions_unknown"] : device.text,
            "time": words.moment(time),
        ]
    }
}
