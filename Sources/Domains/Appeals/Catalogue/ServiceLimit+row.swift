extension ServiceLimit {
    /// The limit of a hazard: made safe in one day.
    public static let hazard = ServiceLimit.days(1)

    /// Reads the limit of a column: `3wd` is three working days, `21d` twenty-one days; nil when the column is empty.
    ///
    /// - Throws: `AppealsError.row` for any other text.
    init?(_ row: TableRow, _ column: String) throws(AppealsError) {
        guard let text = row.text(column) else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let days = Int(digits), (1...365).contains(days) else {
            throw row.malformed(column, "such as 3wd for working days or 21d for days")
        }
        switch text.dropFirst(digits.count) {
        case "wd": self = .workingDays(days)
        case "d": self = .days(days)
        default: throw row.malformed(column, "such as 3wd for working days or 21d for days")
        }
    }
}
