import Civic
package import Gazetteer
package import SiteKit

extension Feature {
    /// The map, the directory, the districts, the search and their API.
    ///
    /// - Parameters:
    ///   - batchResults: how many batch results one client may request in a minute.
    ///   - corrections: the corrections that staff make to the city, which are personal data of their authors; nil when there are
    ///     none.
    package static func map(
        live: LiveCity,
        map: CityMap,
        connection: ClientConnection,
        batchResults: Int,
        corrections: (any CorrectionStore)? = nil
    ) -> Feature {
        var feature = Feature(module: "MapSite")
        feature.personalData = corrections.map { [CorrectionPersonalData(store: $0)] } ?? []
        feature.navigation = [
            NavigationEntry("home", coversSubpaths: false) { Link(language: $0).home },
            NavigationEntry("map") { Link(language: $0).map },
            NavigationEntry("directory") { Link(language: $0).directory },
            NavigationEntry("districts") { Link(language: $0).districts },
            NavigationEntry("search_page", style: "site-nav__search") { Link(language: $0).search },
        ]
        feature.footer = [NavigationEntry("open_data") { Link(language: $0).developers }]
        feature.uncrawled = ["/api/v1/", "/tiles/"]
        feature.addresses = { language in
            let link = Link(language: language)
            return [
                "map": link.map, "directory": link.directory, "districts": link.districts, "search_action": link.search,
            ]
        }
        feature.credits = Attribution.sources.map { Credit($0.key, link: $0.link) }
        if let origin = map.basemapOrigin { feature.contentSources = ContentSources(images: [origin]) }
        feature.pages = [
            HomePage.self, SearchPage.self, MapPage.self, DirectoryPage.self, CategoryPage.self, OrganizationPage.self,
            DistrictsPage.self, DistrictPage.self, DevelopersPage.self,
        ]
        feature.services = [live]
        feature.readiness = { () throws(Problem) in
            let snapshot = try live.city().snapshot
            return [
                .number("gazetteer_version", snapshot.version), .text("boundary_version", snapshot.districts.version),
            ]
        }
        feature.routes = { routes, site in
            let allowance = BatchAllowance(perMinute: batchResults)
            DistrictsController(live: live).add(to: routes)
            ResolveController(live: live, connection: connection, allowance: allowance).add(to: routes)
            GeocodeController(live: live, connection: connection, allowance: allowance).add(to: routes)
            ReverseController(live: live).add(to: routes)
            SuggestController(live: live, strings: site.strings).add(to: routes)
            DirectoryController(live: live).add(to: routes)
            TilesController(live: live, map: map).add(to: routes)
            OpenAPIController(live: live, map: map, strings: site.strings[.en]).add(to: routes)
            PagesController(live: live, pages: site.pages, cache: site.pageCache).add(to: routes)
        }
        return feature
    }
}
