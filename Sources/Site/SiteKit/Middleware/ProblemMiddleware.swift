import Civic
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Turns every error into a response: a page for people, `application/problem+json` for programs.
///
/// Internal details never leave the server: an error that is not a `Problem` is logged under an id, and only the id is sent.
struct ProblemMiddleware: RouterMiddleware {
    let strings: StringCatalogue
    let pages: PageRenderer
    let routes: RouteTable

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let fault as ProtocolFault {
            // The body broke off or did not arrive: the client's fault, so not worth more than debug.
            context.logger.debug("A request did not arrive", metadata: ["fault": "\(fault)"])
            return fault.response
        } catch let unsaved as UnsavedForm {
            return pages.error(request, context, problem(unsaved.cause, request, context), unsaved: unsaved.form)
        } catch {
            return response(to: request, context, problem(error, request, context))
        }
    }

    private func problem(_ error: any Error, _ request: Request, _ context: PortalContext) -> Problem {
        if let problem = error as? Problem { return problem }
        if let problem = (error as? any ProblemConvertible)?.problem { return problem }
        if let error = error as? CivicError {
            switch error {
            case .storeBusy: return .busy
            case .storeUnwritable(let reason):
                // The readiness check reports this once; a line for each refused form would flood the log when the disk is
                // full.
                context.logger.debug("Database cannot be written", metadata: ["reason": "\(reason)"])
                return .unwritable(code: StoreFailure.unwritable.rawValue)
            case .forbidden: return .forbidden
            default: break
            }
        }
        if let error = error as? any HTTPResponseError {
            switch error.status {
            case .notFound:
                let methods = routes.methods(at: request.uri.path)
                if methods.isEmpty || methods.contains(request.method.rawValue) { return .notFound }
                return .methodNotAllowed(allowed: methods.joined(separator: ", "))
            case .contentTooLarge: return .tooLarge(limit: context.maxUploadSize)
            case .badRequest: return .badRequest([])
            default: break
            }
        }
        context.logger.error("Request failed", metadata: ["error": "\(error)"])
        return .internalError(id: context.id)
    }

    private func response(to request: Request, _ context: PortalContext, _ problem: Problem) -> Response {
        if context.route.errors == .page { return pages.error(request, context, problem) }
        let language = LanguageChoice.accepted(request) ?? .kk
        var response = Answer.json(
            document(problem, language: requested(request) ?? language),
            type: "application/problem+json; charset=utf-8"
        )
        response.status = problem.status
        response.headers[.cacheControl] = "no-store"
        response.headers[.vary] = "Accept-Language"
        if case .unauthorized(let scheme) = problem { response.headers[.wwwAuthenticate] = scheme }
        if case .methodNotAllowed(let allowed) = problem { response.headers[.allow] = allowed }
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private func requested(_ request: Request) -> Language? {
        request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
    }

    private func document(_ problem: Problem, language: Language) -> JSONWriter {
        let words = strings[language]
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("type")
        writer.string("/api/docs#problem-\(problem.key.replacing("_", with: "-"))")
        writer.key("title")
        writer.string(words["problem_\(problem.key)_title"])
        writer.key("status")
        writer.integer(problem.status.code)
        writer.key("detail")
        let faults = problem.faults.map { words.text("fault_\($0.code)", $0.arguments) }
        writer.string(faults.first ?? words.text("problem_\(problem.key)_detail", problem.arguments))
        writer.key("errors")
        writer.beginArray()
        for (fault, detail) in zip(problem.faults, faults) {
            writer.beginObject()
            writer.key("field")
            writer.string(fault.field)
            writer.key("code")
            writer.string(fault.code)
            writer.key("detail")
            writer.string(detail)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer
    }
}
