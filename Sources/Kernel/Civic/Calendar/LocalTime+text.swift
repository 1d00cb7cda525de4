extension LocalTime {
    /// Reads a time as programs write it.
    ///
    /// With an offset from UTC it is that instant in Almaty; without one it is Almaty time (`2026-12-16T10:00`). Seconds and their
    /// fraction are dropped. A leap second (RFC 3339 §5.6) belongs to the minute that it ends. Nil for anything else.
    ///
    /// - Parameters:
    ///   - text: the time; longer than 40 bytes is refused.
    ///   - isStrict: whether a time with an offset must have seconds, as RFC 3339 demands and ISO 8601 does not.
    public init?(reading text: String, isStrict: Bool = false) {
        guard text.utf8.count <= 40 else { return nil }
        let pattern =
            /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?/
        guard let match = try? pattern.wholeMatch(in: text), let year = Int(match.1), let month = Int(match.2),
            let day = Int(match.3), let hour = Int(match.4), let minute = Int(match.5),
            let date = LocalDate(year: year, month: month, day: day), hour < 24, minute < 60
        else { return nil }
        let second = match.6.flatMap { Int($0) } ?? 0
        guard second <= 60 else { return nil }
        guard let zone = match.7 else {
            self.init(date, minute: hour * 60 + minute)
            return
        }
        guard match.6 != nil || !isStrict, let offset = Self.offset(zone) else { return nil }
        self.init(unixSeconds: date.number * 86_400 + (hour * 60 + minute - offset) * 60 + min(second, 59))
    }

    // Offset from UTC in minutes, positive east of Greenwich.
    private static func offset(_ zone: Substring) -> Int? {
        guard let sign = zone.first, sign == "+" || sign == "-" else { return 0 }
        let numbers = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard numbers.count == 2, numbers[0] < 24, numbers[1] < 60 else { return nil }
        return (numbers[0] * 60 + numbers[1]) * (sign == "-" ? -1 : 1)
    }
}

extension LocalTime: Codable {
    /// Reads a time written as `YYYY-MM-DDThh:mm`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = LocalTime(reading: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no time")
        }
        self = time
    }

    /// Writes the time as `YYYY-MM-DDThh:mm`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
