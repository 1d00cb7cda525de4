import Foundation
import Testing

@testable import Civic

@Suite struct SecretTokenTests {
    @Test func tokensAreReadBack() throws {
        let token = SecretToken()
        #expect(token.text.utf8.count == 43)
        #expect(SecretToken(token.text) == token)
        #expect(token.hash.count == 32)
        #expect(Set((0..<1_000).map { _ in SecretToken().text }).count == 1_000)
    }

    @Test(
        "Malformed tokens are refused",
        arguments: [
            "", "x", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
            String(repeating: "+", count: 43),
            String(repeating: "A", count: 42) + "B", String(repeating: "A", count: 41) + "\r\n",
        ]
    )
    func refused(text: String) { #expect(SecretToken(text) == nil) }

    @Test func aTokenIsNotPrinted() {
        let token = SecretToken()
        #expect(!"\(token)".contains(token.text))
    }
}
