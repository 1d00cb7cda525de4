import Civic
import Geo

/// The header of a picture, as `vipsheader -a` prints it.
struct PictureHeader: Equatable {
    /// The width in pixels, before rotation by its orientation tag.
    let width: Int
    /// The height in pixels, before rotation by its orientation tag.
    let height: Int
    /// The reader of libvips that decodes it, such as `jpegload`.
    let reader: String
    /// The colour space, such as `srgb`, `b-w` or `cmyk`.
    let colours: String
    /// Whether it has an embedded colour profile.
    let hasProfile: Bool
    /// Where the picture was taken, if its metadata say so.
    let position: Coordinate?

    /// Reads the lines; nil when the size or the reader is missing.
    ///
    /// Of two lines of one name the first counts: comments of a picture come later and can contain line breaks.
    init?(_ output: String) {
        var fields: [Substring: Substring] = [:]
        for line in output.split(separator: "\n") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            let name = line[..<colon.lowerBound]
            if fields[name] == nil { fields[name] = line[colon.upperBound...] }
        }
        guard let width = fields["width"].flatMap({ Int($0) }), let height = fields["height"].flatMap({ Int($0) }),
            width > 0, height > 0, let colours = fields["interpretation"], let reader = fields["vips-loader"]
        else { return nil }
        (self.width, self.height, self.reader) = (width, height, String(reader))
        (self.colours, hasProfile) = (String(colours), fields["icc-profile-data"] != nil)
        position = Self.position(fields)
    }

    /// The options by which `vips thumbnail` brings its colours to sRGB, since the profile is removed.
    ///
    /// Without a profile the colours of screens are sRGB already, and those of printers are converted by a usual profile.
    var conversion: [String] {
        guard hasProfile || colours == "cmyk" else { return [] }
        // A profile that does not fit the picture is replaced by the one for import.
        return (colours == "srgb" ? ["--import-profile", "srgb"] : []) + ["--export-profile", "srgb"]
    }

    /// Whether the reader is the one for a format.
    func isOf(_ format: FileFormat) -> Bool {
        switch format {
        case .jpeg: reader == "jpegload"
        case .png: reader == "pngload"
        case .webp: reader == "webpload"
        case .heic: reader == "heifload"
        case .pdf, .docx, .cms: false
        }
    }

    /// The position in the third directory of the metadata (Exif 2.3, section 4.6.6).
    private static func position(_ fields: [Substring: Substring]) -> Coordinate? {
        func degrees(_ name: Substring, _ negative: Character) -> Double? {
            guard let value = fields["exif-ifd3-GPS" + name], let mark = fields["exif-ifd3-GPS\(name)Ref"]?.first else {
                return nil
            }
            return Self.degrees(value).map { mark == negative ? -$0 : $0 }
        }
        guard let latitude = degrees("Latitude", "S"), let longitude = degrees("Longitude", "W") else { return nil }
        // Devices without a position write zeros.
        guard latitude != 0 || longitude != 0 else { return nil }
        return try? Coordinate(validatingLongitude: longitude, latitude: latitude)
    }

    /// Degrees, minutes and seconds as fractions: `43/1 14/1 50541/2500 (43, 14, 20.2164, Rational, …)`.
    private static func degrees(_ value: Substring) -> Double? {
        let parts = value.split(separator: " ").prefix(3).compactMap { part -> Double? in
            let numbers = part.split(separator: "/").compactMap { Double($0) }
            guard numbers.count == 2, numbers[1] != 0 else { return nil }
            return numbers[0] / numbers[1]
        }
        guard parts.count == 3, parts.allSatisfy({ $0.isFinite && $0 >= 0 }), parts[1] < 60, parts[2] <= 60 else {
            return nil
        }
        return parts[0] + parts[1] / 60 + parts[2] / 3_600
    }
}
