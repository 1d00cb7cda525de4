import Civic
import Testing

@testable import Gazetteer

@Suite struct OpeningHoursTests {
    // 2026-11-23 is a Monday without a holiday near it.
    private func time(_ day: Int, _ hour: Int, _ minute: Int = 0) -> LocalTime {
        LocalTime(Self.monday.adding(days: day), minute: hour * 60 + minute)
    }

    private static let monday = LocalDate(number: 20_780)

    private func day(_ text: String) throws -> LocalDate {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return try #require(LocalDate(year: parts[0], month: parts[1], day: parts[2]))
    }

    private func open(_ hours: String, _ date: String) throws -> String {
        try OpeningHours(reading: hours).spans(on: day(date)).map {
            "\($0.start)-\($0.end)\($0.isOpenEnded ? "+" : "")"
        }
        .joined(separator: ",")
    }

    @Test("A lunch break is closed")
    func weekdays() throws {
        let hours = try #require(OpeningHours("Mo-Fr 09:00-13:00,14:00-18:00; Sa 10:00-14:00"))
        #expect(Self.monday.description == "2026-11-23")
        #expect(hours.isOpen(at: time(0, 9)))
        #expect(!hours.isOpen(at: time(0, 13)))
        #expect(hours.isOpen(at: time(0, 14)))
        #expect(hours.isOpen(at: time(4, 17, 59)))
        #expect(!hours.isOpen(at: time(4, 18)))
        #expect(hours.isOpen(at: time(5, 10)))
        #expect(!hours.isOpen(at: time(6, 10)))
    }

    @Test func pastMidnightAlsoFromSundayToMonday() throws {
        let hours = try #require(OpeningHours("Su 18:00-02:00"))
        #expect(hours.isOpen(at: time(6, 23)))
        #expect(hours.isOpen(at: time(7, 1, 59)))
        #expect(!hours.isOpen(at: time(7, 2)))
        #expect(!hours.isOpen(at: time(0, 18)))
        let long = try #require(OpeningHours("20:00-26:00"))
        #expect(long.isOpen(at: time(2, 1, 59)))
        #expect(!long.isOpen(at: time(2, 2)))
    }

    @Test("A night belongs to the day on which it begins, whatever the next day's rule is")
    func nightBeforeADayOff() throws {
        for text in ["Fr 20:00-02:00; Sa off", "Mo-Fr 20:00-02:00; Sa 12:00-14:00"] {
            let hours = try #require(OpeningHours(text))
            #expect(hours.isOpen(at: time(5, 1, 59)), "\(text)")
            #expect(!hours.isOpen(at: time(5, 2)), "\(text)")
            #expect(!hours.isOpen(at: time(6, 1)), "\(text)")
        }
        // 16 December 2026, a Wednesday, is Independence Day.
        #expect(try open("Mo-Su 20:00-02:00; PH off", "2026-12-15") == "1200-1560")
        #expect(try open("Mo-Su 20:00-02:00; PH off", "2026-12-16") == "")
    }

    @Test("Named times that are off cut out what earlier rules opened, past midnight too")
    func cuts() throws {
        #expect(try open("Mo-Fr 09:00-18:00; 12:00-13:00 off", "2026-11-23") == "540-720,780-1080")
        #expect(try open("12:00-13:00 off; Mo-Fr 09:00-18:00", "2026-11-23") == "540-1080")
        #expect(try open("Mo-Su 20:00-04:00; Sa 00:00-02:00 off", "2026-11-27") == "1200-1440,1560-1680")
        #expect(try open("Mo-Su 20:00-04:00; Fr 22:00-26:00 off", "2026-11-27") == "1200-1320,1560-1680")
    }

