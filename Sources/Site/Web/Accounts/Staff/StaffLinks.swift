import Accounts
import Civic

/// The staff pages that a person may open.
enum StaffLinks {
    static func items(_ visit: Visit, _ person: SignedIn, _ words: Strings) -> [PageContext] {
        let link = visit.link
        let pages: [(Permission, String, String)] = [
            (.manageStaff, link.staffUsers, "staff_users_title"), (.manageMail, link.staffMail, "staff_mail_title"),
            (.readAudit, link.staffAudit, "staff_audit_title"),
        ]
        return pages.filter { person.may($0.0) }.map { ["href": $0.1, "label": words[$0.2]] }
    }

    /// The breadcrumbs of a staff page.
    static func steps(
        _ visit: Visit,
        _ words: Strings,
        _ title: String,
        parent: (String, String)? = nil
    ) -> [PageContext] {
        var steps: [PageContext] = [
            ["label": words["home"], "href": visit.link.home],
            ["label": words["account_mine"], "href": visit.link.account],
        ]
        if let parent { steps.append(["label": parent.1, "href": parent.0]) }
        return steps + [["label": title]]
    }
}
