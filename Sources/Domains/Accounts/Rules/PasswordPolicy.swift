import Foundation

/// The rules for a new password: long enough, and not one of those that attackers try first.
///
/// There are no rules about its characters (NIST SP 800-63B 5.1.1.2).
enum PasswordPolicy {
    /// The permitted number of characters.
    static let length = 10...200
    /// Rows of keyboards and other common sequences of neighbouring keys.
    private static let walks = [
        "abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "01234567890123456789",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
        "йцукенгшщзхъфывапролджэячсмитьбю", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "1q2w3e4r5t6y7u8i9o0p",
        "qazwsxedcrfvtgbyhnujmikolp",
        "әіңғүұқөһәіңғүұқөһ",
    ]
    /// Digits and signs that people write in place of letters.
    private static let disguises: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
    ]

    /// Why a password is refused; nil when it is acceptable.
    ///
    /// - Parameters:
    ///   - password: as it was typed.
    ///   - logins: e-mail, user name and name, of which the password must not consist.
    static func fault(in password: String, logins: [String]) -> PasswordFault? {
        // Check the length first, before any work on a text that may be megabytes long.
        guard password.utf8.count <= 16 * length.upperBound else { return .tooLong(maximum: length.upperBound) }
        let text = password.precomposedStringWithCompatibilityMapping
        guard text.count >= length.lowerBound else { return .tooShort(minimum: length.lowerBound) }
        guard text.count <= length.upperBound else { return .tooLong(maximum: length.upperBound) }
        let folded = text.lowercased()
        if isRepetitive(folded) || isWalk(folded) { return .repetitive }
        if isCommon(folded) { return .common }
        return logins.contains { isMerely($0.lowercased(), folded) } ? .containsLogin : nil
    }

    /// Whether the text is one short piece repeated.
    private static func isRepetitive(_ text: String) -> Bool {
        let characters = Array(text)
        return (1...4).contains { period in
            characters.indices.dropFirst(period).allSatisfy { characters[$0] == characters[$0 - period] }
        }
    }

    /// Whether the text consists of at most three runs along the keyboard or the alphabet, forwards or backwards.
    private static func isWalk(_ text: String) -> Bool {
        let rows = walks + walks.map { String($0.reversed()) }
        var (rest, pieces) = (Substring(text), 0)
        while !rest.isEmpty {
            let longest = rows.map { row in longestPrefix(of: rest, in: row) }.max() ?? 0
            pieces += 1
            guard longest >= 4, pieces <= 3 else { return false }
            rest = rest.dropFirst(longest)
        }
        return true
    }

    private static func longestPrefix(of text: Substring, in row: String) -> Int {
        var length = min(text.count, row.count)
        while length > 0, !row.contains(text.prefix(length)) { length -= 1 }
        return length
    }

    /// Whether the text is a common word, plain or disguised, with nothing but digits and signs around it.
    private static func isCommon(_ text: String) -> Bool {
        let core = letters(text)
        guard !core.isEmpty else { return true }
        return [core, undisguised(core), letters(undisguised(text))].contains { CommonPasswords.isJoined($0) }
    }

    private static func letters(_ text: String) -> String { text.trimmingCharacters(in: .letters.inverted) }

    private static func undisguised(_ text: String) -> String { String(text.map { disguises[$0] ?? $0 }) }

    private static func isMerely(_ login: String, _ text: String) -> Bool {
        let parts = [login, String(login.prefix { $0 != "@" })] + login.split { " @.".contains($0) }.map(String.init)
        return parts.contains { part in
            // Up to three characters added to a publicly known text are quickly guessed.
            part.count >= 3 && (letters(text) == part || text.contains(part) && text.count - part.count < 4)
        }
    }
}

/// Why a password is refused.
public enum PasswordFault: Error, Sendable, Equatable {
    /// Fewer characters than this.
    case tooShort(minimum: Int)
    /// More characters than this.
    case tooLong(maximum: Int)
    /// One of those that attackers try first.
    case common
    /// A pattern: one piece repeated, or a run along the keyboard.
    case repetitive
    /// Little more than the e-mail address, the user name or the name.
    case containsLogin
}
