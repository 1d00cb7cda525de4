import Civic
import Foundation
import SQLiteStore
import Synchronization
import TestSupport
import Testing

@testable import SiteKit

/// A feature that declares its own mails: notices in its domain, words beside its pages.
@Suite struct FeatureMailTests {
    @Test("A feature sends mails with its own words in the frame of the portal", arguments: Language.allCases)
    func mail(language: Language) async throws {
        let (mails, database) = try (Self.mails(), PortalDatabase.inMemory())
        let fixture = try AccountFixture(store: SQLiteAccountStore(database), outbox: SQLiteOutbox(database))
        let notice = WalkNotice.walkBegins(name: try PersonName("Айгүл"), place: "Көктөбе")
        let mail = try mails.mail(notice, to: try EmailAddress("a@example.kz"), in: language)
        // Queued like the mails of accounts, with whatever change causes it.
        try await fixture.store.record(SideEffects(at: fixture.clock.now, mails: [mail]))
        let sent = try #require(try await fixture.takeMails().first)
        #expect(sent.key.hasPrefix("walk-begins-") && sent.recipient == "a@example.kz")
        let subject = try #require(Self.words["mail_walk_subject"]?[language.rawValue])
        #expect(sent.message.subject == subject)
        for part in [sent.message.text, sent.message.html] {
            #expect(part.contains("Айгүл") && part.contains("Көктөбе"))
            #expect(part.contains("http://127.0.0.1:8080/\(language)/walks"))
            #expect(!part.contains("mail_") && !part.contains("{"))
        }
    }

    @Test("Of two mails with the same cause in a minute, one is sent")
    func duplicates() async throws {
        let mails = try Self.mails()
        let fixture = try AccountFixture()
        let notice = WalkNotice.walkBegins(name: try PersonName("Айгүл"), place: "Көктөбе")
        for cause in ["tour", "tour", "other"] {
            let mail = try mails.mail(notice, to: try EmailAddress("a@example.kz"), in: .ru, .minute(of: cause))
            try await fixture.store.record(SideEffects(at: fixture.clock.now, mails: [mail]))
        }
        #expect(try await fixture.takeMails().count == 2)
    }

    private static let words = [
        "mail_walk_subject": ["kk": "Серуен басталады", "ru": "Прогулка начинается", "en": "The walk begins"],
        "mail_walk_text": ["kk": "{place}.\nКеліңіз!", "ru": "{place}.\nПриходите!", "en": "{place}.\nCome along!"],
        "mail_walk_action": ["kk": "Серуендер", "ru": "Прогулки", "en": "Walks"],
    ]

    /// The mails of the feature, with the composer that the portal gives to its routes.
    private static func mails() throws -> NoticeMails<WalkNotice> {
        let walks = try TestWalks(words: words)
        var feature = walks.feature
        let given = Mutex<MailComposer?>(nil)
        feature.routes = { _, site in given.withLock { $0 = site.mails } }
        _ = try walks.router([feature], port: 8_080).router()
        let composer = WalkComposer(mails: try #require(given.withLock { $0 }))
        let clock = TestClock(stoppedAt: TestClock.morning)
        return NoticeMails(
            composer: composer,
            sealer: ValueSealer(try KeyRing.random()),
            clock: WallClock { clock.now },
            queued: {}
        )
    }
}

/// What the mails of walks say.
private enum WalkNotice: MailNotice {
    case walkBegins(name: PersonName, place: String)

    var word: String { "walk-begins" }
}

/// Puts the notices of walks into words.
private struct WalkComposer: NoticeComposer {
    let mails: MailComposer

    func message(for notice: WalkNotice, language: Language) -> MailMessage {
        switch notice {
        case .walkBegins(let name, let place):
            let path = Link(language: language).root + "/walks"
            return mails.message(Letter("walk", name, path: path, ["place": place]), in: language)
        }
    }
}