    @Test(
        "The spans that each form of the syntax opens on a day",
        arguments: [
            ("24/7", "2026-11-29", "0-1440"),
            ("24/7; Su off", "2026-11-29", ""),
            ("Sa-Mo 10:00-12:00; Su off", "2026-11-30", "600-720"),
            ("Mo-Fr open", "2026-11-27", "0-1440"),
            ("Mo-Fr 00:00-24:00", "2026-11-27", "0-1440"),
            ("Mo, We 09:00-10:00", "2026-11-25", "540-600"),
            ("Mo-Fr 09:00-13:00, 14:00-18:00", "2026-11-23", "540-780,840-1080"),
            ("Mo-Fr 09:00-18:00, Mo 20:00-22:00", "2026-11-23", "540-1080,1200-1320"),
            ("Mo-Fr 09:00-18:00; Mo 20:00-22:00", "2026-11-23", "1200-1320"),
            ("08:00+", "2026-11-23", "480-1440+"),
            ("Mo 08:00-12:00+", "2026-11-23", "480-720+"),
            // An open end lasts until the next span of the day, which determines when the day ends.
            ("07:00+,12:00-16:00", "2026-11-23", "420-960"),
            ("12:00-16:00,07:00+", "2026-11-23", "420-960"),
            ("07:00+,12:00-16:00,18:00+", "2026-11-23", "420-960,1080-1440+"),
            ("07:00+,07:00-16:00", "2026-11-23", "420-960"),
            ("20:00+,22:00-02:00", "2026-11-23", "1200-1560"),
            ("07:00+; 16:00-24:00 off", "2026-11-23", "420-960"),
            ("08:00-12:00+,14:00-18:00", "2026-11-23", "480-720+,840-1080"),
            ("mo–fr 9:00–18:00;", "2026-11-23", "540-1080"),
            ("Apr-Oct 08:00-20:00; Nov-Mar 09:00-17:00", "2026-11-23", "540-1020"),
            ("Apr 15-Oct 1 08:00-20:00", "2026-10-01", "480-1200"),
            ("Apr 15-Oct 1 08:00-20:00", "2026-10-02", ""),
            ("Nov 20-Mar 10 08:00-20:00", "2027-03-10", "480-1200"),
            ("Dec 31: 10:00-14:00", "2026-12-31", "600-840"),
            ("Dec 24-26 off; Mo-Su 10:00-11:00", "2026-12-25", "600-660"),
            ("Mo-Su 10:00-11:00; Dec 24-26 off", "2026-12-25", ""),
            ("2026 Dec 20-Jan 10 10:00-11:00", "2027-01-10", "600-660"),
            ("2026 Dec 20-Jan 10 10:00-11:00", "2026-01-05", ""),
            ("2027+ 10:00-11:00", "2026-12-31", ""),
            ("2026 Mo 10:00-11:00", "2026-11-23", "600-660"),
            ("week 48 10:00-11:00", "2026-11-23", "600-660"),
            ("week 2-53/2 10:00-11:00", "2026-11-30", ""),
            ("Mo[1] 10:00-11:00", "2026-12-07", "600-660"),
            ("Mo[1] 10:00-11:00", "2026-12-14", ""),
            ("Mo[-1] 10:00-11:00", "2026-12-28", "600-660"),
            ("Mo-Fr 09:00-18:00 \"по записи\"", "2026-11-23", "540-1080"),
            ("Mo-Fr 09:00-18:00; Sa \"по записи\"", "2026-11-28", ""),
            ("Mo-Fr 09:00-18:00 || \"по телефону\"", "2026-11-28", ""),
            ("off", "2026-11-23", ""),
            ("SH 10:00-12:00", "2026-11-23", ""),
            ("Mo,SH 10:00-12:00", "2026-11-23", "600-720"),
            // Independence Day, a Wednesday.
            ("Mo-Fr 09:00-18:00", "2026-12-16", "540-1080"),
            ("Mo-Fr 09:00-18:00; PH off", "2026-12-16", ""),
            ("Mo-Fr 09:00-18:00; PH 10:00-16:00", "2026-12-16", "600-960"),
            ("Mo-Fr 09:00-18:00, PH 20:00-21:00", "2026-12-16", "540-1080,1200-1260"),
            ("Sa,PH 10:00-16:00", "2026-12-16", "600-960"),
            ("10:00-16:00; PH Su off", "2026-12-16", "600-960"),
            // Republic Day, a Sunday, and the Monday that takes its place.
            ("10:00-16:00; PH Su off", "2026-10-25", ""),
            ("10:00-16:00; PH off", "2026-10-26", ""),
        ]
    )
    func opens(hours: String, date: String, spans: String) throws { #expect(try open(hours, date) == spans) }

    @Test(
        "Unsupported syntax is rejected, and the error names the offending word",
        arguments: [
            ("", ""), ("Пн 09:00-18:00", "пн"), ("Mo 25:00-26:00", "25:00"),
            ("Mo-Xx 09:00-18:00", "xx"),
            ("Mo 09:00", ""), ("sunrise-sunset", "sunrise"), ("Mo 10:00-sunset", "sunset"), ("easter off", "easter"),
            ("Mo 10:00-18:00/15", "/"), ("Mo 09:60-10:00", "09:60"), ("Mo 10:00-48:01", "48:01"),
            ("Feb 30 10:00-11:00", "30"), ("week 54 10:00-11:00", "54"), ("Mo[6] 10:00-11:00", "6"),
            ("Mo-We[1] 10:00-11:00", "["), ("PH +1 day off", "+"), ("Mo 10:00-11:00 unknown", "unknown"),
            ("Mo 10:00-12:00 || 14:00-15:00", "14"), ("Mo 10:00-12:00 ||", ""), ("Mo 10:00-12:00,", ""),
            ("24/7 10:00-12:00", "10"), ("24/7 off", "off"), ("24/7 closed", "closed"),
            ("Mo 10:00-12:00; 24/7 off", "off"), ("Mo 10:00-12:00 off open", "open"), ("\"по записи", "\"по записи"),
            ("2027-2026 10:00-11:00", "2026"), ("Jan 10-5 10:00-11:00", "5"), ("Mo 24:00-26:00", "24:00"),
            ("ежедневно", "ежедневно"), ("Mo ١٠:00-11:00", "١"), ("|", "|"), (";", ";"),
            ("Mo Jan 10:00-11:00", "jan"), ("Mo-Fr: 09:00-18:00", ":"),
        ]
    )
    func refuses(text: String, word: String) {
        #expect(throws: OpeningHoursError(word: word)) { try OpeningHours(reading: text) }
        #expect(OpeningHours(text) == nil)
    }

    @Test(
        "Ambiguous syntax is rejected with the unambiguous form",
        arguments: [
            ("0900-1800", "0900", .clock), ("0800-1700 Mo-Fr", "0800", .clock), ("Mo-Fr 0800-1700", "0800", .clock),
            ("1000-1700 Mo-Su; PH off", "1000", .clock), ("PH off; 1000-1700 Mo-Su", "1000", .clock),
            ("1900-2100 Mo 10:00-12:00", "1900", .clock), ("2000-2300 Mo-Su", "2300", .clock),
            ("2000-2030 Mo-Su", "2000-2030mo-su", .noTimes), ("2000-2030", "2000-2030", .noTimes),
            ("09.00-18.00", "09", .clock), ("9-18", "9", .clock), ("Mo 9-18", "9", .clock),
            ("Mo-Fr 900-1800", "900", .clock), ("Dec 9-18", "dec 9-18", .noTimes), ("Mo-Fr", "mo-fr", .noTimes),
            ("Mo-Fr, 09:00-18:00", "mo-fr", .noTimes), ("Mo-Fr 09:00-18:00; PH", "ph", .noTimes),
            ("0900 Jan 5 10:00-12:00", "0900", .clock),
            ("Su PH 07:30-19:00", "ph", .holidayAfterWeekdays), ("Su PH 10:00-16:00", "ph", .holidayAfterWeekdays),
            ("Mo-Fr PH off", "ph", .holidayAfterWeekdays), ("Sa,Su SH off", "sh", .holidayAfterWeekdays),
            ("09:00-18:00 Mo-Fr", "mo", .daysAfterTimes), ("Mo 09:00-18:00 Sa 10:00-12:00", "sa", .daysAfterTimes),
            ("week 30-40/27 Mo 10:00-12:00", "/27", .step), ("2025-2026/2 10:00-12:00", "/2", .step),
            ("Mo 09:00-09:00", "09:00-09:00", .emptySpan), ("00:00-00:00", "00:00-00:00", .emptySpan),
        ] as [(String, String, OpeningHoursError.Mistake)]
    )
    func refusesMistakes(text: String, word: String, mistake: OpeningHoursError.Mistake) {
        let error = OpeningHoursError(word: word, mistake: mistake)
        #expect(throws: error) { try OpeningHours(reading: text) }
        #expect(error.description.contains(word))
    }

    @Test("A comment applies only to its own days and times")
    func comments() throws {
        let hours = try #require(
            OpeningHours(
                "Mo-Fr 09:00-12:00 \"по записи\", Mo-Fr 12:00-18:00; Sa \"сообщат\"; Su off \"ремонт\" || \"по телефону\""
            )
        )
        #expect(hours.comments == ["по телефону"])
        let monday = Self.monday
        #expect(hours.spans(on: monday).map(\.comment) == ["по записи", nil])
        #expect(hours.spans(on: monday).map(\.start) == [540, 720])
        #expect(hours.state(at: time(0, 10)) == .open(until: time(0, 18)))
        #expect(hours.remarks(on: monday) == [])
        #expect(
            hours.remarks(on: monday.adding(days: 5)) == [.init(text: "сообщат", isClosed: false, span: nil)]
        )
        #expect(hours.remarks(on: monday.adding(days: 6)) == [.init(text: "ремонт", isClosed: true, span: nil)])
        #expect(OpeningHours("\"по записи\"")?.comments == ["по записи"])
        #expect(OpeningHours("\"по записи\"")?.isOpen(at: time(0, 12)) == false)
        #expect(OpeningHours("24/7 \"звоните\"")?.spans(on: monday).first?.comment == "звоните")
    }

    @Test("A comment on a part of a span splits it, and a later rule replaces the comment of an earlier one")
    func commentsOfParts() throws {
        let inside = try #require(OpeningHours("Mo 09:00-18:00, Mo 12:00-13:00 \"касса закрыта\""))
        #expect(inside.spans(on: Self.monday).map(\.start) == [540, 720, 780])
        #expect(inside.spans(on: Self.monday).map(\.comment) == [nil, "касса закрыта", nil])
        let cut = try #require(OpeningHours("Mo 09:00-18:00; Mo 12:00-13:00 off \"обед\""))
        let lunch = OpeningHours.Span(start: 720, end: 780)
        #expect(cut.remarks(on: Self.monday) == [.init(text: "обед", isClosed: true, span: lunch)])
        let replaced = try #require(OpeningHours("Mo off \"ремонт\"; Mo 10:00-12:00"))
        #expect(replaced.remarks(on: Self.monday) == [])
    }

    @Test(
        "The next change, over nights, holidays and seasons",
        arguments: [
            ("Mo-Fr 09:00-18:00", "2026-11-23", 600, true, "2026-11-23T18:00"),
            ("Mo-Fr 09:00-18:00", "2026-11-27", 1_080, false, "2026-11-30T09:00"),
            ("Mo-Fr 09:00-18:00; PH off", "2026-12-15", 1_080, false, "2026-12-17T09:00"),
            ("Mo-Fr 09:00-18:00; PH off", "2026-12-31", 1_080, false, "2027-01-05T09:00"),
            ("Fr 20:00-02:00", "2026-11-28", 60, true, "2026-11-28T02:00"),
            ("Mo-Su 00:00-24:00; Su 00:00-12:00", "2026-11-25", 60, true, "2026-11-29T12:00"),
            ("Fr 20:00-26:00; Sa 02:00-05:00", "2026-11-27", 1_300, true, "2026-11-28T05:00"),
            ("Jun 10:00-18:00", "2026-11-23", 600, false, "2027-06-01T10:00"),
            ("24/7", "2026-11-23", 600, true, nil),
            ("08:00+", "2026-11-23", 600, true, nil),
            ("off", "2026-11-23", 600, false, nil),
            ("2025 Mo 10:00-11:00", "2026-11-23", 600, false, nil),
        ]
    )
    func state(hours: String, date: String, minute: Int, isOpen: Bool, next: String?) throws {
        let state = try OpeningHours(reading: hours).state(at: LocalTime(day(date), minute: minute))
        switch state {
        case .open(let until):
            #expect(isOpen)
            #expect(until?.description == next)
        case .closed(let until):
            #expect(!isOpen)
            #expect(until?.description == next)
        }
    }

    @Test("Only hours that mention holidays take them into account")
    func namesPublicHolidays() {
        #expect(OpeningHours("Mo-Fr 09:00-18:00; PH off")?.namesPublicHolidays == true)
        #expect(OpeningHours("Mo-Fr 09:00-18:00")?.namesPublicHolidays == false)
        #expect(OpeningHours("Apr-Oct 09:00-18:00")?.dependsOnDate == true)
        #expect(OpeningHours("Mo-Fr 09:00-18:00; PH off")?.dependsOnDate == false)
    }
}
