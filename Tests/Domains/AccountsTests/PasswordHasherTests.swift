import Foundation
import Synchronization
import Testing

@testable import Accounts

@Suite struct PasswordHasherTests {
    @Test func aHashKnowsItsPassword() async throws {
        let hasher = try PasswordHasher(parameters: .least)
        let hash = try await hasher.hash("тау басында алма")
        #expect(hash.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(try await hasher.verify("тау басында алма", against: hash))
        #expect(try await !hasher.verify("тау басында алма ", against: hash))
        #expect(try await !hasher.verify("", against: hash))
        #expect(try await hasher.hash("тау басында алма") != hash)
    }

    @Test("A password matches in either Unicode normalization form")
    func compositions() async throws {
        let hasher = try PasswordHasher(parameters: .least)
        let hash = try await hasher.hash("жай\u{0438}\u{0306} café")
        #expect(try await hasher.verify("жайй cafe\u{301}", against: hash))
    }

    @Test("Nothing matches a missing or malformed hash")
    func decoys() async throws {
        let hasher = try PasswordHasher(parameters: .least)
        #expect(try await !hasher.verify("anything at all", against: nil))
        #expect(try await !hasher.verify("", against: ""))
        #expect(try await !hasher.verify("x", against: "$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(try await !hasher.verify("x", against: String(repeating: "$", count: 5_000)))
    }

    @Test("Checking an unknown login costs as much as checking a known one")
    func equalWork() async throws {
        // The parameters in a hash determine its cost, so the decoy must have those of new hashes.
        let hasher = try PasswordHasher(parameters: .init(passes: 2, memory: 65_536))
        let real = try await hasher.hash("anything at all")
        #expect(hasher.decoyParameters == String(real.split(separator: "$")[2]))
        #expect(hasher.decoyParameters == "m=64,t=2,p=1")
    }

    @Test func olderParametersAreSeen() async throws {
        let (old, new) = (
            try PasswordHasher(parameters: .least), try PasswordHasher(parameters: .init(passes: 2, memory: 16_384))
        )
        let hash = try await old.hash("тау басында алма")
        #expect(!old.needsRehash(hash))
        #expect(new.needsRehash(hash))
        #expect(try await new.verify("тау басында алма", against: hash))
    }

    @Test("With a full queue the hasher is busy at once, and works again later")
    func busy() async throws {
        let hasher = try PasswordHasher(parameters: .init(passes: 3, memory: 32 << 20), concurrent: 1, waiting: 2)
        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    do { return try await hasher.verify("x", against: nil) } catch AccountsError.busy {
                        return nil
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(into: [Bool?]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count >= 1)
        #expect(outcomes.filter { $0 == false }.count >= 3)
        #expect(!outcomes.contains(true))
        #expect(try await !hasher.verify("x", against: nil))
    }

    /// Records who was served, in order.
    private final class Served: Sendable {
        private let list = Mutex<[PasswordHasher.Precedence]>([])

        var all: [PasswordHasher.Precedence] { list.withLock { $0 } }

        func add(_ precedence: PasswordHasher.Precedence) { list.withLock { $0.append(precedence) } }
    }

    @Test("While strangers flood their queue, known browsers are served first and others still get a turn")
    func knownFirst() async throws {
        let hasher = try PasswordHasher(parameters: .least, concurrent: 1, waiting: 5)
        let gate = DispatchSemaphore(value: 0)
        let served = Served()
        let holder = Task { try await hasher.run(.other) { gate.wait() } }
        func fill(_ precedence: PasswordHasher.Precedence) async throws -> [Task<Void, any Error>] {
            var tasks: [Task<Void, any Error>] = []
            for number in 1...5 {
                tasks.append(Task { try await hasher.run(precedence) { served.add(precedence) } })
                while hasher.waits(precedence) < number { try await Task.sleep(for: .milliseconds(1)) }
            }
            return tasks
        }
        while !hasher.isFull { try await Task.sleep(for: .milliseconds(1)) }
        let tasks = try await fill(.other) + fill(.known)
        await #expect(throws: AccountsError.busy) { try await hasher.run(.other) {} }
        await #expect(throws: AccountsError.busy) { try await hasher.run(.known) {} }
        gate.signal()
        try await holder.value
        for task in tasks { _ = await task.result }
        #expect(
            served.all
                == [.known, .known, .known, .other, .known, .known, .other, .other, .other, .other]
        )
    }
}
