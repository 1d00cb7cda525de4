import Appeals

/// The workflow as Markdown: two state diagrams (Mermaid) and a table of the moves.
struct WorkflowDrawing {
    private let workflow: Workflow

    init(_ workflow: Workflow) { self.workflow = workflow }

    var text: String {
        let official = Set(AppealProcedure.allCases).subtracting([.report])
        return """
            ### Official appeals

            \(diagram(of: official))

            ### City reports

            \(diagram(of: [.report]))

            ### Moves

            \(table)
            """
    }

    private func diagram(of procedures: Set<AppealProcedure>) -> String {
        let reached = reachable(in: procedures)
        var arrows: [(from: AppealState, to: AppealState, moves: [String])] = []
        for row in workflow.transitions where !row.procedures.isDisjoint(with: procedures) {
            for from in AppealState.allCases where row.from.contains(from) && reached.contains(from) {
                for target in targets(of: row, from: from, in: procedures) where reached.contains(target) {
                    let index = arrows.firstIndex { $0.from == from && $0.to == target }
                    if let index {
                        arrows[index].moves.append(row.move.rawValue)
                    } else {
                        arrows.append((from, target, [row.move.rawValue]))
                    }
                }
            }
        }
        // Withdrawing and joining are possible nearly everywhere and would hide the rest.
        let everywhere: Set<AppealState> = [.withdrawn, .merged]
        let drawn = arrows.filter { !everywhere.contains($0.to) && !everywhere.contains($0.from) }
        let lines = drawn.map { "    \($0.from.rawValue) --> \($0.to.rawValue): \($0.moves.joined(separator: ", "))" }
        let ends = AppealState.allCases.filter { state in state.isFinal && drawn.contains { $0.to == state } }
            .map { "    \($0.rawValue) --> [*]" }
        return (["```mermaid", "stateDiagram-v2", "    [*] --> draft"] + lines + ends + ["```"]).joined(separator: "\n")
    }

    // The states that appeals of the procedures can be in; rows for all procedures name states of all.
    private func reachable(in procedures: Set<AppealProcedure>) -> Set<AppealState> {
        var (reached, count): (Set<AppealState>, Int) = ([.draft], 0)
        while reached.count > count {
            count = reached.count
            for row in workflow.transitions where !row.procedures.isDisjoint(with: procedures) {
                if case .state(let target) = row.to, !row.from.isDisjoint(with: reached) { reached.insert(target) }
            }
        }
        return reached
    }

    private func targets(
        of row: Transition,
        from state: AppealState,
        in procedures: Set<AppealProcedure>
    ) -> [AppealState] {
        switch row.to {
        case .state(let target): return [target]
        case .same: return []
        case .origin:
            let entries = workflow.transitions.filter {
                $0.to == .state(state) && !$0.procedures.isDisjoint(with: procedures)
            }
            return AppealState.allCases.filter { origin in entries.contains { $0.from.contains(origin) } }
        }
    }

    private var table: String {
        let head = "| move | from | to | procedures | who | requires | within | clock | mails | timeline |"
        let rows = workflow.transitions.map { row in
            let cells = [
                "`\(row.move.rawValue)`",
                list(AppealState.allCases.filter(row.from.contains).map(\.rawValue)),
                target(row.to),
                list(AppealProcedure.allCases.filter(row.procedures.contains).map(\.rawValue)),
                list(MoveActor.allCases.filter(row.actors.contains).map(\.rawValue)),
                list(row.requirements.map(\.rawValue)),
                row.limit.map { "\($0.workingDays) working days from \($0.start.rawValue) (art. \($0.article))" } ?? "",
                row.clock == .none ? "" : row.clock.rawValue,
                list(row.mails.map(\.rawValue)),
                row.entry?.rawValue ?? "",
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        return ([head, "|" + String(repeating: "---|", count: 10)] + rows).joined(separator: "\n")
    }

    private func target(_ target: Transition.Target) -> String {
        switch target {
        case .state(let state): state.rawValue
        case .origin: "the state before"
        case .same: "the same"
        }
    }

    private func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
