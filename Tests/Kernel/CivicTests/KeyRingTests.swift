import Foundation
import Testing

@testable import Civic

@Suite struct KeyRingTests {
    private let good = Data((0..<32).map { UInt8($0) }).base64EncodedString()

    @Test func keysAreThirtyTwoBytes() throws {
        #expect(try KeyRing(texts: [good]).olderCount == 0)
        #expect(try KeyRing(texts: [" \(good)\n", try KeyRing.random().texts[0]]).olderCount == 1)
    }

    @Test(
        "Malformed keys are refused",
        arguments: [
            "", "x", "AAAA", Data(repeating: 0, count: 32).base64EncodedString(),
            Data((0..<31).map { UInt8($0) }).base64EncodedString(),
        ]
    )
    func refused(text: String) {
        #expect(throws: CivicError.self) { try KeyRing(texts: [text]) }
    }

    @Test func noKeysAreRefused() {
        #expect(throws: CivicError.malformedKeys("there is none")) { try KeyRing(texts: []) }
    }

    @Test("A key is never shown, however the ring is printed and in any error")
    func printing() throws {
        let ring = try KeyRing(texts: [good])
        var dumped = ""
        dump(ring, to: &dumped)
        for text in ["\(ring)", String(reflecting: ring), dumped] {
            #expect(!text.contains(good))
            #expect(!text.contains("17, 18, 19"))
        }
        do {
            _ = try KeyRing(texts: [good + "AAAA"])
            Issue.record("the key was taken")
        } catch {
            #expect(!"\(error)".contains(good))
        }
    }
}

@Suite struct KeyFileTests {
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appending(path: "openalmaty.key"))
    }

    @Test("The key file is made once, is readable only by its owner, and is used from then on")
    func made() throws {
        try inFolder { url in
            let first = try KeyFile(url).loadOrMake()
            let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            #expect(try KeyFile(url).loadOrMake().texts == first.texts)
            #expect(try KeyRing.load(current: nil, older: "", file: url, makesFile: false).texts == first.texts)
        }
    }

    @Test func aFileThatOthersCanReadIsRefused() throws {
        try inFolder { url in
            _ = try KeyFile(url).loadOrMake()
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: url.path)
            #expect(throws: CivicError.self) { try KeyFile(url).loadOrMake() }
        }
    }

    @Test func whatIsDamagedIsNotReplaced() throws {
        try inFolder { url in
            try Data("garbage".utf8).write(to: url)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
            #expect(throws: CivicError.self) { try KeyFile(url).loadOrMake() }
            #expect(try Data(contentsOf: url) == Data("garbage".utf8))
        }
    }

    @Test("A truncated or empty key file, as after a full disk, is refused by name and left untouched")
    func cutOff() throws {
        for text in ["", "\n", "# Secret keys of Open Almaty, the curr", "# Secret keys\nAAECAwQFBgcI"] {
            try inFolder { url in
                try Data(text.utf8).write(to: url)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
                for load in [{ try KeyFile(url).load() }, { try KeyFile(url).loadOrMake() }] {
                    let error = #expect(throws: CivicError.self) { try load() }
                    let told = "\(try #require(error))"
                    #expect(told.contains(url.path) && told.contains("put back your copy"), "\(told)")
                }
                #expect(try String(contentsOf: url, encoding: .utf8) == text)
            }
        }
    }

    @Test("A required key file that is missing is reported with its path and not created")
    func missing() throws {
        try inFolder { url in
            let error = #expect(throws: CivicError.missingKeyFile(path: url.path)) { try KeyFile(url).load() }
            let told = "\(try #require(error))"
            #expect(told.contains(url.path))
            #expect(!FileManager.default.fileExists(atPath: url.path))
        }
    }

    @Test func rotationKeepsTheOldKey() throws {
        try inFolder { url in
            let first = try KeyFile(url).loadOrMake()
            try KeyFile(url).replace(with: try first.rotated())
            let second = try KeyFile(url).loadOrMake()
            #expect(second.olderCount == 1)
            #expect(second.texts[1] == first.texts[0])
            let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
        }
    }

    @Test("Configured keys take precedence over the file, which is then not made")
    func configured() throws {
        try inFolder { url in
            let (one, two) = (try KeyRing.random().texts[0], try KeyRing.random().texts[0])
            let ring = try KeyRing.load(current: one, older: "\(two), ", file: url, makesFile: true)
            #expect(ring.texts == [one, two])
            #expect(!FileManager.default.fileExists(atPath: url.path))
        }
    }

    @Test("Several processes that start at once get the same key")
    func together() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appending(path: "openalmaty.key")
        let rings = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<16 { group.addTask { try KeyFile(url).loadOrMake().texts } }
            return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
        }
        #expect(rings.count == 1)
    }
}
