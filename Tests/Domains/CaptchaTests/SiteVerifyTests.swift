import AsyncHTTPClient
import Captcha
import Foundation
import Hummingbird
import NIOCore
import Synchronization
import TestSupport
import Testing

/// Uses a loopback endpoint with the same wire format, because tests cannot use the real services.
@Suite struct SiteVerifyTests {
    /// The requests to the endpoint, as decoded forms.
    private final class ReceivedForms: Sendable {
        private let kept = Mutex<[[String: String]]>([])

        var forms: [[String: String]] { kept.withLock { $0 } }

        func add(_ form: [String: String]) { kept.withLock { $0.append(form) } }
    }

    /// Sends a response to a service that answers as given; returns the verdict, the reports and the requests.
    private func ask(
        _ service: SiteVerify.Service = .turnstile,
        answer: String,
        status: HTTPResponse.Status = .ok,
        hostname: String? = nil,
        response: String? = "token",
        address: String? = nil
    ) async throws -> (verdict: CaptchaVerdict, reported: [CaptchaError], received: [[String: String]]) {
        let received = ReceivedForms()
        let router = Router()
        router.post("siteverify") { request, _ in
            let form = String(buffer: try await request.body.collect(upTo: 65_536))
            received.add(try URLEncodedFormDecoder().decode([String: String].self, from: form))
            return Response(status: status, body: .init(byteBuffer: ByteBuffer(string: answer)))
        }
        let reported = ReportedErrors()
        let verdict = try await LoopbackServer.run(router) { base in
            let verifier = try SiteVerify(
                service,
                siteKey: "site",
                secret: "s&c=ret",
                endpoint: base + "/siteverify",
                hostname: hostname,
                http: .shared,
                timeout: 60,
                report: { reported.add($0) }
            )
            return await verifier.verify(response, remoteAddress: address)
        }
        return (verdict, reported.errors, received.forms)
    }

