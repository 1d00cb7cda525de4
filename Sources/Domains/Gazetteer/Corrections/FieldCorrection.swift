public import Civic
import Geo

public import struct Foundation.Date

/// A correction by staff of one field of a record of the city.
///
/// A correction takes precedence over imported values until it is withdrawn or replaced by another one of the same field;
/// it is never deleted.
public struct FieldCorrection: Sendable, Equatable {
    /// What is corrected.
    public struct Subject: Sendable, Hashable {
        /// The name of the record's layer.
        public let layerName: String
        /// The key of the record.
        public let key: String
        /// The field: a column as in files, or `geometry` for the position of a point.
        public let field: String

        /// Names a field of a record.
        public init(layer: Layer, key: String, field: String) {
            self.init(layerName: layer.rawValue, key: key, field: field)
        }

        /// Names a field of a record as it is stored.
        public init(layerName: String, key: String, field: String) {
            (self.layerName, self.key, self.field) = (layerName, key, field)
        }

        /// The layer of the record; nil when this version of the program does not know it.
        public var layer: Layer? { Layer(rawValue: layerName) }
    }

    /// The end of a correction that is no longer in force.
    public struct End: Sendable, Equatable {
        /// When it ended.
        public let time: Date
        /// Who withdrew or replaced it.
        public let author: PersonID

        /// Makes an end.
        public init(time: Date, author: PersonID) { (self.time, self.author) = (time, author) }
    }

    /// The number of the correction.
    public let id: Int64
    /// What is corrected.
    public let subject: Subject
    /// The value in force; nil when the field is to be empty.
    ///
    /// A position is written `LON LAT`, WGS 84 degrees.
    public let value: String?
    /// The value that the import had when the correction was made.
    public let base: String?
    /// Who made it.
    public let author: PersonID
    /// Why it was made.
    public let reason: String
    /// When it was made.
    public let time: Date
    /// When and by whom it was ended; nil while it is in force.
    public let end: End?

    /// The name of the field that holds the position of a point.
    ///
    /// Not `position`, which is a column of categories.
    public static let position = "geometry"

    /// Makes a correction.
    public init(
        id: Int64,
        subject: Subject,
        value: String?,
        base: String?,
        author: PersonID,
        reason: String,
        time: Date,
        end: End? = nil
    ) {
        self.id = id
        self.subject = subject
        self.value = value
        self.base = base
        self.author = author
        self.reason = reason
        self.time = time
        self.end = end
    }
}

extension Fields {
    /// The value of a field as corrections write it.
    func correctable(_ name: String) -> String? {
        guard name == FieldCorrection.position else { return text(name) }
        guard case .point(let point)? = shape else { return nil }
        return "\(point.longitude) \(point.latitude)"
    }

    /// These fields with another value of one.
    ///
    /// - Throws: `RecordError` when a position cannot be read.
    func corrected(_ name: String, to value: String?) throws(RecordError) -> Fields {
        var fields = self
        guard name == FieldCorrection.position else {
            fields[name] = value
            return fields
        }
        guard let value else {
            fields.shape = nil
            return fields
        }
        let parts = value.split(separator: " ").map { Double($0) }
        guard parts.count == 2, let longitude = parts[0], let latitude = parts[1],
            let point = try? Coordinate(validatingLongitude: longitude, latitude: latitude)
        else { throw .malformed(field: name, value: value, expected: "longitude and latitude, degrees, WGS 84") }
        // As in an import: the precision of the old position does not apply to the new one.
        if fields.shape != .point(point) { fields["precision"] = nil }
        fields.shape = .point(point)
        return fields
    }
}
