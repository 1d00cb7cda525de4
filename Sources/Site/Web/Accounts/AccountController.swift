import Accounts
import Hummingbird
import Mail

/// Registers all account pages.
struct AccountController {
    let parts: PortalAccounts
    let pages: PageRenderer
    let sessions: SessionCache

    func add(to router: Router<PortalContext>) {
        let desk = AccountDesk(
            accounts: parts.service,
            pages: pages,
            keys: parts.keys,
            sessions: sessions,
            captcha: CaptchaGate(verifier: parts.captcha, accounts: parts.service),
            providers: parts.providers,
            showsMail: parts.mailFolder != nil,
            portalOperator: parts.portalOperator
        )
        for routes in PageRoutes.all(of: router) {
            add(pagesOf: desk, to: routes)
            add(accountOf: desk, to: routes)
            add(staffOf: desk, to: routes)
        }
        ProviderController(desk: desk).add(to: router)
        CaptchaController(verifier: parts.captcha).add(to: router)
        LanguageController(accounts: parts.service, sessions: sessions).add(to: router)
        if let folder = parts.mailFolder {
            DevelopmentMail(pages: pages, folder: folder, key: parts.mailKey).add(to: router)
        }
    }

    private func add(pagesOf desk: AccountDesk, to routes: PageRoutes) {
        RegisterPages(desk: desk).add(to: routes)
        ActivationPages(desk: desk).add(to: routes)
        SignInPages(desk: desk).add(to: routes)
        SecondStepPages(desk: desk).add(to: routes)
        SignOutPages(desk: desk).add(to: routes)
        PasswordPages(desk: desk).add(to: routes)
        AgreementPages(desk: desk).add(to: routes)
        ProviderPages(desk: desk).add(to: routes)
        ProviderLinkPages(desk: desk).add(to: routes)
    }

    private func add(accountOf desk: AccountDesk, to routes: PageRoutes) {
        AccountPage(desk: desk).add(to: routes)
        ProfilePages(desk: desk).add(to: routes)
        EmailPages(desk: desk).add(to: routes)
        LostMailboxPages(desk: desk).add(to: routes)
        AccountPasswordPage(desk: desk).add(to: routes)
        SessionsPages(desk: desk).add(to: routes)
        SecondFactorPages(desk: desk).add(to: routes)
        IdentitiesPages(desk: desk).add(to: routes)
        DataPages(desk: desk).add(to: routes)
        ErasurePages(desk: desk).add(to: routes)
    }

    private func add(staffOf desk: AccountDesk, to routes: PageRoutes) {
        StaffUsersPages(desk: desk).add(to: routes)
        StaffMailPages(desk: desk, outbox: parts.outbox) { parts.mail.wake() }.add(to: routes)
        StaffAuditPages(desk: desk).add(to: routes)
    }
}

extension AccountsError: ProblemConvertible {
    var problem: Problem? {
        switch self {
        case .busy: .busy
        case .noSuchPerson: .notFound
        case .wrongKeys, .malformedIdentity, .stillSealed: nil
        }
    }
}
