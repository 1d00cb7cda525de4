package import Civic
package import Hummingbird

/// Registers the pages for staff of one language; for visitors without the permission of a page it does not exist.
///
/// Other visitors are sent to the sign-in page and back, and staff who have to set up a second factor to that page.
package struct StaffRoutes {
    private let pages: PageRoutes
    private let access: Access

    init(pages: PageRoutes, site: SiteEnvironment) { (self.pages, access) = (pages, Access(site: site)) }

    /// Registers a page.
    ///
    /// - Parameters:
    ///   - path: the part below `/staff`, with a slash.
    ///   - permission: what a reader must hold.
    package func get(
        _ path: RouterPath,
        _ permission: Permission,
        _ answer: @escaping @Sendable (PageRequest, SignedIn) async throws -> Response
    ) {
        pages.get(Self.path(path), access.page(permission, answer))
    }

    /// Registers the action of a form.
    ///
    /// - Parameters:
    ///   - path: the part below `/staff`, with a slash.
    ///   - permission: what the sender must hold.
    ///   - files: the files that the form may bring.
    package func post(
        _ path: RouterPath,
        _ permission: Permission,
        files: FileRules = .none,
        _ action: @escaping @Sendable (PageRequest, SignedIn, FormBody) async throws -> FormAction
    ) {
        pages.post(Self.path(path), files: files, access.action(permission, action))
    }

    private static func path(_ path: RouterPath) -> RouterPath { RouterPath("/staff\(path.description)") }
}

/// Wraps handlers of staff pages so that they run only for people with the required permission.
private struct Access: PageResponder {
    let site: SiteEnvironment

    func page(
        _ permission: Permission,
        _ answer: @escaping @Sendable (PageRequest, SignedIn) async throws -> Response
    ) -> @Sendable (PageRequest) async throws -> Response {
        signedIn { request, person in
            if let detour = try detour(request, person, permission) { return detour }
            return try await answer(request, person)
        }
    }

    func action(
        _ permission: Permission,
        _ action: @escaping @Sendable (PageRequest, SignedIn, FormBody) async throws -> FormAction
    ) -> @Sendable (PageRequest, FormBody) async throws -> FormAction {
        signedIn { request, person, body in
            if let detour = try detour(request, person, permission) { return .answer(detour) }
            return try await action(request, person, body)
        }
    }

    // Where a person has to go first; nil when nothing is in the way.
    private func detour(
        _ request: PageRequest,
        _ person: SignedIn,
        _ permission: Permission
    ) throws(Problem) -> Response? {
        if person.mustSetUpSecondFactor, let gate = site.gate {
            return redirect(to: gate.secondFactorPath(request.language))
        }
        guard person.may(permission) else { throw .notFound }
        return nil
    }
}
