import ArgumentParser
import Civic
import Console
import Foundation
import Gazetteer
import Geo

struct ResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Tell the district of a point, the nearest address, and who answers there."
    )

    @OptionGroup var coordinates: CoordinateArguments

    @Flag(help: "Read lines “lon lat” from the standard input and print one slug, or -, a line.")
    var batch = false

    @Option(help: "The language of the names: kk, ru or en.")
    var lang: Language = .ru

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        if batch { return try resolveLines(try await snapshot()) }
        let point = try coordinates.position()
        let snapshot = try await snapshot()
        let place = snapshot.place(at: point)
        if json { return try printJSON(PlaceJSON(point, place, snapshot, lang)) }
        guard let district = place.district else {
            let nearest = snapshot.districts.nearest(to: point)
            print("outside the city" + (nearest.map { ", \(Int($0.distance)) m from \(label($0.district))" } ?? ""))
            if point.looksSwapped(for: snapshot.districts.bounds) {
                printError("Longitude and latitude look swapped: try \(point.latitude) \(point.longitude).")
            }
            throw ExitCode.failure
        }
        print("\(label(district)) (\(district.id))")
        if let address = place.address {
            let text = snapshot.addresses.label(of: address, language: lang).text
            print("\(text), \(Int((place.addressDistance ?? 0).rounded())) m")
        }
        if let authority = place.authority { print(authority.names.label(for: lang).text) }
    }

    private func snapshot() async throws -> GazetteerSnapshot {
        try await database.city().snapshot()
    }

    private func label(_ district: District) -> String { district.names.label(for: lang).text }

    private func resolveLines(_ snapshot: GazetteerSnapshot) throws {
        var number = 0
        while let line = readLine() {
            number += 1
            let values = line.split(separator: " ").map { Double($0) }
            guard values.count == 2, let longitude = values[0], let latitude = values[1] else {
                throw ValidationError("Line \(number) is not “lon lat”: \(line.prefix(60))")
            }
            let point = Coordinate(longitude: longitude, latitude: latitude)
            print(snapshot.districts.district(at: point)?.id.rawValue ?? "-")
        }
    }
}

private struct PlaceJSON: Encodable {
    struct Nearby: Encodable {
        let label: String
        let distanceM: Double
    }

    let lon: Double
    let lat: Double
    let inside: Bool
    let district: String?
    let districtLabel: String?
    let microdistrict: String?
    let address: Nearby?
    let authority: String?
    let nearestDistrict: String?
    let distanceM: Double?
    let boundaryVersion: String

    init(_ point: Coordinate, _ place: Place, _ snapshot: GazetteerSnapshot, _ language: Language) {
        lon = point.longitude
        lat = point.latitude
        inside = place.district != nil
        district = place.district?.id.rawValue
        districtLabel = place.district?.names.label(for: language).text
        microdistrict = place.microdistrict.map { AddressLabel.microdistrict($0, language: language).text }
        address = place.address.map {
            Nearby(
                label: snapshot.addresses.label(of: $0, language: language).text,
                distanceM: place.addressDistance ?? 0
            )
        }
        authority = place.authority?.names.label(for: language).text
        let nearest = place.district == nil ? snapshot.districts.nearest(to: point) : nil
        nearestDistrict = nearest?.district.id.rawValue
        distanceM = nearest?.distance
        boundaryVersion = snapshot.districts.version
    }
}
