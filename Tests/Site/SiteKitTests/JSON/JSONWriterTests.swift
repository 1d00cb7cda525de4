import Foundation
import NIOCore
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(buffer: writer.buffer)
    }

    @Test(arguments: [
        (76.945, 6, "76.945"), (-0.5, 1, "-0.5"), (0, 6, "0"), (1.0000004, 6, "1"), (1.0000006, 6, "1.000001"),
        (12.05, 2, "12.05"), (-43.2000001, 3, "-43.2"), (.nan, 1, "null"), (.infinity, 1, "null"), (1e300, 1, "null"),
    ])
    func numbers(value: Double, decimals: Int, text: String) {
        #expect(written { $0.number(value, decimals: decimals) } == text)
    }

    @Test("Any text survives a JSON parser", arguments: ["\"", "\\", "\n\t\r\u{0}\u{1F}\u{7F}", "Қала</script>", "😀"])
    func texts(text: String) throws {
        let json = written {
            $0.beginArray()
            $0.string(text)
            $0.endArray()
        }
        let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String]
        #expect(read == [text])
    }

    @Test func commasStandWhereTheyMust() {
        let json = written {
            $0.beginObject()
            $0.key("a")
            $0.integer(1)
            $0.key("b")
            $0.beginArray()
            $0.null()
            $0.bool(true)
            $0.beginObject()
            $0.endObject()
            $0.raw("7".utf8)
            $0.endArray()
            $0.key("c")
            $0.string(nil)
            $0.endObject()
        }
        #expect(json == #"{"a":1,"b":[null,true,{},7],"c":null}"#)
    }
}