    @Test func passes() async throws {
        let result = try await ask(
            answer: #"{"success":true,"hostname":"almaty.example","error-codes":[]}"#,
            address: "10.1.2.3"
        )
        #expect(result.verdict == .passed)
        #expect(result.received == [["secret": "s&c=ret", "response": "token", "remoteip": "10.1.2.3"]])
        let quiet = try await ask(.reCAPTCHA, answer: #"{"success":true}"#)
        #expect(quiet.verdict == .passed)
        #expect(quiet.received == [["secret": "s&c=ret", "response": "token"]])
    }

    @Test(arguments: [
        (#"["missing-input-response"]"#, CaptchaVerdict.missing), (#"["invalid-input-response"]"#, .wrong),
        (#"["timeout-or-duplicate"]"#, .expired), ("[]", .wrong), (#"["invalid-input-secret"]"#, .unavailable),
        (#"["internal-error"]"#, .unavailable), (#"["bad-request"]"#, .unavailable),
        (#"["something-new"]"#, .unavailable),
        (#"["invalid-input-response","internal-error"]"#, .unavailable),
    ])
    func codesBecomeVerdicts(codes: String, verdict: CaptchaVerdict) async throws {
        let result = try await ask(answer: #"{"success":false,"error-codes":\#(codes)}"#)
        #expect(result.verdict == verdict)
        #expect(result.reported.isEmpty == (verdict != .unavailable))
    }

    @Test func theHostMustBeOurs() async throws {
        let right = #"{"success":true,"hostname":"Almaty.example"}"#
        #expect(try await ask(answer: right, hostname: "almaty.example").verdict == .passed)
        let other = try await ask(answer: #"{"success":true,"hostname":"evil.example"}"#, hostname: "almaty.example")
        #expect(other.verdict == .wrong)
        #expect(other.reported == [.otherHostname(expected: "almaty.example", found: "evil.example")])
        #expect(try await ask(answer: #"{"success":true}"#, hostname: "almaty.example").verdict == .wrong)
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "<html>", #"{"success":"true"}"#, #"{"success":1}"#, #"{"success":true"#,
        #"{"success":true,"error-codes":"none"}"#,
    ])
    func anAnswerThatIsNoneDoesNotPass(answer: String) async throws {
        let result = try await ask(answer: answer)
        #expect(result.verdict == .unavailable)
        #expect(result.reported == [.malformedAnswer(host: "127.0.0.1")])
    }

    @Test func onlyStatus200Passes() async throws {
        for status in [HTTPResponse.Status.internalServerError, .forbidden, .created, .found] {
            let result = try await ask(answer: #"{"success":true}"#, status: status)
            #expect(result.verdict == .unavailable)
            #expect(result.reported == [.unexpectedStatus(host: "127.0.0.1", status: status.code)])
        }
    }

    @Test func aLongAnswerIsNotRead() async throws {
        let long = #"{"success":true,"x":""# + String(repeating: "x", count: 100_000) + #""}"#
        let result = try await ask(answer: long)
        #expect(result.verdict == .unavailable)
        #expect(result.reported == [.tooLarge(host: "127.0.0.1", limit: 16_384)])
    }

    @Test func withoutResponseNobodyIsAsked() async throws {
        let answer = #"{"success":true}"#
        for (response, verdict) in [
            (nil, CaptchaVerdict.missing), ("", .missing), (String(repeating: "x", count: 9000), .wrong),
        ] {
            let result = try await ask(answer: answer, response: response)
            #expect(result.verdict == verdict)
            #expect(result.received.isEmpty)
        }
    }

    @Test func anEndpointThatTricklesOrIsAwayLetsNobodyThrough() async throws {
        let router = Router()
        router.post("slow") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    try await writer.write(ByteBuffer(string: #"{"success":"#))
                    try await Task.sleep(for: .seconds(3600))
                    try await writer.finish(nil)
                }
            )
        }
        let reported = ReportedErrors()
        let verdict = try await LoopbackServer.run(router) { base in
            let verifier = try SiteVerify(
                .turnstile,
                siteKey: "s",
                secret: "s",
                endpoint: base + "/slow",
                http: .shared,
                timeout: 0.5,
                report: { reported.add($0) }
            )
            return await verifier.verify("token", remoteAddress: nil)
        }
        #expect(verdict == .unavailable)
        #expect(reported.errors.count == 1)
        // Port 1 on loopback, where nothing listens.
        let away = try SiteVerify(
            .turnstile,
            siteKey: "s",
            secret: "s",
            endpoint: "http://127.0.0.1:1/",
            http: .shared,
            timeout: 2
        )
        #expect(await away.verify("token", remoteAddress: nil) == .unavailable)
    }

    @Test func theEndpointMustBeSafe() throws {
        for endpoint in [
            "http://example.com/x", "ftp://127.0.0.1/", "x", "", "https://", "http://127.0.0.1.evil.example/",
            "https://u:p@h/",
        ] {
            #expect(throws: CaptchaError.self, "\(endpoint)") {
                try SiteVerify(.turnstile, siteKey: "s", secret: "s", endpoint: endpoint, http: .shared)
            }
        }
        for endpoint in ["http://localhost:1/x", "http://[::1]:1/", "https://example.com/x"] {
            _ = try SiteVerify(.turnstile, siteKey: "s", secret: "s", endpoint: endpoint, http: .shared)
        }
    }

    @Test func kindsAndFields() throws {
        let turnstile = try SiteVerify(.turnstile, siteKey: "a", secret: "s", http: .shared)
        let reCAPTCHA = try SiteVerify(.reCAPTCHA, siteKey: "b", secret: "s", http: .shared)
        #expect(turnstile.kind == .turnstile(siteKey: "a") && turnstile.fieldName == "cf-turnstile-response")
        #expect(reCAPTCHA.kind == .reCAPTCHA(siteKey: "b") && reCAPTCHA.fieldName == "g-recaptcha-response")
    }
}
