import AtomicFile
import Foundation
import TestSupport
import Testing

@Suite struct AtomicFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ name: String) -> URL { folder.url.appending(path: name) }

    private func mode(_ url: URL) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? NSNumber)?.intValue
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    @Test("The file appears under its name only when complete; until then the old one stays")
    func whole() throws {
        let url = file("list.csv")
        try AtomicFile.write(Data("old".utf8), to: url)
        let fresh = try AtomicFile(url)
        try fresh.handle.write(contentsOf: Data("new".utf8))
        #expect(try Data(contentsOf: url) == Data("old".utf8))
        #expect(try AtomicFile.leftovers(in: folder.url).count == 1)
        #expect(try fresh.commit())
        #expect(try Data(contentsOf: url) == Data("new".utf8))
        #expect(try names() == ["list.csv"])
    }

    @Test("An abandoned write leaves the old file and nothing else")
    func discarded() throws {
        let url = file("list.csv")
        try AtomicFile.write(Data("old".utf8), to: url)
        let fresh = try AtomicFile(url)
        try fresh.handle.write(contentsOf: Data("half".utf8))
        fresh.discard()
        #expect(try Data(contentsOf: url) == Data("old".utf8))
        #expect(try names() == ["list.csv"])
    }

    @Test("The mode applies from the first byte; without one a replaced file keeps its mode")
    func modes() throws {
        let secret = try AtomicFile(file("secret"), mode: 0o600)
        #expect(try mode(try #require(AtomicFile.leftovers(in: folder.url).first)) == 0o600)
        try secret.commit()
        try AtomicFile.write(Data("x".utf8), to: file("secret"))
        #expect(try mode(file("secret")) == 0o600)
    }

    @Test func anExistingFileIsKeptWhereItMustBe() throws {
        let url = file("key")
        #expect(try AtomicFile.write(Data("first".utf8), to: url, replaces: false))
        #expect(try AtomicFile.write(Data("second".utf8), to: url, replaces: false) == false)
        #expect(try Data(contentsOf: url) == Data("first".utf8))
        #expect(try names() == ["key"])
    }

    @Test("A symbolic link stays one, and the file it names is replaced")
    func links() throws {
        try AtomicFile.write(Data("old".utf8), to: file("real"))
        try FileManager.default.createSymbolicLink(at: file("link"), withDestinationURL: file("real"))
        try AtomicFile.write(Data("new".utf8), to: file("link"))
        #expect(try Data(contentsOf: file("real")) == Data("new".utf8))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file("link").path) == file("real").path)
    }

    @Test("A device is written to and not replaced; a missing folder is reported with its path")
    func places() throws {
        try AtomicFile.write(Data("x".utf8), to: URL(filePath: "/dev/null"))
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType != .typeRegular
        )
        let error = #expect(throws: AtomicFile.Fault.self) {
            try AtomicFile.write(Data("x".utf8), to: file("nowhere/list.csv"))
        }
        #expect("\(try #require(error))".contains("nowhere/list.csv cannot be written: No such file or directory"))
    }

    @Test("A full disk leaves the old file")
    func fullDisk() throws {
        let url = file("full")
        try AtomicFile.write(Data("old".utf8), to: url)
        let fresh = try AtomicFile(url)
        // A device that is always full stands in for the disk.
        let full = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        #expect(dup2(full.fileDescriptor, fresh.handle.fileDescriptor) >= 0)
        #expect(throws: (any Error).self) { try fresh.handle.write(contentsOf: Data("new".utf8)) }
        fresh.discard()
        #expect(try Data(contentsOf: url) == Data("old".utf8))
        #expect(try names() == ["full"])
    }

    @Test("A replaced file keeps its mode regardless of the umask", arguments: [0o664, 0o666, 0o777, 0o640, 0o400])
    func replacedModes(wanted: Int) throws {
        let url = file("list.csv")
        try AtomicFile.write(Data("old".utf8), to: url)
        try FileManager.default.setAttributes([.posixPermissions: wanted], ofItemAtPath: url.path)
        try AtomicFile.write(Data("new".utf8), to: url)
        #expect(try mode(url) == wanted)
        try AtomicFile.write(Data("asked".utf8), to: file("asked"), mode: UInt16(wanted))
        #expect(try mode(file("asked")) == wanted)
    }
}
