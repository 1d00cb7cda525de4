import Civic
import Foundation
import TestSupport
import Testing

@testable import SiteKit

/// Several tabs, several processes and the sweep at the same time.
@Suite("Files of unfinished forms, at the same time") struct KeptFilesConcurrencyTests {
    private let folder: TemporaryFolder
    private let root: URL
    private let owner = FormOwner.browser(Data([1]))

    init() throws {
        folder = try TemporaryFolder()
        root = folder.url.appending(path: "unfinished")
    }

    private func upload() throws -> UploadedFile {
        let url = folder.url.appending(path: UUID().uuidString)
        try Data([1]).write(to: url)
        return UploadedFile(field: "photos", name: "a.jpg", format: .jpeg, size: 1, url: url)
    }

    @Test("Tabs that keep, name and remove files of one owner while they are swept do not disturb each other")
    func tabs() async throws {
        let files = KeptFiles(root)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<100 {
                        let kept = try files.keep(try upload(), of: "/form", for: owner)
                        #expect(files.files([kept.id], of: "photos", in: "/form", for: owner) == [kept])
                        files.delete([kept.id], of: owner)
                    }
                }
            }
            group.addTask { for _ in 0..<100 { try files.deleteExpired() } }
            try await group.waitForAll()
        }
    }

    @Test("A file is kept although its empty folder was deleted at this moment")
    func vanishingFolder() async throws {
        let files = KeptFiles(root)
        let home = root.appending(path: owner.folderName).path
        for turn in 0..<300 {
            let file = try upload()
            // An empty folder is there, as a sweep that began before may have seen it.
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
            let sweep = Task.detached {
                let end = ContinuousClock.now + .microseconds(turn % 60 * 5)
                while ContinuousClock.now < end {}
                rmdir(home)
            }
            let kept = try files.keep(file, of: "/form", for: owner)
            await sweep.value
            #expect(files.files([kept.id], of: "photos", in: "/form", for: owner) == [kept])
            files.delete([kept.id], of: owner)
        }
    }

    @Test("A sweep leaves a folder that was just made, into which a file is about to come")
    func newFolder() throws {
        let home = root.appending(path: owner.folderName)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try KeptFiles(root).deleteExpired()
        #expect(FileManager.default.fileExists(atPath: home.path))
        try KeptFiles(root, now: { Date() + 3_700 }).deleteExpired()
        #expect(!FileManager.default.fileExists(atPath: home.path))
    }
}
