import CityImport
package import Civic
package import Portal
import SiteKit

/// The work calendar of the program's `data/` folder, with the configured working hours.
package struct ConfiguredCalendar {
    package let calendar: WorkCalendar

    /// Reads the calendar.
    ///
    /// - Throws: `CityImportError` when the file is missing or has an unusable row, `SiteError` when the folder is missing.
    package init(_ settings: Settings) throws {
        let home = try ResourcePaths(folder: settings.home)
        calendar = WorkCalendar(try WorkCalendarFile(folder: home.data).days, hours: settings.workHours)
    }

    /// The years that must have a calendar on a day and have none: the current one and the next.
    package func missingYears(on day: LocalDate) -> [Int] {
        calendar.missingYears(among: [day.year, day.year + 1])
    }
}
