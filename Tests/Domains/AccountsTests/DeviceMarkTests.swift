import Civic
import Foundation
import Testing

@testable import Accounts

@Suite struct DeviceMarkTests {
    private let ring: KeyRing
    private let sealer: ValueSealer

    init() throws {
        ring = try KeyRing.random()
        sealer = ValueSealer(ring)
    }

    @Test func deviceMarks() throws {
        let (person, now) = (PersonID(rawValue: 7), Date(timeIntervalSince1970: 1_000))
        let (set, end) = (Date(timeIntervalSince1970: 500), Date(timeIntervalSince1970: 2_000))
        let mark = try sealer.deviceMark(of: person, passwordSet: set, until: end)
        func holds(_ mark: String, _ person: PersonID, _ set: Date?, at time: Date) throws -> Bool {
            try sealer.isDeviceMark(mark, of: person, passwordSet: set, at: time)
        }
        #expect(try holds(mark, person, set, at: now))
        #expect(try !holds(mark, PersonID(rawValue: 8), set, at: now))
        #expect(try !holds(mark, person, set + 1, at: now))
        #expect(try !holds(mark, person, nil, at: now))
        #expect(try !holds(mark, person, set, at: end))
        #expect(try !holds(mark.replacingOccurrences(of: "2000.", with: "9000."), person, set, at: now))
        for bad in ["", ".", "2000.", "x.y", String(repeating: "9", count: 200)] {
            #expect(try !holds(bad, person, set, at: now))
        }
    }
}
