import Civic
import Foundation
import SiteKit

/// The fields of the sample forms, arranged like an appeal: what happened, where, and who writes.
struct SampleFields {
    static let photos = FileRules.Field("photos", count: 3, bytes: 5_000_000)
    static let plan = FileRules.Field("plan", count: 1, bytes: 2_000_000, formats: [.pdf])
    static let files = FileRules([photos, plan], totalBytes: 12_000_000)

    let words: Strings

    /// What happened.
    var matter: [FormField] {
        let kinds = ["problem", "idea", "question"].map { kind in
            FormField.Option(kind, words["sample_kind_\(kind)"], hint: words["sample_hint_\(kind)"])
        }
        return [
            .cards("kind", words["sample_kind"], kinds),
            .select("topic", words["sample_topic"], topics),
            .text("text", words["sample_text"], limit: 1_000).with(hint: words["sample_text_hint"]),
        ]
            + FormField.group(
                "problem_only",
                words["sample_problem"],
                when: ("kind", "problem"),
                [
                    .date("day", words["sample_day"]).with(hint: words["sample_day_hint"]),
                    .files(Self.photos, words["sample_photos"]).with(isRequired: false),
                ]
            )
            + [.files(Self.plan, words["sample_plan"]).with(isRequired: false)]
    }

    /// Where.
    var place: [FormField] {
        [
            .point("place", words["sample_place"]).with(hint: words["sample_place_hint"]),
            .address("reply", words["sample_reply"]).with(isRequired: false),
        ]
    }

    /// Who writes.
    var applicant: [FormField] {
        FormField.group(
            "applicant",
            words["sample_applicant"],
            [
                .line("name", words["sample_name"]).with(autocomplete: "name"),
                .line("iin", words["sample_iin"], inputMode: "numeric").with(hint: words["sample_iin_hint"]),
                .email("email", words["sample_email"]).with(isRequired: false),
            ]
        )
            + [
                .box("agree", words["sample_agree"], isRequired: true)
                    .with(answerLabel: words["sample_agree_answer"])
            ]
    }

    private var topics: [FormField.OptionGroup] {
        let groups = [("roads", ["potholes", "lights", "signs"]), ("yards", ["waste", "trees", "playground"])]
        return groups.map { group, topics in
            FormField.OptionGroup(
                words["sample_topic_\(group)"],
                topics.map { FormField.Option($0, words["sample_topic_\($0)"]) }
            )
        } + [FormField.OptionGroup(nil, [FormField.Option("other", words["sample_topic_other"])])]
    }

    /// Reads what happened, and records the faults.
    static func checkMatter(_ form: inout Form, _ words: Strings) {
        let today = LocalTime(unixSeconds: Int(Date().timeIntervalSince1970)).date
        _ = form.option("kind", words)
        _ = form.option("topic", words)
        _ = form.text("text", words)
        _ = form.date("day", in: LocalDate(number: today.number - 365)...today, words)
        _ = form.files("photos", words)
        _ = form.files("plan", words)
    }

    /// Reads where, and records the faults.
    static func checkPlace(_ form: inout Form, _ words: Strings) { _ = form.point("place", words) }

    /// Reads who writes, and records the faults.
    static func checkApplicant(_ form: inout Form, _ words: Strings) {
        _ = form.name("name", words)
        _ = form.iin("iin", words)
        if !form["email"].isEmpty { _ = form.email("email", words) }
        if form["agree"].isEmpty { form.fail("agree", words["sample_agree_missing"]) }
    }
}
