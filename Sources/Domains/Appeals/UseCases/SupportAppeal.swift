public import Civic
import Foundation

/// Lets people support an open report of somebody else instead of filing the same again; supporting is not signing.
public struct SupportAppeal: Sendable {
    let store: any AppealStore
    let catalogue: AppealCatalogue
    let clock: WallClock

    /// How supporting ended.
    public enum Outcome: Sendable, Equatable {
        /// Supported. The value is the number of people who support it now.
        case supported(Int)
        /// The person supported it before, or filed it.
        case already
        /// There is no such open report.
        case notFound
    }

    /// Supports a report.
    public func callAsFunction(_ number: AppealNumber, by person: PersonID) async throws -> Outcome {
        guard let stored = try await store.appeal(number), isOpenToAll(stored) else { return .notFound }
        guard stored.appeal.opening.owner != person,
            try await store.support(stored.id, by: person, at: clock.now)
        else { return .already }
        return .supported(try await store.appeal(stored.id)?.supporters ?? 0)
    }

    /// Takes a support back; false when there was none.
    public func withdraw(_ number: AppealNumber, by person: PersonID) async throws -> Bool {
        guard let stored = try await store.appeal(number) else { return false }
        return try await store.unsupport(stored.id, by: person)
    }

    private func isOpenToAll(_ stored: StoredAppeal) -> Bool {
        let category = stored.appeal.category.flatMap { catalogue[category: $0] }
        return stored.appeal.opening.regime == .report && stored.appeal.state.isOpen
            && !(category?.isSensitive ?? true) && !(category?.isHandedOver ?? true)
    }
}

/// Lets the applicant rate the answer to an official appeal or the work on a report.
public struct RateAppeal: Sendable {
    let store: any AppealStore
    let clock: WallClock
    let authority: AppealAuthority

    /// How rating ended.
    public enum Outcome: Sendable, Equatable {
        /// Stored.
        case rated
        /// The stars are out of `AppealRating.range`.
        case stars
        /// The comment is malformed.
        case comment(ContentFault)
        /// There is nothing to rate yet.
        case notAnswered
        /// There is no such appeal of this visitor.
        case notFound
    }

    /// Rates an appeal; a later rating takes the place of an earlier one.
    public func callAsFunction(
        _ number: AppealNumber,
        stars: Int,
        comment: String?,
        by visitor: AppealVisitor
    ) async throws -> Outcome {
        guard let stored = try await store.appeal(number), authority.isApplicant(visitor, stored.accessCase) else {
            return .notFound
        }
        guard stored.appeal.state == .answered || stored.appeal.state == .closed else { return .notAnswered }
        guard AppealRating.range.contains(stars) else { return .stars }
        var text: String?
        if let comment, comment.contains(where: { !$0.isWhitespace }) {
            do {
                text = try ContentText.paragraphs(comment, lengths: 1...AppealRating.longestComment)
            } catch { return .comment(error) }
        }
        try await store.rate(stored.id, AppealRating(stars: stars, comment: text, time: clock.now))
        return .rated
    }
}
