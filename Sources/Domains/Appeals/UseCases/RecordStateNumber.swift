import Civic
import Foundation

/// Records under which number an official appeal stands in the state register, which an operator learns after the registration.
public struct RecordStateNumber: Sendable {
    /// How many code points such a number has.
    public static let lengths = 1...50

    let store: any AppealStore
    let clock: WallClock
    let authority: AppealAuthority

    /// How recording ended.
    public enum Outcome: Sendable, Equatable {
        /// Recorded.
        case recorded
        /// The number is malformed.
        case number(ContentFault)
        /// The visitor may not register, or the appeal is a report.
        case denied
        /// There is no such appeal for this visitor.
        case notFound
    }

    /// Records the number, in place of an earlier one.
    public func callAsFunction(
        _ number: AppealNumber,
        stateNumber: String,
        by visitor: AppealVisitor
    ) async throws -> Outcome {
        guard let stored = try await store.appeal(number), authority.sees(visitor, stored.accessCase) else {
            return .notFound
        }
        guard let person = visitor.person, stored.appeal.opening.regime == .official,
            authority.may(.register, visitor, stored.accessCase)
        else { return .denied }
        let read: String
        do { read = try ContentText.line(stateNumber, lengths: Self.lengths) } catch { return .number(error) }
        try await store.setStateNumber(stored.id, read, by: person, at: clock.now)
        return .recorded
    }
}
