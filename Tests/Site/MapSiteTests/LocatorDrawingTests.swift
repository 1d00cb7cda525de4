import Civic
import Foundation
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// The drawing of the surroundings of an organization.
@Suite struct LocatorDrawingTests {
    private func drawing(_ longitude: Double, _ latitude: Double, _ language: Language) throws -> Locator {
        let ground = LocatorGround(try GazetteerSnapshot(try TinyCity.contents(), version: 1))
        let centre = try Coordinate(validatingLongitude: longitude, latitude: latitude)
        let words = try Strings(language, folders: try TestPortal.resources("Locale"))
        return LocatorDrawing(ground, around: centre, in: language).locator(words: words, title: "X")
    }

    @Test("Next to a street the drawing uses the closest view")
    func near() throws {
        let drawing = try drawing(0.5, 0.5205, .ru)
        #expect(!drawing.lines.isEmpty)
        #expect(drawing.scaleText.hasPrefix("100"))
        #expect(drawing.scaleEnd == 83)
        #expect(drawing.border.isEmpty)
    }

    @Test(
        "Far from every street the drawing zooms out until one is visible",
        arguments: [0.525, 0.53, 0.54, 0.58]
    )
    func far(latitude: Double) throws {
        let drawing = try drawing(0.5, latitude, .ru)
        #expect(!drawing.lines.isEmpty)
        #expect(drawing.text.contains("Абая"))
        #expect(!drawing.scaleText.hasPrefix("100\u{A0}"))
    }

    @Test("A visible border is drawn once, and its districts are named")
    func border() throws {
        let drawing = try drawing(0.999, 0.501, .ru)
        #expect(drawing.border.filter { $0 == "M" }.count == 1, "a line that two districts share is drawn once")
        #expect(drawing.text.contains("Восточный район, Западный район"))
    }

    @Test("Without anything nearby the widest view is drawn")
    func nothing() throws {
        let drawing = try drawing(40, 40, .en)
        #expect(drawing.lines.isEmpty && drawing.scaleText.hasPrefix("5"))
    }
}
