import Civic

/// Files that come with a form.
extension PageResponder {
    /// Keeps the files of a form, so that they need not be chosen again when it is shown again, and records the faults of those
    /// that were not accepted.
    ///
    /// A file of a field for attachments becomes one, or is refused, here. Call it for a verified form after `take` and before
    /// the fields are read.
    ///
    /// - Throws: `CivicError.storeBusy` when too many files are kept or too many pictures wait, `CivicError.storeUnwritable` when
    ///   the disk cannot be written, what the store of attachments throws; in all these cases none of the newly sent files is
    ///   kept.
    package func takeFiles(_ form: inout Form, _ body: FormBody, _ request: PageRequest) async throws {
        guard let owner = request.visitor.formOwner else { return }
        try await findFiles(&form, body, request)
        var remaining = body.maxFileBytes
        fit(&form, &remaining, words(request))
        var kept: [KeptFile] = []
        do {
            for field in form.fields {
                guard case .files(let rule) = field.kind else { continue }
                site.keptFiles.delete(body.values(field.removedName), of: owner)
                try await take(body, of: field, rule, into: &form, &kept, &remaining, request, owner)
            }
        } catch {
            // The form is shown again as it was sent, so it cannot refer to them.
            site.keptFiles.delete(kept.map(\.id), of: owner)
            await site.attachments?.deleteReleased(by: site.keptFiles)
            if error is CancellationError { throw error }
            throw error as? CivicError ?? CivicError.storeUnwritable("\(error)")
        }
        await site.attachments?.deleteReleased(by: site.keptFiles)
    }

    /// Leaves out files that came before and do not fit into the form's size limit, which covers them and the new files together.
    private func fit(_ form: inout Form, _ remaining: inout Int, _ words: Strings) {
        for field in form.fields where form.applying(field.name) != nil {
            let (fitting, rest) = field.files.fitting(&remaining)
            form.setFiles(field.name, fitting)
            if case .files(let rule) = field.kind, let file = rest.first {
                let fault = FileFault(field: rule.name, fileName: file.name, reason: .totalTooLarge)
                form.fail(field.name, words.fault(fault, of: rule))
            }
        }
    }

    private func take(
        _ body: FormBody,
        of field: FormField,
        _ rule: FileRules.Field,
        into form: inout Form,
        _ kept: inout [KeptFile],
        _ remaining: inout Int,
        _ request: PageRequest,
        _ owner: FormOwner
    ) async throws {
        let words = words(request)
        var refusals = body.fileFaults.filter { $0.field == rule.name }.map { words.fault($0, of: rule) }
        var files = field.files
        for file in body.files(rule.name) {
            let reason: FileFault.Reason? =
                files.count >= rule.count ? .tooMany : file.size > remaining ? .totalTooLarge : nil
            if let reason {
                let fault = FileFault(field: rule.name, fileName: file.name, reason: reason)
                refusals.append(words.fault(fault, of: rule))
                continue
            }
            var attachment: KeptAttachment?
            if rule.areAttachments {
                switch try await attach(file, owner) {
                case .taken(let taken): attachment = taken
                case .refused(let refusal):
                    refusals.append(words.fault(refusal, name: file.name, of: rule))
                    continue
                }
            }
            do {
                files.append(try site.keptFiles.keep(file, of: request.formName, for: owner, as: attachment))
            } catch {
                if let attachment { site.keptFiles.released.add(attachment.id) }
                throw error
            }
            if let last = files.last { kept.append(last) }
            remaining -= file.size
        }
        form.setFiles(field.name, files)
        form.refuseFiles(field.name, refusals, words)
    }

    private func attach(_ file: UploadedFile, _ owner: FormOwner) async throws -> SiteAttachments.Outcome {
        guard let attachments = site.attachments else {
            throw CivicError.storeUnwritable("this portal has no store of attachments")
        }
        return try await attachments.take(file, from: owner)
    }
}

extension [KeptFile] {
    /// Splits the files, in order, into those that fit into the remaining bytes and the others; subtracts those that fit.
    fileprivate func fitting(_ remaining: inout Int) -> (fitting: [KeptFile], rest: [KeptFile]) {
        var (fitting, rest): ([KeptFile], [KeptFile]) = ([], [])
        for file in self {
            if file.size > remaining {
                rest.append(file)
            } else {
                remaining -= file.size
                fitting.append(file)
            }
        }
        return (fitting, rest)
    }
}
