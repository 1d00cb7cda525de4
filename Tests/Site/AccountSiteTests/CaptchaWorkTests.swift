import Synchronization
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct CaptchaWorkTests {
    private struct Overloaded: Error {}

    /// A fake database: returns a value or fails, and counts the reads.
    private final class Database: Sendable {
        private let state = Mutex((work: Int?.some(1), asked: 0))

        var asked: Int { state.withLock { $0.asked } }

        func set(_ work: Int?) { state.withLock { $0.work = work } }

        func count() throws -> Int {
            let work = state.withLock { state in
                state.asked += 1
                return state.work
            }
            guard let work else { throw Overloaded() }
            return work
        }
    }

    private func work(_ database: Database, _ clock: TestClock) -> CaptchaWork {
        let start = ContinuousClock.now
        return CaptchaWork(now: { start + .seconds(clock.ahead) }, count: { try database.count() })
    }

    @Test("The database is read at most once a second")
    func kept() async {
        let (database, clock) = (Database(), TestClock())
        let work = work(database, clock)
        for _ in 0..<100 { #expect(await work.present() == 1) }
        #expect(database.asked == 1)
        database.set(4)
        clock.advance(by: 0.999)
        #expect(await work.present() == 1)
        clock.advance(by: 0.001)
        #expect(await work.present() == 4)
        #expect(database.asked == 2)
    }

    @Test("While reads fail the last value is kept, and reads are not repeated sooner")
    func trouble() async {
        let (database, clock) = (Database(), TestClock())
        let work = work(database, clock)
        database.set(8)
        #expect(await work.present() == 8)
        database.set(nil)
        for _ in 0..<5 {
            clock.advance(by: 1)
            for _ in 0..<100 { #expect(await work.present() == 8) }
        }
        #expect(database.asked == 6)
        database.set(2)
        clock.advance(by: 1)
        #expect(await work.present() == 2)
    }

    @Test("Concurrent requests share one read")
    func atOnce() async {
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let database = Database()
        database.set(4)
        let work = CaptchaWork {
            for await _ in released { break }
            return try database.count()
        }
        let answers = await withTaskGroup(of: Int.self, returning: [Int].self) { group in
            for _ in 0..<50 { group.addTask { await work.present() } }
            release.yield()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: 4, count: 50))
        #expect(database.asked == 1)
    }
}
