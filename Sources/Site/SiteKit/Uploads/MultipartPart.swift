/// The header of one part of a form.
///
/// Source: RFC 7578 §4; WHATWG HTML, multipart/form-data encoding, for the escapes in names.
package struct MultipartPart: Sendable, Equatable {
    /// The name of the field.
    package let name: String
    /// The name of the file as the client sent it, which may be a path or empty; nil for a part that is not a file.
    package let fileName: String?

    /// Reads the lines of a header.
    ///
    /// - Throws: `MultipartParser.Fault.header`, saying which field is at fault.
    init(lines: [[UInt8]]) throws(MultipartParser.Fault) {
        var fields: [String: String] = [:]
        for line in lines {
            let (name, value) = try Self.field(line)
            guard Self.known.contains(name) else { continue }
            guard fields.updateValue(value, forKey: name) == nil else { throw .header("repeated \(name)") }
        }
        guard let disposition = fields[Self.disposition], MediaType.essence(disposition) == "form-data",
            let parameters = HeaderParameters(disposition)
        else { throw .header(Self.disposition) }
        let (names, files) = (parameters.values("name"), parameters.values("filename"))
        // RFC 7578 §4.2 forbids the extended notation; readers differ in which of two file names they believe.
        guard names.count == 1, let name = names.first, !name.isEmpty, files.count <= 1,
            parameters.values("name*").isEmpty, parameters.values("filename*").isEmpty
        else { throw .header(Self.disposition) }
        if let type = fields[Self.type] { try Self.check(type: type) }
        if let encoding = fields[Self.encoding], !Self.plainEncodings.contains(encoding.lowercased()) {
            throw .header(Self.encoding)
        }
        (self.name, fileName) = (Self.unescaped(name), files.first.map(Self.unescaped))
    }

    private static let (disposition, type) = ("content-disposition", "content-type")
    private static let encoding = "content-transfer-encoding"
    /// All other fields must be ignored (RFC 7578 §4.8).
    private static let known: Set = [disposition, type, encoding]
    private static let plainEncodings: Set = ["7bit", "8bit", "binary"]
    private static let charsets: Set = ["utf-8", "us-ascii"]

    private static func field(_ line: [UInt8]) throws(MultipartParser.Fault) -> (name: String, value: String) {
        guard let text = String(validating: line, as: UTF8.self) else { throw .header("not UTF-8") }
        // A folded line begins with white space and so has no valid name.
        guard let colon = text.firstIndex(of: ":"), HeaderParameters.isToken(text[..<colon].utf8) else {
            throw .header("no field name")
        }
        return (text[..<colon].lowercased(), text[text.index(after: colon)...].trimmingWhitespace)
    }

    private static func check(type: String) throws(MultipartParser.Fault) {
        let essence = MediaType.essence(type).split(separator: "/", omittingEmptySubsequences: false)
        guard essence.count == 2, essence.allSatisfy({ HeaderParameters.isToken($0.utf8) }), essence[0] != "multipart",
            let charsets = HeaderParameters(type)?.values("charset"), charsets.count <= 1,
            charsets.allSatisfy({ Self.charsets.contains($0.lowercased()) })
        else { throw .header(Self.type) }
    }

    // Browsers write three characters of a name as percent escapes and leave the percent sign itself as it is.
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}
