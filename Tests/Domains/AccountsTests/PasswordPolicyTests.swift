import Testing

@testable import Accounts

@Suite struct PasswordPolicyTests {
    private let logins = ["asel.nurlan@example.kz", "tulpan77", "Әсел Нұрланқызы"]

    @Test(
        "Good passwords need no particular kinds of characters",
        arguments: [
            "тау басында алма", "correct horse battery staple", "kq8vxw2mzr", "қызыл алманың дәні", "Жеті қат көк 7",
            "   spaces count   ", "🍎🍏🍎🍏🌷🌸🌼🌻🌺🌹",
        ]
    )
    func taken(text: String) { #expect(PasswordPolicy.fault(in: text, logins: logins) == nil) }

    @Test(
        "The passwords that attackers try first are refused",
        arguments: [
            "password12", "Password123!", "P@ssw0rd2024", "qwertyqwerty", "iloveyou2026", "almaty2026!",
            "kazakhstan1991",
            "пароль12345", "қазақстан2026", "admin12345", "1234567890!", "letmein2026", "алматы1854", "welcome12345",
            "gfhjkm123456",
        ]
    )
    func common(text: String) {
        let fault = PasswordPolicy.fault(in: text, logins: logins)
        #expect(fault == .common || fault == .repetitive)
    }

    @Test(
        "Patterns are refused",
        arguments: [
            "aaaaaaaaaaaa", "abababababab", "1234567890", "0987654321", "qwertyuiop", "йцукенгшщз", "abcabcabcabc",
            "asdfghjkl;", "poiuytrewq", "1qaz2wsx3edc", "12341234123",
        ]
    )
    func patterns(text: String) {
        #expect(PasswordPolicy.fault(in: text, logins: logins) == .repetitive)
    }

    @Test(
        "Public facts about the person are refused",
        arguments: [
            "asel.nurlan@example.kz", "asel.nurlan1", "tulpan77xy", "Нұрланқызы", "НҰРЛАНҚЫЗЫ123",
        ]
    )
    func login(text: String) { #expect(PasswordPolicy.fault(in: text, logins: logins) == .containsLogin) }

    @Test func lengths() {
        #expect(PasswordPolicy.fault(in: "kq8vxw2mz", logins: []) == .tooShort(minimum: 10))
        #expect(PasswordPolicy.fault(in: "", logins: []) == .tooShort(minimum: 10))
        let long = (0..<60).map { "w\($0)" }.joined(separator: " ")
        #expect(PasswordPolicy.fault(in: String(long.prefix(200)), logins: []) == nil)
        #expect(
            PasswordPolicy.fault(in: String(long.prefix(190)) + "kq8vxw2mz!x", logins: []) == .tooLong(maximum: 200)
        )
        #expect(
            PasswordPolicy.fault(in: String(repeating: "ab ", count: 100_000), logins: []) == .tooLong(maximum: 200)
        )
    }
}
