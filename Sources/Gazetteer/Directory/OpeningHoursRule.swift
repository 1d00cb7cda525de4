/// One rule of opening hours: on which days, at what times, open or not.
struct OpeningHoursRule: Sendable, Hashable {
    var days = OpeningHoursDays()
    /// The times it names; none stands for the whole day.
    var spans: [OpeningHours.Span] = []
    var isOff = false
    /// Whether it adds to the rules before it and does not replace them.
    var isAdditional = false
}
