import Attachments
import Civic

/// Files of forms that are shown again.
extension PageResponder {
    /// Shows the files that came with the form before, without those that were marked to be removed, and records at their field
    /// that some are no longer there or may not be in it.
    ///
    /// - Throws: what the store of attachments throws.
    package func findFiles(_ form: inout Form, _ body: FormBody, _ request: PageRequest) async throws {
        findKeptFiles(&form, body, request)
        let words = words(request)
        for field in form.fields {
            guard case .files(let rule) = field.kind, rule.areAttachments else { continue }
            var files: [KeptFile] = []
            for var file in field.files {
                switch try await attachmentState(of: file) {
                case .available: file.attachment?.isAwaitingScan = false
                case .awaitingScan: file.attachment?.isAwaitingScan = true
                case .infected(let finding):
                    form.fail(field.name, words.fault(.infected(finding: finding), name: file.name, of: rule))
                    continue
                case nil:
                    form.fail(field.name, words["file_gone"])
                    continue
                }
                files.append(file)
            }
            form.setFiles(field.name, files)
        }
    }

    /// Like `findFiles`, but without checking what has become of attachments since they were stored.
    func findKeptFiles(_ form: inout Form, _ body: FormBody, _ request: PageRequest) {
        let words = words(request)
        for field in form.fields {
            guard case .files(let rule) = field.kind else { continue }
            let removed = Set(body.values(field.removedName))
            let ids = Set(body.values(field.keptName)).subtracting(removed)
            let named = body.values(field.keptName).filter(ids.contains)
            let found =
                request.visitor.formOwner.map { owner in
                    site.keptFiles.files(named, of: rule.name, in: request.formName, for: owner)
                } ?? []
            var files: [KeptFile] = []
            for file in found {
                let reason = rule.fault(of: file) ?? (files.count < rule.count ? nil : .tooMany)
                guard let reason else {
                    files.append(file)
                    continue
                }
                let fault = FileFault(field: rule.name, fileName: file.name, reason: reason)
                form.fail(field.name, words.fault(fault, of: rule))
            }
            form.setFiles(field.name, files)
            if found.count < ids.count { form.fail(field.name, words["file_gone"]) }
        }
    }

    /// Deletes the files of a form that was sent, in steps or at once; files of other forms and of other tabs stay.
    ///
    /// Files that were moved to where they stay are not touched, nor are attachments that a record has claimed.
    package func deleteFiles(of forms: [Form], _ request: PageRequest) async {
        guard let owner = request.visitor.formOwner else { return }
        site.keptFiles.delete(forms.flatMap { $0.fields.flatMap(\.files) }.map(\.id), of: owner)
        await site.attachments?.deleteReleased(by: site.keptFiles)
    }

    private func attachmentState(of file: KeptFile) async throws -> AttachedFile.State? {
        guard let id = file.attachment?.id else { return nil }
        return try await site.attachments?.useCases.read.attachment(id)?.state
    }
}

extension Strings {
    /// The message about a file that was not accepted.
    func fault(_ fault: FileFault, of rule: FileRules.Field) -> String {
        let reason =
            switch fault.reason {
            case .empty: self["file_empty"]
            case .format: otherFormat(than: rule.formats)
            case .tooLarge: text("file_too_large", ["limit": size(rule.bytes)])
            case .tooMany: text("file_too_many", ["n": number(rule.count)])
            case .totalTooLarge: self["file_total"]
            }
        return fault.fileName.isEmpty ? reason : text("file_fault", ["name": fault.fileName, "fault": reason])
    }
}

extension Form {
    /// Records the faults of files that were not accepted, in a form whose files are read at once and not kept.
    package mutating func failFiles(_ body: FormBody, _ words: Strings) {
        for field in fields {
            guard case .files(let rule) = field.kind,
                let fault = body.fileFaults.first(where: { $0.field == rule.name })
            else { continue }
            fail(field.name, words.fault(fault, of: rule))
        }
    }
}
