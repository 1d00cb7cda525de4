import ArgumentParser
import Console
import Foundation
import OpenIDConnect

struct OpenIDCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask an OpenID provider what it publishes and tell whether people can sign in with it.",
        discussion: """
            With --authorize it goes the whole way: it prints the address to open in a browser and waits on standard \
            input for the address that the browser was sent back to, the page of which need not exist.
            """
    )

    @Option(help: "The issuer, as its discovery document writes it.")
    var issuer: String

    @Option(help: "The identifier of the portal at the provider.")
    var clientID: String

    @Option(
        help: "The secret of the portal there; better in OPENALMATY_OIDC_CLIENT_SECRET, where no other user sees it."
    )
    var clientSecret: String?

    @Option(help: "The address that the provider sends people back to.")
    var redirect: String

    @Flag(help: "Sign in, and print who the provider says it was.")
    var authorize = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        do {
            let provider = try provider()
            try await OpenIDClient.withClient { client in
                guard authorize else { return try await check(provider, client) }
                try await signIn(provider, client)
            }
        } catch let error as OpenIDError {
            flushOutput()
            printError(error.description)
            throw ExitCode.failure
        }
    }

    private func provider() throws -> IdentityProvider {
        let variable = ProcessInfo.processInfo.environment["OPENALMATY_OIDC_CLIENT_SECRET"]
        guard let secret = clientSecret ?? variable, !secret.isEmpty else {
            throw ValidationError("Give --client-secret or set OPENALMATY_OIDC_CLIENT_SECRET.")
        }
        if issuer == "https://accounts.google.com" {
            return try .google(clientID: clientID, clientSecret: secret, redirectURI: redirect)
        }
        return try .openID(
            label: issuer,
            issuer: issuer,
            clientID: clientID,
            clientSecret: secret,
            redirectURI: redirect
        )
    }

    private func check(_ provider: IdentityProvider, _ client: OpenIDClient) async throws {
        guard case .openID(let issuer) = provider.kind else { return }
        let report = try await client.check(issuer)
        if json { return try printJSON(report) }
        print("authorization \(report.authorizationEndpoint)")
        print("token         \(report.tokenEndpoint) by \(report.tokenAuthentication)")
        print("keys          \(report.keysEndpoint), \(report.keys) that check signatures")
        print("userinfo      \(report.userinfoEndpoint ?? "none")")
        print("people can sign in with this provider")
    }

    private func signIn(_ provider: IdentityProvider, _ client: OpenIDClient) async throws {
        let start = try await client.begin(provider, returnTo: "/")
        print(start.redirect)
        flushOutput()
        guard let line = readLine(), let mark = line.firstIndex(of: "?") else {
            throw ValidationError("That is no address with a query.")
        }
        let query = line[line.index(after: mark)...].prefix { $0 != "#" }
        let identity = try await client.finish(
            start.attempt,
            with: provider,
            callback: try AuthorizationCallback(query: String(query))
        )
        let output = IdentityJSON(identity)
        if json { return try printJSON(output) }
        print("issuer  \(output.issuer)")
        print("subject \(output.subject)")
        print("e-mail  \(output.email ?? "not given")\(output.emailVerified ? ", verified" : "")")
        print("name    \(output.name ?? "not given")")
    }
}

/// An identity as the command prints it: enough to check it, with the e-mail address masked.
private struct IdentityJSON: Encodable {
    let issuer: String
    let subject: String
    let email: String?
    let emailVerified: Bool
    let name: String?
    let locale: String?

    init(_ identity: VerifiedIdentity) {
        issuer = identity.issuer
        subject = identity.subject
        email = identity.email.map(Self.masked)
        emailVerified = identity.isEmailVerified
        name = identity.name
        locale = identity.locale
    }

    private static func masked(_ email: String) -> String {
        guard let at = email.lastIndex(of: "@") else { return "…" }
        return "\(email[..<at].prefix(1))…\(email[at...])"
    }
}
