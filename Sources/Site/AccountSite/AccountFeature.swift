package import Accounts
import Captcha
import Civic
package import Logging
import Mail
import NIOPosix
package import SiteKit

extension Feature {
    /// Accounts: registration, sign-in, one's own account, sign-in with providers.
    package static func accounts(_ parts: PortalAccounts, logger: Logger) -> Feature {
        var feature = Feature(module: "AccountSite")
        feature.uncrawled = ["/auth/"]
        feature.footer = [NavigationEntry("agreement_title") { Link(language: $0).agreement }]
        let sources = CaptchaGate.sources(of: parts.captcha.kind)
        feature.contentSources = ContentSources(scripts: sources.scripts, frames: sources.frames)
        feature.grants = .accounts
        feature.auditKinds = AuditKind.accounts
        feature.signIn = AccountSignIn(parts: parts)
        feature.personalData = [parts.useCases.accountPersonalData]
        feature.drafts = AccountDrafts(drafts: parts.useCases.savedDrafts)
        feature.pages = [
            SignInForm.self, RegistrationForm.self, FormWithCaptcha.self, AgreementPage.self, NewAgreementForm.self,
            AccountOverview.self, PendingEmailView.self, SessionList.self, SecondFactorStatus.self,
            SecondFactorInstructions.self, RecoveryCodes.self, IdentityList.self, ConsentList.self,
            ErasurePreviewView.self, DevelopmentMailList.self, DevelopmentMailPage.self,
        ]
        feature.services = [parts.mail]
        feature.sweeps = [Sweep(failure: "Expired records not deleted") { try await parts.useCases.sweepAccounts() }]
        if let folder = parts.keptMails {
            let sweep = KeptMailSweep(folder: folder, logger: logger)
            feature.services.append(sweep)
            feature.sweeps.append(Sweep(failure: "Kept mails not deleted") { try await sweep.sweep() })
        }
        feature.routes = { routes, site in
            let context = AccountSignIn(parts: parts).context(site)
            for pages in routes.pages {
                addPages(of: context, to: pages)
                addAccount(of: context, to: pages)
            }
            ProviderController(context: context).add(to: routes)
            CaptchaController(verifier: parts.captcha).add(to: routes)
            if let folder = parts.mailFolder {
                DevelopmentMail(pages: site.pages, folder: folder, key: parts.mailKey).add(to: routes)
            }
        }
        return feature
    }

    private static func addPages(of context: AccountPageContext, to routes: PageRoutes) {
        RegisterPages(context: context).add(to: routes)
        ActivationPages(context: context).add(to: routes)
        SignInPages(context: context).add(to: routes)
        SecondStepPages(context: context).add(to: routes)
        SignOutPages(context: context).add(to: routes)
        PasswordPages(context: context).add(to: routes)
        AgreementPages(context: context).add(to: routes)
        ProviderPages(context: context).add(to: routes)
        ProviderLinkPages(context: context).add(to: routes)
    }

    private static func addAccount(of context: AccountPageContext, to routes: PageRoutes) {
        AccountPage(context: context).add(to: routes)
        ProfilePages(context: context).add(to: routes)
        EmailPages(context: context).add(to: routes)
        LostMailboxPages(context: context).add(to: routes)
        AccountPasswordPage(context: context).add(to: routes)
        SessionsPages(context: context).add(to: routes)
        SecondFactorPages(context: context).add(to: routes)
        IdentitiesPages(context: context).add(to: routes)
        DataPages(context: context).add(to: routes)
        ErasurePages(context: context).add(to: routes)
    }
}

/// Signs people in with the accounts of this portal.
struct AccountSignIn: SignInProvider {
    let parts: PortalAccounts

    func session(for token: String) async throws -> SignedIn? { try await parts.useCases.resumeSession(token) }

    func changeLanguage(_ person: PersonID, to language: Language) async throws {
        try await parts.useCases.editProfile.changeLanguage(person, to: language)
    }

    func gate(_ site: SiteEnvironment) -> any SignInGate { context(site) }

    func context(_ site: SiteEnvironment) -> AccountPageContext {
        AccountPageContext(
            site: site,
            accounts: parts.useCases,
            captcha: CaptchaGate(verifier: parts.captcha, accounts: parts.useCases),
            providers: parts.providers,
            showsMail: parts.mailFolder != nil
        )
    }
}

extension AccountsError: ProblemConvertible {
    package var problem: Problem? {
        switch self {
        case .busy: .busy
        case .noSuchPerson: .notFound
        case .wrongKeys, .malformedIdentity, .stillSealed, .repeatedSection: nil
        }
    }
}
