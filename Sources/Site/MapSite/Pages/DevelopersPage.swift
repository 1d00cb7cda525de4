import SiteKit

/// The page for developers: every call with its parameters, from the table that validates them.
struct DevelopersPage: PageModel {
    struct Parameter: Codable, Sendable {
        let name: String
        let description: String
        let required: Bool
    }

    struct Call: Codable, Sendable {
        let method: String
        let path: String
        let summary: String
        let parameters: [Parameter]
    }

    static let template = "api_docs"

    let title: String
    let description: String
    let openapiHref: String
    let operations: [Call]

    init(words: Strings) {
        title = words["api_heading"]
        description = words["api_description"]
        openapiHref = Operation.openAPI.path
        operations = Operation.all.map { operation in
            Call(
                method: operation.method,
                path: operation.path,
                summary: words["api_op_\(operation.id)"],
                parameters: operation.parameters.map { parameter in
                    Parameter(
                        name: parameter.name,
                        description: words["api_param_\(parameter.name)"],
                        required: parameter.required
                    )
                }
            )
        }
    }
}
