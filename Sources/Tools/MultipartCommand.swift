import ArgumentParser
import Foundation
import NIOCore
import SiteKit

/// Parses multipart bodies, so that the parser can be compared with others on hostile bodies.
struct MultipartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "multipart",
        abstract: "Parse multipart bodies: one JSON object a line in, one a line out.",
        shouldDisplay: false
    )

    /// A body: its content type and its chunks, in base64.
    private struct Question: Decodable {
        let type: String
        let chunks: [Data]
    }

    /// Its parts, or why it is refused.
    private struct Answer: Encodable {
        struct Part: Encodable {
            let name: String
            let fileName: String?
            var content = Data()
        }

        var parts: [Part]?
        var fault: String?
    }

    func run() throws {
        let encoder = JSONEncoder()
        while let line = readLine() {
            let question = try JSONDecoder().decode(Question.self, from: Data(line.utf8))
            var answer = Answer()
            do { answer.parts = try Self.parts(of: question) } catch { answer.fault = "\(error)" }
            print(String(decoding: try encoder.encode(answer), as: UTF8.self))
        }
    }

    private static func parts(of question: Question) throws -> [Answer.Part] {
        var parser = try MultipartParser(contentType: question.type)
        var (parts, isOpen) = ([Answer.Part](), false)
        for chunk in question.chunks {
            try parser.parse(ByteBuffer(bytes: chunk)) { event in
                switch event {
                case .part(let part):
                    parts.append(Answer.Part(name: part.name, fileName: part.fileName))
                    isOpen = true
                case .bytes(let bytes): parts[parts.count - 1].content.append(contentsOf: bytes)
                case .end: isOpen = false
                }
            }
        }
        try parser.finish()
        precondition(!isOpen, "a part has no end")
        return parts
    }
}
