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
}
