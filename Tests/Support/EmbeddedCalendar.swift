import CityImport
public import Civic
import Foundation

/// The work calendar of `data/`, read once for all tests of a process.
public enum EmbeddedCalendar {
    private static let loaded = Result {
        try WorkCalendarFile(folder: ProductFolder.data).days
    }

    /// The rows.
    ///
    /// - Throws: `CityImportError`.
    public static func days() throws -> [CalendarDay] { try loaded.get() }

    /// The calendar with the usual hours.
    ///
    /// - Throws: `CityImportError`.
    public static func calendar() throws -> WorkCalendar { WorkCalendar(try days()) }
}
