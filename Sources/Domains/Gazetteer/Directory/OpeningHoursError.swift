/// The reason why a text is not valid as opening hours.
public struct OpeningHoursError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A common mistake, for which the description suggests a correction.
    public enum Mistake: Sendable, Equatable {
        /// Times without a colon: `0900-1800`, `9-18`, `09.00`.
        case clock
        /// Days that follow their times: `09:00-18:00 Mo-Fr`.
        case daysAfterTimes
        /// Weekdays before `PH` without a comma: `Su PH`.
        case holidayAfterWeekdays
        /// Days without times and without saying whether it is open.
        case noTimes
        /// A span that ends when it begins: `09:00-09:00`.
        case emptySpan
        /// A step that is longer than its range: `week 30-40/27`.
        case step
    }

    /// The word or character that is not understood in its position; empty when the text ends too early.
    public let word: String
    /// The mistake, if it is a common one.
    public let mistake: Mistake?

    /// Makes an error.
    public init(word: String, mistake: Mistake? = nil) {
        self.word = word
        self.mistake = mistake
    }

    /// The reason, as text for a report.
    public var description: String {
        let found = word.isEmpty ? "it ends too early" : "“\(word.prefix(40))” is not understood"
        return switch mistake {
        case .clock: found + "; write times with a colon, such as 09:00-18:00"
        case .daysAfterTimes:
            found + " after times; write the days first and ; between rules, such as Mo-Fr 09:00-18:00; Sa off"
        case .holidayAfterWeekdays:
            found + " after a weekday; write Su,PH for Sundays and holidays, PH Su for holidays on a Sunday"
        case .noTimes: "“\(word.prefix(40))” has no times; add them, or write open or off"
        case .emptySpan: "“\(word.prefix(40))” ends when it begins; write 24/7, off, or the times"
        case .step: "the step “\(word.prefix(40))” is longer than its range"
        case nil: found
        }
    }
}
