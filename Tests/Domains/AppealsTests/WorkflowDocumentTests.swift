import AppealImport
import Foundation
import TestSupport
import Testing

@testable import Appeals

@Suite(.serialized) struct WorkflowDocumentTests {
    @Test("docs/appeals.md shows the present workflow; UPDATE_SNAPSHOTS=1 draws it again")
    func workflowIsCurrent() throws {
        try check(WorkflowDrawing(.standard).text, between: "<!-- workflow -->\n", and: "<!-- /workflow -->\n")
    }

    @Test("docs/appeals.md shows the present permissions; UPDATE_SNAPSHOTS=1 draws them again")
    func permissionsAreCurrent() throws {
        let drawn = PermissionDrawing(try RealTables.load().permissions).text
        try check(drawn, between: "<!-- permissions -->\n", and: "<!-- /permissions -->\n")
    }

    @Test("The drawing differs when a row of the workflow does")
    func drawingFollowsTheTable() {
        let rows = Workflow.standard.transitions
        let drawn = WorkflowDrawing(.standard).text
        for index in rows.indices {
            var fewer = rows
            fewer.remove(at: index)
            #expect(WorkflowDrawing(Workflow(fewer)).text != drawn, "\(rows[index].move)")
        }
    }

    private func check(_ text: String, between first: String, and last: String) throws {
        let file = ProductFolder.url.appending(path: "docs/appeals.md")
        let document = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(document.range(of: first)).upperBound
        let end = try #require(document.range(of: last)).lowerBound
        let drawn = "\n\(text)\n\n"
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
            return try Data("\(document[..<start])\(drawn)\(document[end...])".utf8).write(to: file)
        }
        let recorded = String(document[start..<end])
        let difference = zip(recorded.split(separator: "\n"), drawn.split(separator: "\n")).first { $0 != $1 }
        #expect(recorded == drawn, "recorded \(difference?.0 ?? "…"), now \(difference?.1 ?? "…")")
    }
}
