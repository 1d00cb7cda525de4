public import Civic
import Foundation

/// Files an appeal: checks it, routes it, opens its history and stores it with its files, receipt and mails in one transaction.
///
/// A report is registered and assigned at once. A signed official appeal is, too, while the bodies work; otherwise it waits for
/// `RegisterAppeals`. Without a signature an official appeal is kept as a draft with a number, until `SignAppeal` sends it.
public struct FileAppeal: Sendable {
    let store: any AppealStore
    let rules: AppealRules
    let limits: AppealLimits
    let sealer: ValueSealer
    let clock: WallClock
    let quotas: QuotaCounter
    let mails: AppealMails
    let authority: AppealAuthority

    /// Files an appeal.
    ///
    /// - Parameters:
    ///   - request: what the form sends.
    ///   - visitor: who files.
    ///   - isForCaller: whether an operator files for somebody who calls or stands at the counter; the appeal then has no account.
    ///   - address: where the request comes from.
    /// - Throws: `CivicError.noWorkCalendar` when the term cannot be counted, and what the store throws.
    public func callAsFunction(
        _ request: FilingRequest,
        by visitor: AppealVisitor,
        isForCaller: Bool = false,
        from address: RemoteAddress
    ) async throws -> FilingOutcome {
        if isForCaller, visitor.subject.role != .operator { return .denied }
        if let fault = fault(of: request) { return .refused(fault) }
        let time = clock.now
        let trace = rules.routes.trace(for: request.routingInputs(on: LocalTime(time).date))
        if trace.decision?.destination == .notTaken { return .refused(.notTaken) }
        let filing = Filing(
            request: request,
            owner: isForCaller ? nil : visitor.person,
            person: visitor.person,
            actor: isForCaller ? .operator : .citizen,
            route: StoredRoute(trace),
            time: time
        )
        let key = try key(of: filing, visitor, address)
        if let seconds = try await wait(filing, address, isForCaller: isForCaller) { return .wait(seconds: seconds) }
        let secrets = try sealer.hashes(
            "receipt/\(Self.requester(filing, visitor, address))/\(request.key)",
            for: .filing
        )
        var (result, tries) = (FilingResult.reportChanged, 0)
        while case .reportChanged = result, tries < 3 {
            tries += 1
            let report = try await report(of: request, visitor)
            if request.report != nil, report == nil { return .refused(.report) }
            result = try await keep(filing, key, secrets, report)
        }
        switch result {
        case .filed(let id, _):
            mails.queued()
            return try await receipt(id, secrets).map { .filed($0) } ?? .denied
        case .repeated(let id, _): return try await receipt(id, secrets).map { .repeated($0) } ?? .denied
        case .otherContent(let number): return .otherContent(number)
        case .filesUnavailable: return .filesUnavailable
        case .reportChanged: throw CivicError.storeBusy
        case .noNumberLeft: throw AppealsError.noNumberLeft(year: LocalTime(time).date.year)
        }
    }

    // The report from which an official appeal is made.
    private func report(of request: FilingRequest, _ visitor: AppealVisitor) async throws -> StoredAppeal? {
        guard request.regime == .official,
            let stored = try await request.report.asyncFlatMap({ try await store.appeal($0) }),
            stored.appeal.opening.regime == .report, authority.isApplicant(visitor, stored.accessCase)
        else { return nil }
        return stored
    }

    private func keep(
        _ filing: Filing,
        _ key: FilingKey,
        _ secrets: [Data],
        _ report: StoredAppeal?
    ) async throws -> FilingResult {
        let request = filing.request
        let applicant = try sealer.seal(request.applicant)
        var recipients = AppealMails.Recipients()
        recipients.applicant = try await mails.applicant(
            request.applicant.contact,
            owner: filing.owner,
            language: request.content.language
        )
        if let body = filing.route?.body {
            recipients.staff = try await store.mailboxes(of: body, headsOnly: false, limit: AppealMails.maxOfBody)
        }
        let code = ReceiptCode(derivedFrom: secrets.first ?? Data())
        let (rules, mails, told) = (rules, mails, recipients)
        return try await store.file(key, year: LocalTime(filing.time).date.year) { id, number in
            var progress = CaseProgress(
                Appeal(filing.opening(id, report?.id)),
                nil,
                rules.counter,
                answers: request.content.answers
            )
            try filing.advance(&progress, number, by: rules)
            progress.keepLastMailToApplicant()
            var queued = try mails.mails(of: progress, number, title: request.content.title.text, to: told, code: code)
            if progress.appeal.state == .draft, let applicant = told.applicant {
                let notice = AppealMails.notice(
                    .received,
                    progress.appeal,
                    number,
                    title: request.content.title.text,
                    nil,
                    nil,
                    code
                )
                queued.append(try mails.notices.mail(notice, to: applicant.email, in: applicant.language))
            }
            let event = AuditEvent(
                .appealFiled,
                actor: filing.person,
                subject: filing.owner,
                detail: request.regime.rawValue,
                time: filing.time
            )
            return NewAppeal(
                number: number,
                appeal: progress.appeal,
                content: request.content,
                route: filing.route,
                term: progress.term,
                applicant: applicant,
                receiptHash: code.hash(for: number),
                rulesVersion: request.rulesVersion,
                files: filing.files,
                report: try report.flatMap { try filing.link($0, progress.appeal, by: rules) },
                effects: SideEffects(at: filing.time, mails: queued, events: [event])
            )
        }
    }

