import Civic
import Testing

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        ("+7 701 234-56-78", "+77012345678"), ("8 (701) 234 56 78", "+77012345678"), ("701 234 56 78", "+77012345678"),
        ("7 701 234 56 78", "+77012345678"), ("+44 20 7946 0958", "+442079460958"), ("8 727 271 65 05", "+77272716505"),
    ])
    func read(text: String, expected: String) throws { #expect(try PhoneNumber(text).text == expected) }

    @Test(arguments: [
        ("", PhoneNumberFault.empty), ("()", .empty), ("12345", .malformed), ("+7 701", .malformed),
        ("+1234567890123456", .malformed), ("+0123456789", .malformed), ("701 234 56 78 ext", .character("e")),
        ("+7+701", .character("+")), ("٧٠١٢٣٤٥٦٧٨", .character("٧")), ("+77012345678\r\n", .character("\r")),
    ])
    func refused(text: String, fault: PhoneNumberFault) { #expect(throws: fault) { try PhoneNumber(text) } }

    @Test func maxIsHidden() throws { #expect(try PhoneNumber("+77012345678").masked == "+7•••••••78") }
}
