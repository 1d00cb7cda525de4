import Civic
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct MomentTests {
    @Test(
        "RFC 3339 times are converted to Almaty time; times without an offset are Almaty time",
        arguments: [
            ("2026-12-16T10:00:00+05:00", "2026-12-16T10:00"), ("2026-12-16T10:00:00Z", "2026-12-16T15:00"),
            ("2026-12-16t10:00:00.123456z", "2026-12-16T15:00"), ("2026-12-16T23:30:00-01:30", "2026-12-17T06:00"),
            ("2026-12-31T23:59:60Z", "2027-01-01T04:59"), ("2026-12-16T10:00", "2026-12-16T10:00"),
            ("2026-12-16T10:00:59", "2026-12-16T10:00"), ("2028-02-29T00:00:00+05:00", "2028-02-29T00:00"),
            ("0001-01-01T00:00:00Z", "0001-01-01T05:07"), ("2020-01-01T00:00:00Z", "2020-01-01T06:00"),
        ]
    )
    func times(text: String, expected: String) { #expect(Moment.localTime(text)?.description == expected) }

    @Test(arguments: [
        "", "today", "2026-02-29T10:00", "2026-12-16", "2026-12-16T24:00:00Z", "2026-12-16T10:60:00Z",
        "2026-12-16T10:00:61Z",
        "2026-12-16T10:00Z", "2026-12-16T10:00:00+24:00", "2026-12-16T10:00:00+05:60", "2026-12-16T10:00:00.Z",
        "2026-12-16 10:00:00Z", "0000-01-01T00:00:00Z", "2026-12-16T10:00:00+0500", "٢٠٢٦-12-16T10:00",
        "2026-13-01T10:00",
    ])
    func others(text: String) { #expect(Moment.localTime(text) == nil) }
}
