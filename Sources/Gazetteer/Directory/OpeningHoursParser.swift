/// Reads opening hours: the rules, their times and what follows them.
///
/// The days of a rule are read in `OpeningHoursParser+days.swift`.
struct OpeningHoursParser {
    private let tokens: [OpeningHoursToken]
    private var position = 0
    private var comments: [String] = []

    /// Reads a whole text.
    ///
    /// - Throws: `OpeningHoursError` naming the first word that is not understood where it stands.
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
        guard peek() == nil else { throw unexpected() }
        return rules
    }

    // A fallback tells what holds when no rule does: only words are taken, as times would be a guess.
    private mutating func fallback() throws(OpeningHoursError) {
        guard takeComment(), peek() == nil else { throw unexpected() }
    }

    // Nil for a rule that is a comment alone: it names no hours.
    private mutating func rule(isAdditional: Bool) throws(OpeningHoursError) -> OpeningHoursRule? {
        let start = position
        var rule = OpeningHoursRule(isAdditional: isAdditional)
        if !takeAlways() {
            rule.days = try days()
            rule.spans = try spans()
        }
        let hasSelector = position > start
        let isOpen = take(word: "open")
        if !isOpen { rule.isOff = take(word: "off") || take(word: "closed") }
        let hasComment = takeComment()
        guard position > start else { throw unexpected() }
        if hasComment, rule.spans.isEmpty, !isOpen, !rule.isOff {
            guard hasSelector else { return nil }
            // «Mo "by appointment"» names no time at which the door is open.
            rule.isOff = true
        }
        return rule
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
        if end <= start { end += LocalTime.minutesADay }
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

    private mutating func takeComment() -> Bool {
        guard let token = peek(), token.kind == .comment else { return false }
        position += 1
        if !token.text.isEmpty, !comments.contains(token.text) { comments.append(token.text) }
        return true
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

    /// The value of a number ahead that has so many digits.
    func number(_ ahead: Int = 0, digits: ClosedRange<Int>) -> Int? {
        guard let token = peek(ahead), token.kind == .number, digits.contains(token.text.utf8.count) else { return nil }
        return Int(token.text)
    }

    /// Whether a time of day begins ahead; the colon of `Dec 31: 10:00` belongs to the day.
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
}
