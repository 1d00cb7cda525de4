public import Civic
public import Foundation

/// What everybody may know of one step of an appeal: typed values only, without any free text or person.
public struct TimelineStep: Sendable, Hashable, Codable {
    /// When.
    public let time: Date
    /// What happened.
    public let entry: PublicEntry
    /// The state after it, as citizens see it.
    public let state: AppealState
    /// How it arrived, for the receipt; nil for all other steps.
    public let receivedBy: MoveActor?
    /// The body that has it from now on, or to which it goes.
    public let body: AppealBody.ID?
    /// The day that was set.
    public let date: LocalDate?
    /// The outcome.
    public let outcome: Outcome?
    /// The legal kind.
    public let legalKind: LegalKind?
    /// The report that it was joined to.
    public let target: AppealNumber?
    /// The number of the part that was sent to another body.
    public let part: Int?
}

extension Appeal {
    /// The public timeline, oldest first: a function of the history.
    public var timeline: [TimelineStep] { numberedTimeline.map(\.step) }

    /// The public timeline with the version of the appeal after each step.
    public var numberedTimeline: [(version: Int, step: TimelineStep)] {
        var procedure = Appeal(opening).procedure
        return history.compactMap { entry in
            let row = Workflow.standard.transition(entry.move, from: entry.from, in: procedure)
            if entry.setsKind, let kind = entry.details.legalKind { procedure = kind.procedure }
            return row.flatMap { $0.entry }.map { (entry.version, Self.step(entry, $0)) }
        }
    }

    /// The mails that the last move causes, given the appeal before it.
    public func mails(after earlier: Appeal) -> [AppealMail] {
        guard let entry = history.last, earlier.version == version - 1,
            let row = Workflow.standard.transition(entry.move, from: entry.from, in: earlier.procedure)
        else { return [] }
        if entry.move == .reclassify, body == earlier.body { return [] }
        return row.mails
    }

    private static func step(_ entry: HistoryEntry, _ told: PublicEntry) -> TimelineStep {
        let details = entry.details
        return TimelineStep(
            time: entry.time,
            entry: told == .replied && entry.actor == .system ? .noReply : told,
            state: entry.to.shown,
            receivedBy: told == .received ? entry.actor : nil,
            body: details.body,
            date: details.date,
            outcome: details.outcome,
            legalKind: details.legalKind,
            target: details.target,
            part: details.part
        )
    }
}

extension Appeal: Codable {
    private enum CodingKeys: String, CodingKey {
        case opening
        case history
    }

    /// Reads the opening and the history, and replays it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let opening = try container.decode(AppealOpening.self, forKey: .opening)
        self = try Appeal(opening, history: try container.decode([HistoryEntry].self, forKey: .history))
    }

    /// Writes the opening and the history.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(opening, forKey: .opening)
        try container.encode(history, forKey: .history)
    }
}
