public import ArgumentParser
import Civic
package import Geo

/// A position argument shared by several commands, longitude first.
package struct CoordinateArguments: ParsableArguments {
    @Argument(help: "Longitude, degrees (WGS 84): about 76.9 in Almaty.")
    package var longitude: Double?

    @Argument(help: "Latitude, degrees (WGS 84): about 43.2 in Almaty.")
    package var latitude: Double?

    package init() {}

    /// The position.
    ///
    /// - Throws: `ValidationError` when it is missing or not a position on Earth, with a hint when the two values look
    ///   swapped.
    package func position() throws -> Coordinate {
        guard let longitude, let latitude else { throw ValidationError("Give longitude and latitude, in that order.") }
        do {
            return try Coordinate(validatingLongitude: longitude, latitude: latitude)
        } catch {
            throw ValidationError("\(longitude) \(latitude) is no position: longitude −180…180, latitude −90…90.")
        }
    }
}

extension Language: ExpressibleByArgument {}
