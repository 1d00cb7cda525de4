package import Civic
package import Hummingbird

/// Signs people in, on behalf of all features; a portal without one has no pages that require signing in.
package protocol SignInProvider: Sendable {
    /// The person signed in with a session token; nil when there is none.
    func session(for token: String) async throws -> SignedIn?
    /// Stores the language of a person's pages and mails.
    func changeLanguage(_ person: PersonID, to language: Language) async throws
    /// The sign-in pages to which other features send people.
    func gate(_ site: SiteEnvironment) -> any SignInGate
}

/// The sign-in pages as other features use them.
package protocol SignInGate: Sendable {
    /// The link to the reader's own account, or to sign in, in the header of every page.
    func headerLink(_ request: PageRequest) -> (href: String, label: String, icon: String, isCurrent: Bool)
    /// Redirects to the sign-in page and back, keeping the fields of a submitted form in the meantime.
    func leadToSignIn(_ request: PageRequest) async throws -> Response
    /// Answers a page with the input from before the session ended, if it belongs to this page.
    func restoring(
        _ request: PageRequest,
        _ person: SignedIn,
        _ answer: (PageRequest, SignedIn) async throws -> Response
    ) async throws -> Response
    /// The page on which a person sets up a required second factor.
    func secondFactorPath(_ language: Language) -> String
    /// The fields that prove who is acting, for changes of rights; none while a recent proof holds.
    func rightsProof(_ request: PageRequest, _ person: SignedIn) async throws -> [FormField]
    /// Checks the answers to `rightsProof`; returns the form again when they are wrong, otherwise nil.
    func rightsRefusal(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody,
        _ form: Form,
        _ page: FormPage
    ) async throws -> Response?
    /// The form again with the demand to sign in again.
    func demandFreshSignIn(_ request: PageRequest, _ form: Form, _ page: FormPage) -> Response
}