    private func receipt(_ id: AppealID, _ secrets: [Data]) async throws -> FiledAppeal? {
        guard let stored = try await store.appeal(id) else { return nil }
        var code: ReceiptCode?
        for candidate in secrets.map(ReceiptCode.init(derivedFrom:)) where code == nil {
            let hash = candidate.hash(for: stored.number)
            if try await store.appeal(stored.number, receiptHash: hash) != nil { code = candidate }
        }
        return FiledAppeal(
            id: id,
            number: stored.number,
            code: code,
            appeal: stored.appeal,
            route: stored.route,
            term: stored.term
        )
    }

    // Keys of different requesters never collide, so nobody learns of a receipt by guessing a key.
    private static func requester(_ filing: Filing, _ visitor: AppealVisitor, _ address: RemoteAddress) -> String {
        visitor.person.map { "person/\($0)" } ?? "address/\(address.key)"
    }

    private func key(of filing: Filing, _ visitor: AppealVisitor, _ address: RemoteAddress) throws -> FilingKey {
        let requester = Self.requester(filing, visitor, address)
        return FilingKey(
            hashes: try sealer.hashes("key/\(requester)/\(filing.request.key)", for: .filing),
            digests: try sealer.hashes("content/" + (try filing.text()), for: .filing)
        )
    }

    private func wait(_ filing: Filing, _ address: RemoteAddress, isForCaller: Bool) async throws -> Int? {
        if isForCaller { return nil }
        if let person = filing.person { return try await quotas.wait("appeal/\(person)", limits.filingsPerPerson) }
        return try await quotas.wait("appeal", limits.filingsPerAddress, from: address)
    }

    private func fault(of request: FilingRequest) -> FilingFault? {
        let (content, catalogue) = (request.content, rules.catalogue)
        guard FilingRequest.keyLengths.contains(request.key.utf8.count) else { return .key }
        guard let category = catalogue[category: content.category], category.isLeaf,
            category.regimes.contains(request.regime)
        else { return .category }
        if let fault = catalogue.fault(of: content.answers, in: category.id) { return .answer(fault) }
        let lengths = AppealText.lengths(in: request.regime)
        guard lengths.contains(content.text.text.unicodeScalars.count) else { return .text(lengths) }
        if case .body(let body) = content.addressee, catalogue[body: body] == nil { return .addressee }
        if request.regime == .report, content.place == nil { return .place }
        if request.regime == .official, !request.applicant.defects.isEmpty {
            return .applicant(request.applicant.defects)
        }
        return request.files.count > limits.maxFiles ? .files(most: limits.maxFiles) : nil
    }
}

/// A request to file with what was decided about it.
private struct Filing: Sendable {
    let request: FilingRequest
    let owner: PersonID?
    let person: PersonID?
    let actor: MoveActor
    let route: StoredRoute?
    let time: Date

    func opening(_ id: AppealID, _ report: AppealID?) -> AppealOpening {
        AppealOpening(
            id: id,
            regime: request.regime,
            kind: request.kind,
            owner: owner,
            category: request.content.category,
            body: route?.body,
            parent: report,
            time: time
        )
    }

    // The history of the report says that an official appeal was filed, once it is signed and its kind is known.
    func link(_ report: StoredAppeal, _ appeal: Appeal, by rules: AppealRules) throws -> StoredMove? {
        guard request.signature != nil, let kind = appeal.legalKind else { return nil }
        var progress = CaseProgress(report.appeal, report.term, rules.counter, answers: report.content.answers)
        do {
            try progress.make(
                .fileOfficially,
                by: .citizen,
                person: person,
                at: time,
                attested: [.applicantSignature, .linkedCase],
                MoveDetails { $0.legalKind = kind }
            )
        } catch is MoveRefusal { return nil }
        return StoredMove(
            version: report.appeal.version,
            appeal: progress.appeal,
            term: progress.term,
            effects: SideEffects(at: time)
        )
    }

    var files: [NewAppealFile] {
        request.files.map { NewAppealFile($0, .filing, owner: person) }
            + (request.signature.map { [NewAppealFile($0, .signature, owner: person)] } ?? [])
    }

    // Sends it, unless it still needs a signature, and registers it if the portal may.
    func advance(_ progress: inout CaseProgress, _ number: AppealNumber, by rules: AppealRules) throws {
        guard request.regime == .report || request.signature != nil else { return }
        var attested: Set<MoveRequirement> = [.completeForm, .consents, .idempotencyKey]
        if request.signature != nil { attested.insert(.applicantSignature) }
        try progress.make(.submit, by: actor, person: person, at: time, attested: attested)
        try progress.register(number, route, at: time, by: rules)
    }

    /// All that was sent, as one text; equal requests have equal texts.
    func text() throws -> String {
        struct Sent: Encodable {
            let regime: AppealRegime
            let kind: AppealKind
            let contact: ApplicantContact
            let identity: ApplicantIdentity
            let content: AppealContent
            let files: [AppealFileID]
            let signature: AppealFileID?
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let sent = Sent(
            regime: request.regime,
            kind: request.kind,
            contact: request.applicant.contact,
            identity: request.applicant.identity,
            content: request.content,
            files: request.files,
            signature: request.signature
        )
        return String(decoding: try encoder.encode(sent), as: UTF8.self)
    }
}
