import Civic
import SiteKit

/// The URLs of the pages for staff.
extension Link {
    var staffUsers: String { root + "/staff/users" }
    var staffMail: String { root + "/staff/mail" }
    var staffAudit: String { root + "/staff/audit" }

    func staffUser(_ id: String) -> String { staffUsers + "/" + Self.encode(id) }
}

/// The breadcrumbs of the pages for staff.
enum StaffBreadcrumbs {
    /// The steps to a page.
    static func steps(
        _ request: PageRequest,
        _ words: Strings,
        _ title: String,
        parent: (String, String)? = nil
    ) -> [LabelLink] {
        var steps = [
            LabelLink(href: request.link.home, label: words["home"]),
            LabelLink(href: request.link.root + "/account", label: words["account_mine"]),
        ]
        if let parent { steps.append(LabelLink(href: parent.0, label: parent.1)) }
        return steps + [LabelLink(label: title)]
    }
}
