extension WorkCalendar {
    /// Reads working hours written as `09:00-18:30`; nil for any other text and for hours that do not begin before they end.
    public static func hours(reading text: String) -> Range<Int>? {
        guard let match = text.wholeMatch(of: /([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})/) else { return nil }
        let numbers = [match.1, match.2, match.3, match.4].compactMap { Int($0) }
        guard numbers.count == 4, numbers[0] < 24, numbers[1] < 60, numbers[2] < 24, numbers[3] < 60 else { return nil }
        let (start, end) = (numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3])
        return start < end ? start..<end : nil
    }

    /// How many working minutes lie between two times; 0 when the second is not later.
    public func workingMinutes(from start: LocalTime, to end: LocalTime) throws(CivicError) -> Int {
        guard start < end else { return 0 }
        var (total, day) = (0, start.date)
        while day <= end.date {
            if try isWorkingDay(day) {
                let first = day == start.date ? max(start.minute, hours.lowerBound) : hours.lowerBound
                let last = day == end.date ? min(end.minute, hours.upperBound) : hours.upperBound
                total += max(last - first, 0)
            }
            day = day.adding(days: 1)
        }
        return total
    }

    /// The time at which a number of working minutes has passed: in working hours or at their end, never before `start`.
    public func time(_ minutes: Int, workingMinutesAfter start: LocalTime) throws(CivicError) -> LocalTime {
        var moment = try nextWorkingMoment(start)
        var left = max(minutes, 0)
        while left > hours.upperBound - moment.minute {
            left -= hours.upperBound - moment.minute
            let day = try workingDay(onOrAfter: moment.date.adding(days: 1))
            moment = LocalTime(day, minute: hours.lowerBound)
        }
        return LocalTime(moment.date, minute: moment.minute + left)
    }
}
