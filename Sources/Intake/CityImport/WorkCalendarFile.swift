public import Civic
public import Foundation

/// The work calendar that ships with the program, `data/work_calendar.csv`, which operators complete year by year.
///
/// It is read strictly, because a row that is left out moves the terms of appeals: one unusable row makes the file unusable.
public struct WorkCalendarFile: Sendable {
    /// The name of the file.
    public static let name = "work_calendar.csv"
    /// The columns; `source`, `date` and `confidence` say where a row comes from, as in the other tables of `data/`.
    public static let columns = [
        "day", "kind", "holiday", "instead_of", "name_kk", "name_ru", "name_en", "status", "source", "date",
        "confidence",
    ]
    /// The holidays that a year must have, so that a year of which only some rows were typed in is noticed.
    public static let fewestHolidays = 12
    private static let largest = 1_000_000

    /// The rows, in the order of the file.
    public let days: [CalendarDay]

    /// Reads the file of a folder.
    ///
    /// - Throws: `CityImportError.unreadable`, `.tooLarge`, or `.malformed` with the line and the reason.
    public init(folder: URL) throws(CityImportError) {
        let url = folder.appending(path: Self.name)
        guard let data = try? Data(contentsOf: url) else { throw .unreadable(file: Self.name) }
        try self.init([UInt8](data))
    }

    /// Reads the bytes of a file.
    ///
    /// - Throws: as for a folder.
    public init(_ bytes: [UInt8]) throws(CityImportError) {
        guard bytes.count <= Self.largest else { throw .tooLarge(file: Self.name, limit: Self.largest) }
        var rows = CSVReader(bytes)
        guard let header = rows.next(), try Self.fields(header) == Self.columns else {
            throw Self.malformed(1, "the columns are not " + Self.columns.joined(separator: ","))
        }
        var (days, lines) = ([CalendarDay](), [LocalDate: Int]())
        while let row = rows.next() {
            let day = try Self.day(try Self.fields(row), row.line)
            if let line = lines.updateValue(row.line, forKey: day.date) {
                throw Self.malformed(row.line, "\(day.date) is also in line \(line)")
            }
            days.append(day)
        }
        self.days = days
        try checkPairs(lines)
        try checkYears()
    }

    private static func day(_ fields: [String], _ line: Int) throws(CityImportError) -> CalendarDay {
        guard fields.count == columns.count else {
            throw malformed(line, "\(fields.count) fields instead of \(columns.count)")
        }
        let values = Dictionary(zip(columns, fields), uniquingKeysWith: { first, _ in first })
        func value(_ column: String) -> String { values[column] ?? "" }
        func refuse(_ column: String, _ expected: String) -> CityImportError {
            malformed(line, "\(column) is “\(value(column))”; expected \(expected)")
        }
        guard let date = LocalDate(value("day")) else { throw refuse("day", "a day such as 2026-03-08") }
        guard let kind = CalendarDay.Kind(rawValue: value("kind")) else {
            throw refuse("kind", CalendarDay.Kind.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let holiday = Holiday(rawValue: value("holiday")) else {
            throw refuse("holiday", Holiday.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let insteadOf = LocalDate(value("instead_of"))
        guard value("instead_of").isEmpty == (kind == .holiday), (insteadOf == nil) == (kind == .holiday) else {
            throw refuse("instead_of", kind == .holiday ? "nothing for a holiday" : "the day for which it stands")
        }
        guard date.isWeekend == (kind == .worked) || kind == .holiday else {
            throw refuse("day", kind == .worked ? "a Saturday or Sunday" : "a weekday for a moved day off")
        }
        var names: [Language: String] = [:]
        for language in Language.allCases {
            guard !value("name_\(language.rawValue)").isEmpty else {
                throw refuse("name_\(language.rawValue)", "a name")
            }
            names[language] = value("name_\(language.rawValue)")
        }
        guard ["decided", "expected"].contains(value("status")) else { throw refuse("status", "decided or expected") }
        guard !value("source").isEmpty else { throw refuse("source", "where the row comes from") }
        return CalendarDay(
            date: date,
            kind: kind,
            holiday: holiday,
            names: names,
            insteadOf: insteadOf,
            isExpected: value("status") == "expected"
        )
    }

    // A worked weekend day makes up for a day off, and a day off that an order moved names the weekend day that is worked for it.
    private func checkPairs(_ lines: [LocalDate: Int]) throws(CityImportError) {
        let entries = Dictionary(days.map { ($0.date, $0) }, uniquingKeysWith: { first, _ in first })
        for day in days {
            guard let other = day.insteadOf, let line = lines[day.date] else { continue }
            let partner = entries[other]
            let fits =
                day.kind == .worked
                ? partner?.kind == .moved && partner?.insteadOf == day.date
                : partner?.kind == .holiday && other.isWeekend
                    || partner?.kind == .worked && partner?.insteadOf == day.date
            guard fits else {
                throw Self.malformed(line, "instead_of names \(other), which has no row that goes with \(day.date)")
            }
        }
    }

    private func checkYears() throws(CityImportError) {
        for (year, rows) in Dictionary(grouping: days, by: \.date.year).sorted(by: { $0.key < $1.key }) {
            let holidays = rows.count { $0.kind == .holiday }
            guard holidays >= Self.fewestHolidays else {
                throw Self.malformed(
                    1,
                    "\(year) has \(holidays) holidays, and a year has at least \(Self.fewestHolidays): rows are missing"
                )
            }
        }
    }

    private static func fields(_ row: CSVReader.Row) throws(CityImportError) -> [String] {
        switch row.content {
        case .success(let fields): return fields
        case .failure(let fault): throw malformed(row.line, fault.reason)
        }
    }

    private static func malformed(_ line: Int, _ reason: String) -> CityImportError {
        .malformed(file: name, line: line, reason: reason)
    }
}
