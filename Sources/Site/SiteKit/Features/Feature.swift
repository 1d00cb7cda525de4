package import Civic
package import ServiceLifecycle

/// Everything that a feature adds to the portal, declared in one place.
///
/// The composition root lists the features; adding one changes nothing else.
package struct Feature: Sendable {
    /// The module whose `Resources` folder holds the feature's templates, words and public files.
    package let module: String
    /// Entries of the main navigation.
    package var navigation: [NavigationEntry] = []
    /// Links in the footer of every page.
    package var footer: [NavigationEntry] = []
    /// Pages for staff, listed for those who hold the permission.
    package var staffPages: [StaffPage] = []
    /// The values of `{{site.name}}` in every template, by language: the addresses that the layout links to.
    package var addresses: @Sendable (Language) -> [String: String] = { _ in [:] }
    /// The beginnings of paths that search engines need not read, such as API calls and addresses that only redirect.
    package var uncrawled: [String] = []
    /// Sources that must be credited on every page.
    package var credits: [Credit] = []
    /// Other sites whose content the pages may load.
    package var contentSources = ContentSources()
    /// The models of the feature's pages, whose templates are compiled at the start.
    package var pages: [any PageModel.Type] = []
    /// Which roles hold the permissions of the feature.
    package var grants = PermissionGrants([:])
    /// The kinds of audit events that the feature records; their labels are the words `audit_<kind>`.
    package var auditKinds: [AuditKind] = []
    /// What the feature adds to the download and the erasure of personal data.
    package var personalData: [any PersonalDataParticipant] = []
    /// Signs people in; at most one feature of a portal does.
    package var signIn: (any SignInProvider)?
    /// Where unfinished forms of all features are kept; at most one feature of a portal provides it.
    package var drafts: (any DraftStore)?
    /// What `/readyz` reports about the feature, or the problem that keeps it from serving.
    package var readiness: (@Sendable () throws(Problem) -> [ReadyFact])?
    /// Deletes what has expired; run at the start and every hour.
    package var sweeps: [Sweep] = []
    /// Services that run as long as the server.
    package var services: [any Service] = []
    /// Registers the routes.
    package var routes: @Sendable (SiteRoutes, SiteEnvironment) throws -> Void = { _, _ in }

    /// Declares a feature without any parts.
    package init(module: String) { self.module = module }
}

/// A link in the navigation or the footer.
package struct NavigationEntry: Sendable {
    /// The key of its label in the words.
    package let label: String
    /// The path in a language.
    package let path: @Sendable (Language) -> String
    /// Whether paths below it belong to it too.
    package let coversSubpaths: Bool
    /// The class of its list item, for the style sheet; nil for none.
    package let style: String?

    /// Declares a link.
    package init(
        _ label: String,
        coversSubpaths: Bool = true,
        style: String? = nil,
        path: @escaping @Sendable (Language) -> String
    ) {
        (self.label, self.coversSubpaths, self.style, self.path) = (label, coversSubpaths, style, path)
    }

    /// Whether a page belongs to this entry.
    func isCurrent(_ path: String, in language: Language) -> Bool {
        let own = self.path(language)
        return path == own || (coversSubpaths && path.hasPrefix(own + "/"))
    }
}

/// A page for staff.
package struct StaffPage: Sendable {
    /// The permission that it requires.
    package let permission: Permission
    /// The key of its title in the words.
    package let label: String
    /// The path in a language.
    package let path: @Sendable (Language) -> String

    /// Declares a page.
    package init(_ permission: Permission, _ label: String, path: @escaping @Sendable (Language) -> String) {
        (self.permission, self.label, self.path) = (permission, label, path)
    }
}

/// A source that must be credited wherever its data is shown.
package struct Credit: Sendable {
    /// The key of its text in the words.
    package let label: String
    /// The page about its licence; nil for none.
    package let link: String?

    /// Declares a credit.
    package init(_ label: String, link: String?) { (self.label, self.link) = (label, link) }
}

/// A fact that `/readyz` reports: a member of its JSON object.
package enum ReadyFact: Sendable {
    /// A number.
    case number(String, Int)
    /// A text.
    case text(String, String)
}

/// Work that deletes what has expired.
package struct Sweep: Sendable {
    /// What is logged when it fails.
    package let failure: String
    /// Deletes; run at the start and every hour.
    package let run: @Sendable () async throws -> Void

    /// Declares a sweep.
    package init(failure: String, run: @escaping @Sendable () async throws -> Void) {
        (self.failure, self.run) = (failure, run)
    }
}
