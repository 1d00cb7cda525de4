/// A day on which the work calendar differs from the plain five-day week, or on which a holiday falls.
public struct CalendarDay: Sendable, Hashable {
    /// What is special about a day.
    public enum Kind: String, Sendable, CaseIterable {
        /// The holiday itself; a day off.
        case holiday
        /// A day off that stands for another day: for a holiday that fell on a weekend, or for a weekend day that is worked instead.
        case moved
        /// A Saturday or Sunday that is worked in exchange for a day off.
        case worked
    }

    /// The day.
    public let date: LocalDate
    /// What is special about it.
    public let kind: Kind
    /// The holiday that causes it.
    public let holiday: Holiday
    /// The name of the holiday in each language.
    public let names: [Language: String]
    /// The holiday or the weekend day for which a moved day off stands; the day off for which a worked day stands.
    public let insteadOf: LocalDate?
    /// Whether the day is only expected, because the authority that announces it has not yet done so.
    public let isExpected: Bool

    /// Makes a day.
    public init(
        date: LocalDate,
        kind: Kind,
        holiday: Holiday,
        names: [Language: String],
        insteadOf: LocalDate? = nil,
        isExpected: Bool = false
    ) {
        self.date = date
        self.kind = kind
        self.holiday = holiday
        self.names = names
        self.insteadOf = insteadOf
        self.isExpected = isExpected
    }
}

/// A day that does not count in a term of working days.
public struct SkippedDay: Sendable, Hashable {
    /// Why a day does not count.
    public enum Reason: String, Sendable, CaseIterable {
        /// A plain Saturday or Sunday.
        case weekend
        /// A holiday, also one on a weekend.
        case holiday
        /// A day off that was moved here.
        case moved
    }

    /// The day.
    public let date: LocalDate
    /// Its entry in the calendar; nil for a plain weekend.
    public let entry: CalendarDay?

    /// Why it does not count.
    public var reason: Reason {
        switch entry?.kind {
        case .holiday: .holiday
        case .moved: .moved
        case .worked, nil: .weekend
        }
    }
}
