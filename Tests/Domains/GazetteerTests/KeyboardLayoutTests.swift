import Testing

@testable import Gazetteer

@Suite struct KeyboardLayoutTests {
    @Test(
        "What was typed on another layout is read as it was meant",
        arguments: [
            ("gjkbrkbybrf", "поликлиника"), ("Gjkbrkbybrf 5", "Поликлиника 5"), ("tv[fyf", "емхана"),
            ("0fpf0 2kbgg4", "қазақ әлиппң"), ("зщдшсдштшс", "policlinic"), ("ifkfif,", "шалаша,"),
        ]
    )
    func meant(_ typed: String, _ meant: String) {
        #expect(KeyboardLayout.retyped(typed).contains(meant))
    }

    @Test("What no other layout can have made stays as it is", arguments: ["", "25", "№ 25", "🏥", "25 / 7"])
    func unchanged(_ text: String) {
        #expect(KeyboardLayout.retyped(text).isEmpty)
    }

    @Test(
        "A stop is meant behind a word and not within it",
        arguments: [("ызфыию", "spasb."), ("абая", nil), ("любая", nil)]
    )
    func stops(_ typed: String, _ meant: String?) {
        #expect(KeyboardLayout.retyped(typed) == (meant.map { [$0] } ?? []))
    }

    @Test("A word that is partly of another alphabet is left alone")
    func mixed() {
        #expect(KeyboardLayout.retyped("gjkb№").isEmpty)
        #expect(KeyboardLayout.retyped("школа ufhfv").contains("школа гарам"))
    }
}
