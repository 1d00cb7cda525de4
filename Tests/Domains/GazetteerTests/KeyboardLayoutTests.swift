import Testing

@testable import Gazetteer

@Suite struct KeyboardLayoutTests {
    @Test(
        "Text typed in another layout is read as intended",
        arguments: [
            ("gjkbrkbybrf", "поликлиника"), ("Gjkbrkbybrf 5", "Поликлиника 5"), ("tv[fyf", "емхана"),
            ("0fpf0 2kbgg4", "қазақ әлиппң"), ("зщдшсдштшс", "policlinic"), ("ifkfif,", "шалаша,"),
        ]
    )
    func meant(_ typed: String, _ meant: String) {
        #expect(KeyboardLayout.retyped(typed).contains(meant))
    }

    @Test("Text that no other layout can produce is unchanged", arguments: ["", "25", "№ 25", "🏥", "25 / 7"])
    func unchanged(_ text: String) {
        #expect(KeyboardLayout.retyped(text).isEmpty)
    }

    @Test(
        "A full stop is intended after a word, not within it",
        arguments: [("ызфыию", "spasb."), ("абая", nil), ("любая", nil)]
    )
    func stops(_ typed: String, _ meant: String?) {
        #expect(KeyboardLayout.retyped(typed) == (meant.map { [$0] } ?? []))
    }

    @Test("A word with letters of another alphabet is unchanged")
    func mixed() {
        #expect(KeyboardLayout.retyped("gjkb№").isEmpty)
        #expect(KeyboardLayout.retyped("школа ufhfv").contains("школа гарам"))
    }
}
