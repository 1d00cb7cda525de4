import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Every page has a recorded state.
@Suite("Pages without a snapshot") struct SnapshotCoverageTests {
    /// Routes that show no page, each with the reason.
    private static let exceptions = [
        "/": "redirects to the home page of the reader's language",
        "/account/email/cancel": "redirects, because only its form does something",
        "/account/identities/proof": "redirects; the form's page is recorded as account-identities-proof",
        "/account/second-factor/confirm": "redirects to the second factor",
        "/staff/users/find": "redirects to the list of users",
        "/auth/{provider}": "redirects to the provider",
        "/language/{code}": "redirects to the page in another language",
        "/dev/forms": "a sample in development, recorded by its own tests as form-*",
        "/dev/forms/steps": "redirects to the first step of a sample in development",
        "/dev/forms/steps/{step}": "a sample in development, recorded by its own tests as form-overview-*",
        "/dev/forms/attachments": "redirects to the first step of a sample in development",
        "/dev/forms/attachments/{step}": "a sample in development, whose kinds of fields are recorded as form-*",
        "/dev/signature": "a sample in development, which the browser tests look at",
        "/dev/signature/document": "the document that is signed",
        "/unfinished-files/{id}": "a file of the reader's own form",
        "/unfinished-files/{id}/thumbnail": "a picture of the reader's own form",
        "/dev/mail/{id}/html": "the mail itself, which is recorded with the mails",
    ]

    /// The snapshot that shows each page model; most models also have others.
    private static let models = [
        "AccountOverview": "account-overview",
        "AgreementPage": "account-agreement",
        "AnswersPage": "form-overview-ru",
        "AuditTable": "account-staff-audit",
        "CategoryPage": "category",
        "ConsentList": "account-consents",
        "DevelopersPage": "developers",
        "DevelopmentMailList": "account-dev-mails",
        "DevelopmentMailPage": "account-dev-mail",
        "DirectoryPage": "directory",
        "DistrictPage": "district",
        "DistrictsPage": "districts",
        "ErasurePreviewView": "account-delete",
        "ErrorPage": "not-found",
        "FormWithCaptcha": "account-forgot",
        "HomePage": "home-ru",
        "IdentityList": "account-identities-linked",
        "MapPage": "map",
        "NewAgreementForm": "account-agreement-new",
        "NoticePage": "account-forgot-sent",
        "OrganizationPage": "organization",
        "PendingEmailView": "account-email-pending",
        "PlainForm": "account-name",
        "RecoveryCodes": "account-second-factor-codes",
        "RegistrationForm": "account-register",
        "SearchPage": "search-start",
        "SecondFactorInstructions": "account-second-factor-set-up",
        "SecondFactorStatus": "account-second-factor-on",
        "SessionList": "account-sessions",
        "SignInForm": "account-login",
        "StaffList": "account-staff-users",
        "StaffPerson": "account-staff-person",
        "UndeliveredMails": "account-staff-mail",
    ]

    /// Page models that no snapshot shows, each with the reason.
    private static let modelExceptions = [
        "SigningForm": "only a sample in development shows it, which the browser tests look at"
    ]

    private static func isRecorded(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: ProductFolder.url.appending(path: "Tests/Snapshots/\(name).html").path)
    }

    @Test("Each page route that answers GET has a snapshot or is an exception with a reason")
    func routes() async throws {
        let table = RouteTable()
        _ = try await TestPortal.router(table: table)
        let pages = table.all.filter { $0.method == "GET" && [.page, .staffPage].contains($0.policy) }.map(\.path)
        #expect(pages.count >= 150)
        // Each page has a route in each language.
        let routes = Set(pages.map { $0.replacing(/^\/(?:kk|ru|en)(?=\/|$)/, with: "") }.map { $0.isEmpty ? "/" : $0 })
        let known = Set(PageSnapshot.routes.keys)
        #expect(routes.subtracting(known).subtracting(Self.exceptions.keys).sorted() == [], "not recorded")
        #expect(known.union(Self.exceptions.keys).subtracting(routes).sorted() == [], "no such route")
        #expect(known.intersection(Self.exceptions.keys).subtracting(["/"]).sorted() == [], "recorded and an exception")
        for name in PageSnapshot.routes.values { #expect(Self.isRecorded(name), "\(name) is not recorded") }
    }

    @Test("Each page model has a snapshot")
    func pageModels() async throws {
        let models = Set((try await TestPortal.features().flatMap(\.pages) + PageRenderer.ownPages).map { "\($0)" })
        #expect(models.symmetricDifference(Self.models.keys).sorted() == Self.modelExceptions.keys.sorted())
        for name in Self.models.values { #expect(Self.isRecorded(name), "\(name) is not recorded") }
    }

    @Test("Each snapshot of a route is checked by a test")
    func snapshotsAreChecked() throws {
        let folder = ProductFolder.url.appending(path: "Tests/Site/PortalTests/Snapshots")
        let texts = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
            try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        }
        let parts = Set(Link.AccountPart.allCases.map(\.rawValue))
        for name in PageSnapshot.routes.values {
            let own = name.replacing(/^account-/, with: "")
            let isChecked = parts.contains(own) || texts.contains { $0.contains("(\"\(own)\"") }
            #expect(isChecked, "no test checks \(name)")
        }
    }
}
