import Civic

/// Parses opening hours: the rules, their times and what follows them.
///
/// The days of a rule are parsed in `OpeningHoursParser+days.swift`.
struct OpeningHoursParser {
    private let tokens: [OpeningHoursToken]
    private var position = 0
    private var comments: [String] = []

    /// Parses a whole text.
    ///
    /// - Throws: `OpeningHoursError` with the first word that is not understood in its position.
    static func read(_ text: String) throws(OpeningHoursError) -> (rules: [OpeningHoursRule], comments: [String]) {
        var parser = OpeningHoursParser(tokens: try OpeningHoursToken.tokens(of: text))
        let rules = try parser.rules()
        return (rules, parser.comments)
    }

    private init(tokens: [OpeningHoursToken]) { self.tokens = tokens }

    private mutating func rules() throws(OpeningHoursError) -> [OpeningHoursRule] {
        var rules: [OpeningHoursRule] = []
        var isAdditional = false
        while true {
            if let rule = try rule(isAdditional: isAdditional) { rules.append(rule) }
            if take("||") {
                try fallback()
                return rules
            }
            isAdditional = take(",")
            if isAdditional { continue }
            guard take(";") else { break }
            while take(";") {}
            if peek() == nil { break }
        }
        guard peek() == nil else { throw unexpectedTime() }
        return rules
    }

    // A fallback applies when no rule does. Only a comment is accepted, because times would be a guess.
    private mutating func fallback() throws(OpeningHoursError) {
        guard let comment = takeComment(), peek() == nil else { throw unexpected() }
        keep(comment)
    }

    // Nil for a rule that is only a comment and has no hours.
    private mutating func rule(isAdditional: Bool) throws(OpeningHoursError) -> OpeningHoursRule? {
        let start = position
        var rule = OpeningHoursRule(isAdditional: isAdditional)
        let isAlways = takeAlways()
        if !isAlways {
            rule.days = try days()
            rule.spans = try spans()
        }
        let selectorEnd = position
        let isOpen = take(word: "open")
        if !isOpen { rule.isOff = take(word: "off") || take(word: "closed") }
        // Always open and closed at once: the intended meaning would be a guess.
        if isAlways, rule.isOff { throw OpeningHoursError(word: tokens[position - 1].text) }
        let isStated = isOpen || rule.isOff || isAlways || !rule.spans.isEmpty
        let comment = takeComment()
        guard position > start else { throw unexpectedTime() }
        if !isStated {
            guard let comment else { throw unstated(from: start, to: selectorEnd) }
            guard selectorEnd > start else {
                keep(comment)
                return nil
            }
            // Such a rule has no known opening time.
            rule.isOff = true
            rule.isWordsAlone = true
        }
        rule.comment = comment.flatMap { $0.isEmpty ? nil : $0 }
        return rule
    }

    // Days without times may be mistyped times («Mar 9-18», «2000-2030»), so they are not read as whole days.
    private func unstated(from start: Int, to end: Int) -> OpeningHoursError {
        if peek()?.kind == .number { return unexpectedTime() }
        guard peek() == nil || [";", ",", "||"].contains(text(0)) else { return unexpected() }
        var days = ""
        for token in tokens[start..<end] {
            if token.kind != .sign, days.last?.isLetter ?? false { days += " " }
            days += token.text
        }
        return OpeningHoursError(word: days, mistake: .noTimes)
    }

    private mutating func takeAlways() -> Bool {
        guard text(0) == "24", text(1) == "/", text(2) == "7" else { return false }
        position += 3
        return true
    }

    private mutating func spans() throws(OpeningHoursError) -> [OpeningHours.Span] {
        guard isTime(at: 0) else { return [] }
        var spans = [try span()]
        while text(0) == ",", isTime(at: 1) {
            position += 1
            spans.append(try span())
        }
        return spans
    }

    private mutating func span() throws(OpeningHoursError) -> OpeningHours.Span {
        let start = try minute(latest: LocalTime.minutesADay - 1)
        if take("+") { return OpeningHours.Span(start: start, end: LocalTime.minutesADay, isOpenEnded: true) }
        guard take("-") else { throw unexpected() }
        var end = try minute(latest: 2 * LocalTime.minutesADay)
        guard end != start else {
            let text = (position - 7..<position).map { tokens[$0].text }.joined()
            throw OpeningHoursError(word: text, mistake: .emptySpan)
        }
        if end < start { end += LocalTime.minutesADay }
        return OpeningHours.Span(start: start, end: end, isOpenEnded: take("+"))
    }

    private mutating func minute(latest: Int) throws(OpeningHoursError) -> Int {
        guard isTime(at: 0), let hour = number(0, digits: 1...2), let minute = number(2, digits: 2...2), minute < 60,
            hour * 60 + minute <= latest
        else {
            let isTime = isTime(at: 0)
            throw isTime ? OpeningHoursError(word: "\(text(0) ?? ""):\(text(2) ?? "")") : unexpected()
        }
        position += 3
        return hour * 60 + minute
    }

    private mutating func takeComment() -> String? {
        guard let token = peek(), token.kind == .comment else { return nil }
        position += 1
        return token.text
    }

    private mutating func keep(_ comment: String) {
        if !comment.isEmpty, !comments.contains(comment) { comments.append(comment) }
    }
}

extension OpeningHoursParser {
    func peek(_ ahead: Int = 0) -> OpeningHoursToken? {
        let place = position + ahead
        return place < tokens.count ? tokens[place] : nil
    }

    /// The text of a word, number or sign ahead; a comment has none.
    func text(_ ahead: Int) -> String? { peek(ahead).flatMap { $0.kind == .comment ? nil : $0.text } }

    func word(_ ahead: Int = 0) -> String? { peek(ahead).flatMap { $0.kind == .word ? $0.text : nil } }

    /// The value of a number ahead with this many digits.
    func number(_ ahead: Int = 0, digits: ClosedRange<Int>) -> Int? {
        guard let token = peek(ahead), token.kind == .number, digits.contains(token.text.utf8.count) else { return nil }
        return Int(token.text)
    }

    /// Whether a time of day begins ahead; the colon of `Dec 31: 10:00` belongs to the date.
    func isTime(at ahead: Int) -> Bool {
        number(ahead, digits: 1...2) != nil && text(ahead + 1) == ":" && peek(ahead + 2)?.kind == .number
            && text(ahead + 3) != ":"
    }

    mutating func advance(_ count: Int = 1) { position += count }

    mutating func take(_ sign: String) -> Bool {
        guard let token = peek(), token.kind == .sign, token.text == sign else { return false }
        position += 1
        return true
    }

    mutating func take(word: String) -> Bool {
        guard self.word() == word else { return false }
        position += 1
        return true
    }

    func unexpected() -> OpeningHoursError { OpeningHoursError(word: peek()?.text ?? "") }

    /// The error where times or the end are expected.
    func unexpectedTime() -> OpeningHoursError {
        let mistake: OpeningHoursError.Mistake? =
            if peek()?.kind == .number, !isTime(at: 0) { .clock } else if startsWeekday(0) { .daysAfterTimes } else {
                nil
            }
        return OpeningHoursError(word: peek()?.text ?? "", mistake: mistake)
    }
}
