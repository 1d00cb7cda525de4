package import Accounts
import Civic
package import Mail
package import SiteKit

extension Feature {
    /// The pages for staff about accounts: people and roles, unsent mails, the audit log.
    ///
    /// - Parameter providerLabel: the name of a sign-in provider for people.
    package static func staff(
        accounts: AccountUseCases,
        mail: MailService,
        outbox: any Outbox,
        providerLabel: @escaping @Sendable (String) -> String
    ) -> Feature {
        var feature = Feature(module: "StaffSite")
        feature.pages = [StaffList.self, StaffPerson.self, UndeliveredMails.self, AuditTable.self]
        feature.staffPages = [
            StaffPage(.manageStaff, "staff_users_title") { Link(language: $0).staffUsers },
            StaffPage(.manageMail, "staff_mail_title") { Link(language: $0).staffMail },
            StaffPage(.readAudit, "staff_audit_title") { Link(language: $0).staffAudit },
        ]
        feature.routes = { routes, site in
            let context = StaffPageContext(site: site, accounts: accounts, providerLabel: providerLabel)
            for pages in routes.staffPages {
                StaffUsersPages(context: context).add(to: pages)
                StaffMailPages(context: context, outbox: outbox) { mail.wake() }.add(to: pages)
                StaffAuditPages(context: context).add(to: pages)
            }
        }
        return feature
    }
}

/// What the pages for staff share.
struct StaffPageContext: PageResponder {
    let site: SiteEnvironment
    let accounts: AccountUseCases
    /// The name of a sign-in provider for people.
    let providerLabel: @Sendable (String) -> String
}
