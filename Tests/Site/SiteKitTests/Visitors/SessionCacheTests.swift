import Accounts
import Civic
import Foundation
import Synchronization
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SessionCacheTests {
    @Test("The result of a lookup that began before a session was forgotten is not cached", arguments: [true, false])
    func forgottenMeanwhile(byToken: Bool) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let token = try #require(browser.cookies["oa_session"])
            let person = try #require(try await portal.accounts.resumeSession(token))
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let asked = Mutex(0)
            let cache = SessionCache { _ in
                let number = asked.withLock { count in
                    count += 1
                    return count
                }
                guard number == 1 else { return nil }
                begin.yield()
                for await _ in released { break }
                return person
            }
            async let early = cache.person(for: token)
            for await _ in begun { break }
            if byToken { cache.forget(token) } else { cache.forget(person.person) }
            release.yield()
            #expect(try await early == person)
            #expect(try await cache.person(for: token) == nil, "the session has ended meanwhile")
            #expect(asked.withLock { $0 } == 2)
            _ = try await cache.person(for: token)
            #expect(asked.withLock { $0 } == 2, "what nobody forgot is kept")
        }
    }
}
