import Appeals
import Civic
import Foundation
import GRDB

/// The columns derived from the history and the term of an appeal, for inserting the row and for every later update.
struct AppealProjection {
    /// The columns, in the order of `arguments`.
    static let columns = [
        "version", "state", "legal_kind", "state_number", "body", "executor", "category", "outcome", "received",
        "since",
        "is_open", "is_extended", "is_dangerous", "term", "due",
    ]

    let appeal: Appeal
    let term: AppealTerm?

    /// The values by column.
    var arguments: StatementArguments {
        get throws {
            [
                "version": appeal.version, "state": appeal.state.rawValue, "legal_kind": appeal.legalKind?.rawValue,
                "state_number": appeal.stateNumber, "body": appeal.body?.rawValue,
                "executor": appeal.executor?.rawValue, "category": appeal.category?.rawValue,
                "outcome": appeal.outcome?.rawValue, "received": received?.stamp, "since": since.stamp,
                "is_open": appeal.state.isOpen, "is_extended": appeal.isExtended, "is_dangerous": appeal.isDangerous,
                "term": try term.map { try AppealJSON.text($0) }, "due": term?.due.description,
            ]
        }
    }

    private var received: Date? { appeal.history.first { $0.move == .submit }?.time }

    // When the present state was entered.
    private var since: Date {
        appeal.history.last { $0.to == appeal.state && $0.from != appeal.state }?.time ?? appeal.opening.time
    }
}
