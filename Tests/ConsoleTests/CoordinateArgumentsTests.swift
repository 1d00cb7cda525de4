import ArgumentParser
import Console
import Geo
import Testing

@Suite struct CoordinateArgumentsTests {
    private func position(_ arguments: String...) throws -> Coordinate {
        try CoordinateArguments.parse(arguments).position()
    }

    @Test func longitudeComesFirst() throws {
        #expect(try position("76.9", "43.2") == Coordinate(longitude: 76.9, latitude: 43.2))
        #expect(try position("--", "-76.9", "-43.2") == Coordinate(longitude: -76.9, latitude: -43.2))
    }

    @Test("What is no position is refused with a message that names the ranges or the order")
    func refusals() throws {
        let missing = #expect(throws: ValidationError.self) { _ = try position("76.9") }
        #expect(missing?.message.contains("longitude and latitude") == true)
        for (longitude, latitude) in [("181", "43"), ("76", "91"), ("nan", "43"), ("76", "inf")] {
            let error = #expect(throws: ValidationError.self) { _ = try position(longitude, latitude) }
            #expect(error?.message.contains("−180…180") == true, "\(longitude) \(latitude)")
        }
    }
}
