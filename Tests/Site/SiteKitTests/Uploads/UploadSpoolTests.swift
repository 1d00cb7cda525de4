import Foundation
import TestSupport
import Testing

@testable import SiteKit

@Suite("The spool of uploads") struct UploadSpoolTests {
    @Test("What a process that ended has left is deleted, and what another one uses is not")
    func leftovers() throws {
        let folder = try TemporaryFolder()
        let root = folder.url.appending(path: "incoming")
        let running = UploadSpool(root)
        let used = try running.makeRequestFolder()
        try Data([1]).write(to: used.appending(path: "0"))
        let crashed = root.appending(path: "123-abc/request")
        try FileManager.default.createDirectory(at: crashed, withIntermediateDirectories: true)
        try Data([1]).write(to: crashed.appending(path: "0"))
        // A lock file that nobody holds a lock on, as after a crash.
        try Data().write(to: root.appending(path: "123-abc/.lock"))
        try FileManager.default.createDirectory(
            at: root.appending(path: "half-made"),
            withIntermediateDirectories: true
        )
        try UploadSpool(root).deleteLeftovers()
        let left = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0 != ".lock" }
        #expect(left == [used.deletingLastPathComponent().lastPathComponent])
        try running.deleteLeftovers()
        #expect(FileManager.default.fileExists(atPath: used.appending(path: "0").path))
        let mode = try FileManager.default.attributesOfItem(atPath: root.path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test("A spool that is no longer used removes its folder, and a missing one has no leftovers")
    func ends() throws {
        let folder = try TemporaryFolder()
        var spool: UploadSpool? = UploadSpool(folder.url.appending(path: "incoming"))
        try spool?.deleteLeftovers()
        let own = try #require(spool).makeRequestFolder().deletingLastPathComponent()
        #expect(FileManager.default.fileExists(atPath: own.path))
        spool = nil
        #expect(!FileManager.default.fileExists(atPath: own.path))
    }

    @Test("The capacity is shared by all requests")
    func capacity() throws {
        let spool = UploadSpool(FileManager.default.temporaryDirectory, capacity: 100)
        try spool.reserve(60)
        #expect(throws: UploadSpool.Fault.self) { try spool.reserve(41) }
        try spool.reserve(40)
        spool.release(60)
        #expect(spool.used == 40)
    }

    @Test(
        "Formats are recognized by their first bytes",
        arguments: [
            (FileFormat.jpeg, [0xFF, 0xD8, 0xFF, 0xE1]),
            (.png, [0x89] + Array("PNG\r\n\u{1A}\n".utf8)), (.webp, Array("RIFF\0\0\0\0WEBPVP8 ".utf8)),
            (.heic, Array("\0\0\0\u{18}ftypheic\0\0\0\0".utf8)), (.heic, Array("\0\0\0\u{18}ftypmif1".utf8)),
            (.pdf, Array("%PDF-1.4".utf8)), (nil, []), (nil, [0xFF, 0xD8]), (nil, Array("GIF89a".utf8)),
            (nil, Array("\0\0\0\u{18}ftypisom".utf8)), (nil, Array("RIFF\0\0\0\0WAVEfmt ".utf8)),
            (nil, Array("<svg xmlns=".utf8)), (nil, Array(" %PDF-1.4".utf8)),
        ] as [(FileFormat?, [UInt8])]
    )
    func formats(format: FileFormat?, prefix: [UInt8]) { #expect(FileFormat.of(prefix) == format) }

    @Test(
        "Names for display are no paths and hide nothing",
        arguments: [
            ("photo.jpg", "photo.jpg"), ("C:\\fakepath\\a.png", "a.png"), ("../../etc/passwd", "passwd"),
            ("a\u{202E}gpj.exe", "agpj.exe"), ("\u{200B} \u{FEFF}a.jpg ", "a.jpg"), ("a\r\nb.jpg", "ab.jpg"), ("/", ""),
            ("e\u{301}.jpg", "\u{E9}.jpg"), ("Әлия №5 (1).HEIC", "Әлия №5 (1).HEIC"),
            (
                String(repeating: "ә", count: 200) + ".jpeg",
                String(repeating: "ә", count: UploadedFile.longestName - 11) + "….jpeg"
            ),
        ]
    )
    func names(sent: String, shown: String) { #expect(UploadedFile.displayName(sent) == shown) }
}
