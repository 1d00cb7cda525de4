/// One rule of opening hours: on which days, at what times, open or not.
struct OpeningHoursRule: Sendable, Hashable {
    var days = OpeningHoursDays()
    /// The times it names; none stands for the whole day.
    var spans: [OpeningHours.Span] = []
    var isOff = false
    /// Whether it gives only days and words, such as `Sa "by appointment"`, and so is not known to open anything.
    var isWordsAlone = false
    /// Whether it adds to the rules before it and does not replace them.
    var isAdditional = false
    /// The quoted words, which hold for its days and times only.
    var comment: String?
}
