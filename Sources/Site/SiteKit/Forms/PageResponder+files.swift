import Civic

/// Files of forms that are shown again.
extension PageResponder {
    /// Shows the files that came with the form before, without those that were marked to be removed.
    package func findFiles(_ form: inout Form, _ body: FormBody, _ request: PageRequest) {
        guard let owner = request.visitor.formOwner else { return }
        for field in form.fields {
            guard case .files = field.kind else { continue }
            let removed = Set(body.values(field.removedName))
            let ids = body.values(field.keptName).filter { !removed.contains($0) }
            form.setFiles(field.name, site.keptFiles.files(ids, of: field.name, for: owner))
        }
    }

    /// Keeps the files of a form, so that they need not be chosen again when it is shown again, and records the faults of those
    /// that were not accepted.
    ///
    /// Call it for a verified form after `take` and before the fields are read.
    ///
    /// - Throws: `CivicError.storeUnwritable` when the disk cannot be written.
    package func takeFiles(_ form: inout Form, _ body: FormBody, _ request: PageRequest) throws {
        guard let owner = request.visitor.formOwner else { return }
        let words = words(request)
        findFiles(&form, body, request)
        for field in form.fields {
            guard case .files(let rule) = field.kind else { continue }
            site.keptFiles.delete(body.values(field.removedName), of: owner)
            var faults = body.fileFaults.filter { $0.field == rule.name }
            var files = field.files
            for file in body.files(rule.name) {
                guard files.count < rule.count else {
                    faults.append(FileFault(field: rule.name, fileName: file.name, reason: .tooMany))
                    continue
                }
                do {
                    files.append(try site.keptFiles.keep(file, for: owner))
                } catch {
                    throw CivicError.storeUnwritable("\(error)")
                }
            }
            form.setFiles(field.name, files)
            if let fault = faults.first { form.fail(field.name, words.fault(fault, of: rule)) }
        }
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
