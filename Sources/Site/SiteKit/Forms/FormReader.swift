import Civic
import Hummingbird

/// Reads the forms of requests, checks their CSRF tokens, and answers with their actions.
struct FormReader: Sendable {
    private let tokens: CSRFTokens
    private let spool: UploadSpool

    init(tokens: CSRFTokens, spool: UploadSpool) { (self.tokens, self.spool) = (tokens, spool) }

    /// Reads the form of a request, checks its token, and answers with the action.
    ///
    /// Files are stored only if the token comes before them, so that other sites cannot fill the disk. Once the answer is made or
    /// the request has failed, all files that the action has not moved away are deleted.
    ///
    /// - Throws: `Problem` when there is no readable form, `UnsavedForm` when the store takes no writes, and what the action
    ///   throws.
    func answer(
        _ request: PageRequest,
        files rules: FileRules,
        _ action: (PageRequest, FormBody) async throws -> FormAction
    ) async throws -> Response {
        guard request.request.headers[.contentType].map(MediaType.essence) == MultipartParser.type else {
            return try await answer(request, try await FormBody.read(request.request), files: rules, action)
        }
        let announced = request.request.headers[.contentLength].flatMap { Int($0) } ?? 0
        var form = MultipartForm(rules, spool) { [tokens] fields in
            announced <= rules.largestBody && tokens.accepts(fields.value(CSRFTokens.field), from: request.visitor)
        }
        defer { form.deleteFiles() }
        do {
            try await read(request.request, into: &form, limit: rules.largestBody)
        } catch let fault as UploadSpool.Fault {
            throw UnsavedForm(form: form.body, cause: Self.cause(fault))
        }
        return try await answer(request, form.body, files: rules, action)
    }

    private func answer(
        _ request: PageRequest,
        _ body: FormBody,
        files rules: FileRules,
        _ action: (PageRequest, FormBody) async throws -> FormAction
    ) async throws -> Response {
        var body = body
        body.maxFileBytes = rules.totalBytes
        request.sent.keep(body)
        let isValid =
            !body.isWithheld && !body.isCut && tokens.accepts(body.value(CSRFTokens.field), from: request.visitor)
        do {
            return try await action(request, body).response(to: body, isValid: isValid)
        } catch let error as CivicError where error.isOfStore {
            throw UnsavedForm(form: body, cause: error)
        }
    }

    private func read(_ request: Request, into form: inout MultipartForm, limit: Int) async throws {
        try request.checkAnnouncedLength(atMost: limit)
        do {
            var parser = try MultipartParser(contentType: request.headers[.contentType] ?? "")
            var received = 0
            for try await chunk in request.body {
                received += chunk.readableBytes
                guard received <= limit else { return form.cut() }
                try parser.parse(chunk) { try form.take($0) }
            }
            try parser.finish()
        } catch is MultipartParser.Fault {
            throw Problem.badRequest([])
        }
    }

    private static func cause(_ fault: UploadSpool.Fault) -> CivicError {
        switch fault {
        case .full: .storeBusy
        case .unwritable(let reason): .storeUnwritable(reason)
        }
    }
}

extension Request {
    /// Refuses an announced body that is too large before its client is asked to send it (RFC 9110 §10.1.1).
    ///
    /// Other clients send it anyway; reading it up to the limit lets them see the answer.
    ///
    /// - Throws: `Problem.tooLarge`.
    func checkAnnouncedLength(atMost limit: Int) throws(Problem) {
        guard headers[.expect] != nil, let length = headers[.contentLength].flatMap({ Int($0) }), length > limit else {
            return
        }
        throw .tooLarge(limit: limit)
    }
}
