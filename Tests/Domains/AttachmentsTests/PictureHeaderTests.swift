import Civic
import Geo
import Testing

@testable import Attachments

@Suite struct PictureHeaderTests {
    private static func header(_ lines: String...) -> PictureHeader? {
        let start =
            "a.jpg: 4x3 uchar\nwidth: 4\nheight: 3\ninterpretation: srgb\nfilename: a.jpg\nvips-loader: jpegload\n"
        return PictureHeader(start + lines.joined(separator: "\n"))
    }

    private static func position(_ latitude: String, _ south: String, _ longitude: String, _ west: String) -> String {
        "exif-ifd3-GPSLatitudeRef: \(south) (x)\nexif-ifd3-GPSLatitude: \(latitude) (x)\n"
            + "exif-ifd3-GPSLongitudeRef: \(west) (x)\nexif-ifd3-GPSLongitude: \(longitude) (x)"
    }

    @Test("A position is read with its signs")
    func positions() throws {
        let found = try #require(Self.header(Self.position("43/1 30/1 0/1", "S", "76/1 0/1 3600/100", "W"))?.position)
        #expect(found.latitude == -43.5 && found.longitude == -76.01)
    }

    @Test(
        "What is no position is none",
        arguments: [
            ("0/1 0/1 0/1", "N", "0/1 0/1 0/1"), ("43/0 0/1 0/1", "N", "76/1 0/1 0/1"),
            ("91/1 0/1 0/1", "N", "76/1 0/1 0/1"),
            ("43/1 60/1 0/1", "N", "76/1 0/1 0/1"), ("nan/1 0/1 0/1", "N", "76/1 0/1 0/1"),
            ("43/1 0/1", "N", "76/1 0/1 0/1"),
            ("-43/1 0/1 0/1", "N", "76/1 0/1 0/1"), ("43/1 0/1 0/1", "N", "181/1 0/1 0/1"), ("", "", ""),
        ]
    )
    func noPositions(latitude: String, south: String, longitude: String) {
        #expect(Self.header(Self.position(latitude, south, longitude, "E"))?.position == nil)
        #expect(Self.header()?.position == nil)
    }

    @Test("A comment of a picture cannot replace its size")
    func comments() throws {
        let header = try #require(Self.header("png-comment-0-x: a", "width: 9999999", "vips-loader: svgload"))
        #expect(header.width == 4 && header.height == 3 && header.isOf(.jpeg) && !header.isOf(.png))
        #expect(PictureHeader("width: 4\nheight: 0\ninterpretation: srgb\nvips-loader: x") == nil)
        #expect(PictureHeader("") == nil)
    }

    @Test("Colours are converted only where a profile or a printer's colours ask for it")
    func colours() {
        #expect(Self.header("")?.conversion == [])
        #expect(
            Self.header("icc-profile-data: 5 bytes of binary data")?.conversion
                == ["--import-profile", "srgb", "--export-profile", "srgb"]
        )
        let printer = "width: 4\nheight: 3\ninterpretation: cmyk\nvips-loader: jpegload"
        #expect(PictureHeader(printer)?.conversion == ["--export-profile", "srgb"])
    }
}
