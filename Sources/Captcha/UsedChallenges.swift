public import Foundation

/// Remembers which challenges were used, so that none is used twice.
public protocol UsedChallenges: Sendable {
    /// Marks a challenge as used.
    ///
    /// - Parameters:
    ///   - challenge: what names the challenge.
    ///   - until: when the mark may be forgotten, because the challenge is expired then.
    /// - Returns: false when it was used already.
    /// - Throws: what the store throws; the challenge is refused then.
    func use(_ challenge: String, until: Date) async throws -> Bool
}
