import SiteKit

/// The page for developers: every call with its parameters, from the table that validates them.
struct DevelopersPage {
    let words: Strings

    var context: PageContext {
        [
            "title": words["api_heading"], "description": words["api_description"],
            "openapi_href": Operation.openAPI.path, "operations": Operation.all.map(operation),
        ]
    }

    private func operation(_ operation: Operation) -> PageContext {
        [
            "method": operation.method, "path": operation.path, "summary": words["api_op_\(operation.id)"],
            "parameters": operation.parameters.map { parameter in
                [
                    "name": parameter.name, "in": parameter.place.rawValue, "required": parameter.required,
                    "description": words["api_param_\(parameter.name)"],
                ] as PageContext
            },
        ]
    }
}
