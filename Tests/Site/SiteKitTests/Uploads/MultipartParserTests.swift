import NIOCore
import TestSupport
import Testing

@testable import SiteKit

/// Parses bodies cut into all kinds of chunks.
@Suite("Multipart bodies") struct MultipartParserTests {
    /// A part as read.
    struct Part: Equatable {
        let name: String
        var fileName: String?
        var content: [UInt8] = []
        var isComplete = false
    }

    /// What parsing led to.
    struct Outcome: Equatable {
        var parts: [Part] = []
        var fault: MultipartParser.Fault?
    }

    @Test("Fields, files, empty values, padding, preamble and epilogue are read", arguments: 1...40)
    func reads(size: Int) {
        let body = """
            preamble\r
            --B  \r
            Content-Disposition: form-data; name="text"\r
            \r
            Сәлем\r\n--Bonus\r
            --B\r
            """
        // A line that begins with the boundary but is no delimiter is refused, so this one is not valid.
        #expect(Self.outcome(body, size: size).fault == .delimiter)
        let valid = """
            preamble\r
            --B  \r
            Content-Disposition: form-data; name="text"\r
            X-Ignored: yes\r
            \r
            Сәлем\r
            - -B\r\r
            --\r
            --B\t\r
            content-disposition:form-data;name=empty;filename=""\r
            Content-Type: application/octet-stream\r
            \r
            \r
            --B\r
            Content-Disposition: FORM-DATA ; NAME="a%22b" ; filename="c:\\dir\\\\ \\"x\\".jpg"\r
            Content-Type: image/jpeg\r
            Content-Transfer-Encoding: binary\r
            \r
            \0\u{1}\r
            --B--\r
            epilogue --B\r
            """
        let outcome = Self.outcome(valid, size: size)
        #expect(
            outcome
                == Outcome(parts: [
                    Part(name: "text", content: Array("Сәлем\r\n- -B\r\r\n--".utf8), isComplete: true),
                    Part(name: "empty", fileName: "", isComplete: true),
                    Part(name: "a\"b", fileName: "c:\\dir\\ \"x\".jpg", content: [0, 1], isComplete: true),
                ])
        )
    }

    @Test("Whatever readers could understand differently is refused", arguments: [1, 7, 1_000])
    func refuses(size: Int) {
        let name = "Content-Disposition: form-data; name=\"a\""
        let cases: [(String, MultipartParser.Fault)] = [
            ("", .incomplete), ("--B", .incomplete), ("--B\r\n", .incomplete), ("--B-", .incomplete),
            ("--B\r\n\(name)\r\n\r\nx", .incomplete), ("--B\r\n\(name)\r\n\r\nx\r\n--B", .incomplete),
            ("--B\r\n\(name)\r\n\r\nx\n--B--", .incomplete), ("--B\n", .delimiter), ("--Bx\r\n", .delimiter),
            ("--B-x", .delimiter), ("--B--x", .delimiter), ("--B \n", .delimiter), ("--B\r\r\n", .delimiter),
            ("--B\r\n\(name)\r\n\r\n--B--", .delimiter), ("--B\r\n\r\n\r\n--B--", .header("content-disposition")),
            ("--B\r\n\(name)\r\n\(name)\r\n\r\n", .header("repeated content-disposition")),
            ("--B\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n", .header("no field name")),
            ("--B\r\nContent-Disposition : form-data; name=\"a\"\r\n\r\n", .header("no field name")),
            ("--B\r\n\(name)\nX: y\r\n\r\n", .header("control character")),
            ("--B\r\n\(name)\r \r\n", .header("line end")),
            ("--B\r\n\(name)\0\r\n\r\n", .header("control character")),
            ("--B\r\n\(name)\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n", .header("content-type")),
            ("--B\r\n\(name)\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n", .header("content-type")),
            ("--B\r\n\(name)\r\nContent-Type: image\r\n\r\n", .header("content-type")),
            ("--B\r\n\(name)\r\nContent-Transfer-Encoding: base64\r\n\r\n", .header("content-transfer-encoding")),
        ]
        for (body, fault) in cases { #expect(Self.outcome(body, size: size).fault == fault, "\(body)") }
        let dispositions = [
            "attachment; name=\"a\"", "form-data", "form-data; name=\"\"", "form-data; name=\"a\"; name=\"b\"",
            "form-data; name=\"a\"; filename=\"x\"; filename=\"y\"", "form-data; name=\"a\"; filename*=UTF-8''x",
            "form-data; name=\"a\"; filename=\"x\"; filename*=UTF-8''y", "form-data; name=\"a", "form-data; name=a b",
            "form-data; name=\"a\" filename=\"x\"", "form-data; name*=UTF-8''a", "form-data; name",
            "form-data name=\"a\"",
        ]
        for disposition in dispositions {
            let body = "--B\r\nContent-Disposition: \(disposition)\r\n\r\n\r\n--B--"
            #expect(Self.outcome(body, size: size).fault == .header("content-disposition"), "\(disposition)")
        }
        var latin = Array("--B\r\nContent-Disposition: form-data; name=\"".utf8)
        latin += [0xE9] + Array("\"\r\n\r\n\r\n--B--".utf8)
        #expect(Self.outcome(latin, size: size).fault == .header("not UTF-8"))
    }

    @Test(
        "The content type must name one valid boundary",
        arguments: [
            "multipart/form-data", "multipart/mixed; boundary=B", "multipart/form-data; boundary=",
            "multipart/form-data; boundary=B; boundary=C", "multipart/form-data; boundary=\"B \"",
            "multipart/form-data; boundary=B\"", "multipart/form-data; boundary=\"B@\"",
            "multipart/form-data; boundary=" + String(repeating: "B", count: 71), "multipart/form-data, boundary=B",
        ]
    )
    func boundary(type: String) {
        #expect(throws: MultipartParser.Fault.boundary) { try MultipartParser(contentType: type) }
    }

    @Test(arguments: ["multipart/form-data; boundary=B", "Multipart/Form-Data ;charset=utf-8; Boundary=\"B\";"])
    func boundaryIsFound(type: String) throws {
        _ = try MultipartParser(contentType: type)
    }

    @Test("Headers and parts without end are refused at their limits")
    func limits() {
        let long = "--B\r\nX: " + String(repeating: "x", count: MultipartParser.longestHeader)
        #expect(Self.outcome(long, size: 100).fault == .headerTooLarge)
        let lines = "--B\r\n" + String(repeating: "X: y\r\n", count: MultipartParser.maxHeaderLines + 1)
        #expect(Self.outcome(lines, size: 100).fault == .headerTooLarge)
        let part = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n"
        let parts = String(repeating: part, count: MultipartParser.maxParts + 1) + "--B--"
        #expect(Self.outcome(parts, size: 100_000).fault == .tooManyParts)
    }

    @Test("Any cut of any body gives the same parts or the same fault", arguments: 0..<40)
    func chunks(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let body = Self.hostileBody(&random)
            let whole = Self.outcome(body, size: max(1, body.count))
            #expect(Self.outcome(body, size: 1) == whole)
            for _ in 0..<4 {
                var sizes: [Int] = []
                while sizes.reduce(0, +) < body.count { sizes.append(.random(in: 1...30, using: &random)) }
                #expect(Self.outcome(body, sizes: sizes) == whole)
            }
            let isComplete = whole.parts.allSatisfy { $0.isComplete }
            #expect(isComplete || whole.fault != nil)
        }
    }

    /// Pieces of a valid body in a more or less valid order.
    private static func hostileBody(_ random: inout SplitMix64) -> [UInt8] {
        let pieces: [[UInt8]] =
            [
                "\r\n", "\r", "\n", "--B", "\r\n--B", "\r\n--B\r\n", "\r\n--B--", "--", "-", "B", " ", "\t", ";", "=",
                "\"", "\\",
                "Content-Disposition: form-data; name=\"a\"\r\n",
                "Content-Disposition: form-data; name=b; filename=\"c\"\r\n",
                "Content-Type: text/plain\r\n", "X: y\r\n", "\r\n\r\n", "text", "ә", "\0",
            ].map { Array($0.utf8) } + [[0xFF], [0x7F]]
        let part = Array("\r\n--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nvalue".utf8)
        var body = Bool.random(using: &random) ? Array(part.dropFirst(2)) : []
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let isPart = Int.random(in: 0..<4, using: &random) == 0
            body += isPart ? part : pieces.randomElement(using: &random) ?? []
        }
        if Bool.random(using: &random) { body += Array("\r\n--B--".utf8) }
        if Int.random(in: 0..<4, using: &random) == 0, !body.isEmpty {
            body[Int.random(in: body.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
        return body
    }

    private static func outcome(_ body: String, size: Int) -> Outcome { outcome(Array(body.utf8), size: size) }

    private static func outcome(_ body: [UInt8], size: Int) -> Outcome {
        outcome(body, sizes: Array(repeating: size, count: (body.count + size - 1) / size))
    }

    private static func outcome(_ body: [UInt8], sizes: [Int]) -> Outcome {
        var outcome = Outcome()
        do {
            var parser = try MultipartParser(contentType: "multipart/form-data; boundary=B")
            var rest = body[...]
            for size in sizes {
                try parser.parse(ByteBuffer(bytes: rest.prefix(size))) { event in
                    let last = outcome.parts.count - 1
                    switch event {
                    case .part(let part): outcome.parts.append(Part(name: part.name, fileName: part.fileName))
                    case .bytes(let bytes): outcome.parts[last].content += bytes
                    case .end: outcome.parts[last].isComplete = true
                    }
                }
                rest = rest.dropFirst(size)
            }
            try parser.finish()
        } catch {
            outcome.fault = error as? MultipartParser.Fault
        }
        return outcome
    }
}
