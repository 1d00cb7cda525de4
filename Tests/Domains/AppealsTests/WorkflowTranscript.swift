@testable import Appeals

/// The moves of appeals, written down from the table of the specification without looking at the product's table.
///
/// A line is `move: states > state : procedures : actors`. Procedures: A applications, S simplified, C complaints, R reports.
/// Actors: C citizen, S system, Op operator, Ex executor, Hd head, X link. `=` is the same state, `back` the one before.
struct WorkflowTranscript {
    /// One allowed step.
    struct Step: Hashable {
        let move: AppealMove
        let from: AppealState
        let to: AppealState
        let procedure: AppealProcedure
        let actor: MoveActor
    }

    private static let text = """
        submit: draft > submitted : ASCR : C Op
        register_report: submitted > registered : R : S
        register_official: submitted > registered : ASC : Op S
        assign: registered > assigned : ASCR : S Op
        take_up: assigned > in_review : ASC : Ex
        take_up: assigned > in_work : R : Ex
        reassign: assigned in_review > assigned : ASC : Hd Op
        reassign: assigned in_work > assigned : R : Hd Op
        transfer: registered assigned in_review > registered : ASC : Op Hd
        forward: registered assigned in_review > forwarded : ASC : Op Hd
        forward_part: in_review > = : ASC : Op Hd
        name_defects: registered assigned in_review > correction : ASC : Op Ex
        cure_defects: correction > back registered assigned in_review : ASC : C Op
        return_uncured: correction > returned : ASC : Op Hd
        return_unexamined: registered > returned : ASC : Op Hd
        ask_applicant: in_review > waiting_applicant : ASC : Ex Op
        ask_applicant: in_work > waiting_applicant : R : Ex Op
        end_waiting: waiting_applicant > back in_review : ASC : C S
        end_waiting: waiting_applicant > back in_work : R : C S
        open_hearing: in_review > hearing : AC : Ex Hd
        end_hearing: hearing > in_review : AC : S Ex
        send_for_signature: in_review > on_signature : ASC : Ex
        send_back: on_signature > in_review : ASC : Hd
        answer: on_signature > answered : ASC : Hd
        extend: in_review hearing > = : A : Hd
        extend: in_review > = : S : Hd
        pass_up: in_review > passed_up : C : Hd
        satisfy_complaint: in_review > answered : C : Hd
        terminate: in_review > terminated : ASC : Hd
        withdraw: submitted registered correction assigned in_review waiting_applicant on_signature > withdrawn : ASC : C Op
        withdraw: hearing > withdrawn : AC : C Op
        withdraw: submitted registered assigned in_work waiting_applicant scheduled with_external reopened > withdrawn : R : C Op
        schedule: in_work > scheduled : R : Ex
        give_to_organization: in_work > with_external : R : Ex
        take_back: with_external > in_work : R : X S
        close: in_work scheduled with_external > closed : R : Ex
        close_at_once: registered assigned > closed : R : Op
        reopen: closed > reopened : R : C
        resume_work: reopened > in_work : R : Op
        merge: submitted registered assigned in_work waiting_applicant scheduled with_external reopened > merged : R : Op Ex
        undo_merge: merged > back submitted registered assigned in_work waiting_applicant scheduled with_external reopened : R : Op Ex
        file_officially: submitted registered assigned in_work waiting_applicant scheduled with_external reopened > = : R : C
        file_officially: closed merged withdrawn > = : R : C
        change_kind: registered assigned > = : ASC : Op
        reclassify: submitted registered correction assigned in_review waiting_applicant on_signature > = : ASC : Op Ex
        reclassify: hearing > = : AC : Op Ex
        reclassify: submitted registered assigned in_work waiting_applicant scheduled with_external reopened > = : R : Op Ex
        correct_slip: answered > = : ASC : Hd
        report_danger: submitted registered correction assigned in_review waiting_applicant on_signature > = : ASC : S Op
        report_danger: hearing > = : AC : S Op
        report_danger: answered forwarded returned terminated withdrawn > = : ASC : S Op
        report_danger: passed_up > = : C : S Op
        report_danger: submitted registered assigned in_work waiting_applicant scheduled with_external reopened > = : R : S Op
        report_danger: closed merged withdrawn > = : R : S Op
        """

    /// The states that appeals of a procedure can be in.
    static let states: [AppealProcedure: Set<AppealState>] = [
        .ordinary: official.union([.hearing]),
        .simplified: official,
        .complaint: official.union([.hearing, .passedUp]),
        .report: [
            .draft, .submitted, .registered, .assigned, .inWork, .waitingApplicant, .scheduled, .withExternal, .closed,
            .withdrawn, .merged, .reopened,
        ],
    ]

    private static let official: Set<AppealState> = [
        .draft, .submitted, .registered, .correction, .assigned, .inReview, .waitingApplicant, .onSignature, .answered,
        .forwarded, .returned, .terminated, .withdrawn,
    ]
    private static let procedures: [Character: AppealProcedure] = [
        "A": .ordinary, "S": .simplified, "C": .complaint, "R": .report,
    ]
    private static let actors: [Substring: MoveActor] = [
        "C": .citizen, "S": .system, "Op": .operator, "Ex": .executor, "Hd": .head, "X": .link,
    ]

    /// All allowed steps.
    let steps: Set<Step>

    /// Reads the text; nil when a line is malformed.
    init?() {
        var steps: Set<Step> = []
        for line in Self.text.split(separator: "\n") {
            let halves = line.split(separator: ":").map { $0.split(separator: " ") }
            guard halves.count == 4, let move = AppealMove(rawValue: String(halves[0].joined())),
                let arrow = halves[1].firstIndex(of: ">")
            else { return nil }
            let sources = halves[1][..<arrow].compactMap { AppealState(rawValue: String($0)) }
            let targets = halves[1][(arrow + 1)...].filter { $0 != "back" }
            let procedures = halves[2].joined().compactMap { Self.procedures[$0] }
            let actors = halves[3].compactMap { Self.actors[$0] }
            guard sources.count == arrow, actors.count == halves[3].count, !procedures.isEmpty else { return nil }
            for (source, procedure, actor) in Self.product(sources, procedures, actors) {
                for target in targets {
                    guard let state = target == "=" ? source : AppealState(rawValue: String(target)) else { return nil }
                    steps.insert(Step(move: move, from: source, to: state, procedure: procedure, actor: actor))
                }
            }
        }
        self.steps = steps
    }

    private static func product<A, B, C>(_ first: [A], _ second: [B], _ third: [C]) -> [(A, B, C)] {
        first.flatMap { one in second.flatMap { two in third.map { (one, two, $0) } } }
    }
}
