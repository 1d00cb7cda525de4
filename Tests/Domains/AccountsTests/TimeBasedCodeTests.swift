import Civic
import Foundation
import Testing

@testable import Accounts

@Suite struct TimeBasedCodeTests {
    private let app = TimeBasedCode(secret: Data("12345678901234567890".utf8))

    /// The last six digits of the table of RFC 6238 appendix B.
    @Test(
        "Codes match the test vectors of the RFC",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ]
    )
    func vectors(seconds: Int, code: String) {
        #expect(app.code(step: TimeBasedCode.step(at: Date(timeIntervalSince1970: Double(seconds)))) == code)
    }

    @Test("A code one step early or late is accepted, two steps are not")
    func drift() {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let step = TimeBasedCode.step(at: now)
        for offset in -3...3 {
            let found = app.step(of: app.code(step: step + Int64(offset)), at: now, after: 0)
            #expect(found == (abs(offset) <= 1 ? step + Int64(offset) : nil))
        }
    }

    @Test func aUsedStepIsRefused() {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let step = TimeBasedCode.step(at: now)
        #expect(app.step(of: "005 924", at: now, after: step - 1) == step)
        #expect(app.step(of: "005924", at: now, after: step) == nil)
        #expect(app.step(of: app.code(step: step - 1), at: now, after: step) == nil)
    }

    @Test("A code from an app with a fast clock works once, even at the edge of the accepted window")
    func aUsedStepAheadIsRefused() {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let ahead = TimeBasedCode.step(at: now) + TimeBasedCode.drift
        let code = app.code(step: ahead)
        #expect(app.step(of: code, at: now, after: ahead - 1) == ahead)
        #expect(app.step(of: code, at: now, after: ahead) == nil)
        // A step beyond the accepted window was recorded while our own clock was ahead.
        #expect(app.step(of: code, at: now, after: ahead + 1) == ahead)
    }

    @Test("Malformed codes are refused", arguments: ["", "00592", "0059244", "00592a", "٠٠٥٩٢٤"])
    func refused(code: String) {
        #expect(app.step(of: code, at: Date(timeIntervalSince1970: 1_234_567_890), after: 0) == nil)
    }

    @Test func address() {
        #expect(
            app.address(issuer: "Open Almaty", account: "әсел&x")
                == "otpauth://totp/Open%20Almaty:%D3%99%D1%81%D0%B5%D0%BB%26x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Open%20Almaty&algorithm=SHA1&digits=6&period=30"
        )
    }
}

@Suite struct RecoveryCodeTests {
    @Test func codesAreReadAsPeopleTypeThem() throws {
        let code = RecoveryCode()
        #expect(code.text.count == 19)
        #expect(RecoveryCode(code.text)?.hash == code.hash)
        #expect(RecoveryCode(code.text.lowercased().replacingOccurrences(of: "-", with: " "))?.hash == code.hash)
        #expect(Set(RecoveryCode.newSet().map(\.text)).count == 10)
    }

    @Test(arguments: ["", "123456", "ABCD-EFGH-IJKL-MNO1", "ABCD-EFGH-IJKL", String(repeating: "A", count: 10_000)])
    func refused(text: String) { #expect(RecoveryCode(text) == nil) }
}

@Suite struct Base32Tests {
    /// The vectors of RFC 4648 section 10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func vectors(text: String, encoded: String) { #expect(Base32.encode(text.utf8) == encoded) }
}
