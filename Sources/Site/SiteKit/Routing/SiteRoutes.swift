import Civic
import Hummingbird

/// The groups in which features register their routes; each group has its own policy.
package struct SiteRoutes {
    /// Pages for people, outside the three languages.
    package let documents: RouteGroup
    /// Pages for people under `/kk`, `/ru` and `/en`; each page is registered in each of the three.
    package let pages: [PageRoutes]
    /// Pages for staff under `/kk/staff`, `/ru/staff` and `/en/staff`; each page is registered in each of the three.
    package let staffPages: [StaffRoutes]
    /// Static files.
    package let files: RouteGroup
    /// API calls for this site and for programs outside browsers.
    package let calls: RouteGroup
    /// API calls that scripts of any origin may read.
    package let sharedCalls: RouteGroup
    /// Vector tiles.
    package let tiles: RouteGroup
    /// Endpoints for an operator's monitoring.
    let health: RouteGroup

    init(router: Router<PortalContext>, table: RouteTable, forms: FormReader, site: SiteEnvironment) {
        func group(_ policy: RoutePolicy) -> RouteGroup {
            RouteGroup(router: router, table: table, policy: policy, forms: forms)
        }
        (documents, files, calls) = (group(.page), group(.file), group(.call))
        (sharedCalls, tiles, health) = (group(.sharedCall), group(.tile), group(.health))
        func pages(_ policy: RoutePolicy) -> [PageRoutes] {
            Language.allCases.map { language in
                PageRoutes(router: router, table: table, policy: policy, language: language, forms: forms)
            }
        }
        self.pages = pages(.page)
        staffPages = pages(.staffPage).map { StaffRoutes(pages: $0, site: site) }
    }
}
