public import Civic
public import Foundation

/// The term of an appeal: the legal one of an official appeal, or the service term of a report.
public enum AppealTerm: Sendable, Hashable, Codable {
    /// The dates of an official appeal.
    case legal(AppealDeadlines)
    /// The promise of the city for a report.
    case service(ServiceTerm)

    /// The last minute that is still in time.
    public var due: LocalTime {
        switch self {
        case .legal(let deadlines): LocalTime(deadlines.answerBy, minute: LocalTime.minutesADay - 1)
        case .service(let term): term.due
        }
    }

    /// The dates of an official appeal; nil for a report.
    public var deadlines: AppealDeadlines? {
        if case .legal(let deadlines) = self { deadlines } else { nil }
    }

    /// Whether the term stands still.
    public var isPaused: Bool {
        if case .service(let term) = self { term.clock.pauses.contains { $0.end == nil } } else { false }
    }
}

/// The service term of a report.
public struct ServiceTerm: Sendable, Hashable, Codable {
    /// The limit, the receipt and the pauses.
    public let clock: ServiceClock
    /// The last moment that is still in time; while the term is paused, as if the pause had ended when it was computed.
    public let due: LocalTime
    /// The day on which the work was promised.
    public let promised: LocalDate?

    /// Makes a term from its parts.
    public init(clock: ServiceClock, due: LocalTime, promised: LocalDate? = nil) {
        (self.clock, self.due, self.promised) = (clock, due, promised)
    }
}

/// A change of the term that no move made, such as one caused by an amended work calendar.
public struct TermChange: Sendable, Equatable {
    /// The appeal.
    public let appeal: AppealID
    /// When.
    public let time: Date
    /// The term before.
    public let old: AppealTerm
    /// The term from now on.
    public let new: AppealTerm

    /// Records a change.
    public init(appeal: AppealID, time: Date, old: AppealTerm, new: AppealTerm) {
        (self.appeal, self.time, self.old, self.new) = (appeal, time, old, new)
    }
}
