import HTTPTypes

/// The page for a request that cannot be answered.
struct ErrorPage: PageModel {
    /// A form that could not be saved, to be sent again.
    struct Unsaved: Codable, Sendable {
        struct Field: Codable, Sendable {
            let name: String
            let value: String
        }

        let action: String
        let submit: String
        let fields: [Field]
    }

    static let template = "error"

    let title: String
    let heading: String
    let message: String
    var robots = "noindex"
    let unsaved: Unsaved?

    /// - Parameter unsaved: a form that could not be saved; the page offers to send it again to `address`.
    init(_ problem: Problem, _ words: Strings, unsaved: FormBody?, address: String) {
        let stem = unsaved == nil ? Self.stem(of: problem) : "unsaved"
        heading = words["\(stem)_heading"]
        title = heading
        message = Self.message(problem, stem, words, unsaved)
        self.unsaved = unsaved.map { form in
            Unsaved(
                action: address,
                submit: words["unsaved_submit"],
                fields: form.repeatable.map { .init(name: $0.name, value: $0.value) }
            )
        }
    }

    private static func message(_ problem: Problem, _ stem: String, _ words: Strings, _ unsaved: FormBody?) -> String {
        if unsaved?.hasFiles == true { return words["unsaved_message"] + " " + words["unsaved_files"] }
        if problem.faults.first?.code == "file_unexpected" { return words["fault_file_unexpected"] }
        return words["\(stem)_message"]
    }

    private static func stem(of problem: Problem) -> String {
        switch problem {
        case .notFound, .methodNotAllowed: "not_found"
        case .badRequest, .unprocessable, .tooLarge, .unsupportedMediaType: "bad_request"
        case .tooMany: "too_many"
        case .forbidden, .unauthorized: "forbidden"
        case .notReady, .busy, .unwritable, .internalError: "server_error"
        }
    }
}
