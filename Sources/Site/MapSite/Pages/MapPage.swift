import Civic
import Gazetteer
import Geo
import SiteKit

/// The map with its list; without JavaScript the same results are part of the page.
struct MapPage: PageModel {
    /// The parameters of the page.
    struct Request {
        var question: String?
        var pin: Coordinate?
        var view: Coordinate?
        var zoom: Double?
        var filter = OrganizationFilter()
        var organization: Organization.ID?
        /// Whether a parameter could not be parsed.
        var isBroken = false
    }

    /// A category as a filter of its own.
    struct QuickFilter: Codable, Sendable {
        let id: String
        let href: String
        let label: String
        let current: Bool
    }

    /// A category as a checkbox.
    struct Choice: Codable, Sendable {
        let id: String
        let label: String
        let count: String
        let selected: Bool
    }

    /// A group with its categories as checkboxes.
    struct Group: Codable, Sendable {
        let id: String
        let label: String
        let icon: String
        let group: String
        let count: String
        let selected: Bool
        /// Whether it is expanded, because something in it is checked.
        let open: Bool
        let children: [Choice]
    }

    /// A district as an option.
    struct Option: Codable, Sendable {
        let id: String
        let label: String
        let selected: Bool
    }

    /// A symbol of the legend.
    struct Symbol: Codable, Sendable {
        let icon: String
        let group: String
        let label: String
    }

    /// What is at the pin.
    struct Point: Codable, Sendable {
        let heading: String
        let outside: Bool
        let outsideMessage: String?
        let coordinates: String
        let districtHref: String?
        let districtLabel: String?
        let address: String?
        let authorityHref: String?
        let authorityLabel: String?
    }

    static let template = "map"

    let title: String
    let description: String
    let formAction: String
    let error: String?
    let q: String
    let pinValue: String?
    let quick: [QuickFilter]
    let hasPoint: Bool
    let point: Point?
    let chosenCategories: String
    let districts: [Option]
    let open: Bool
    let openHint: String
    let groups: [Group]
    let isFiltered: Bool
    var resultsHeading: String?
    var resultsCount: String?
    var nothingFound = false
    var results: [PlaceItem] = []
    let legend: [Symbol]
    let pageData: String

    init(items: PageItems, suggester: Suggester, request: Request) {
        let words = items.words
        let maker = MapPageMaker(items: items, suggester: suggester, request: request)
        let interpretation = maker.interpretation
        var filter = request.filter
        if let words = interpretation.words { filter.text = words }
        if let category = interpretation.category { filter.categories.append(category) }
        filter = filter.normalised(in: items.snapshot.directory.categories)
        title = words["map"]
        description = words["map_description"]
        formAction = items.link.map
        error = interpretation.error
        q = interpretation.category == nil ? request.question ?? "" : ""
        pinValue = request.question == nil ? interpretation.pin.map { Link.pair($0) } : nil
        quick = items.quickCategories(chosen: filter.categories, pin: interpretation.pin)
        hasPoint = interpretation.pin != nil
        point = interpretation.pin.map { maker.point($0) }
        chosenCategories = maker.chosen(filter)
        districts = maker.districts(filter)
        open = filter.isOpenNow
        openHint = words.count("map_open_hint", items.facts.counts.withHours)
        groups = maker.groups(filter)
        isFiltered = !filter.isEmpty
        legend = maker.legend
        pageData = MapPageData(items: items, request: request, filter: filter, pin: interpretation.pin).json
        if let pin = interpretation.pin {
            maker.listNearest(pin, filter, &self)
        } else if !filter.isEmpty || request.organization != nil {
            maker.listAll(filter, &self)
        }
    }
}
