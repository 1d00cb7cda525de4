import Civic

/// Files of forms that are shown again.
extension PageResponder {
    /// Shows the files that came with the form before, without those that were marked to be removed, and records at their field
    /// that some are no longer there or may not be in it.
    package func findFiles(_ form: inout Form, _ body: FormBody, _ request: PageRequest) {
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

    /// Keeps the files of a form, so that they need not be chosen again when it is shown again, and records the faults of those
    /// that were not accepted.
    ///
    /// Call it for a verified form after `take` and before the fields are read.
    ///
    /// - Throws: `CivicError.storeBusy` when too many files are kept, `CivicError.storeUnwritable` when the disk cannot be written.
    package func takeFiles(_ form: inout Form, _ body: FormBody, _ request: PageRequest) throws {
        guard let owner = request.visitor.formOwner else { return }
        let words = words(request)
        findFiles(&form, body, request)
        // Files that came before count towards the limit of the form as those that come now.
        var remaining = body.mostFileBytes
        for field in form.fields where form.applying(field.name) != nil {
            let (fitting, rest) = field.files.fitting(&remaining)
            form.setFiles(field.name, fitting)
            if case .files(let rule) = field.kind, let file = rest.first {
                let fault = FileFault(field: rule.name, fileName: file.name, reason: .totalTooLarge)
                form.fail(field.name, words.fault(fault, of: rule))
            }
        }
        var kept: [KeptFile] = []
        for field in form.fields {
            guard case .files(let rule) = field.kind else { continue }
            site.keptFiles.delete(body.values(field.removedName), of: owner)
            var faults = body.fileFaults.filter { $0.field == rule.name }
            var files = field.files
            for file in body.files(rule.name) {
                let reason: FileFault.Reason? =
                    files.count >= rule.count ? .tooMany : file.size > remaining ? .totalTooLarge : nil
                if let reason {
                    faults.append(FileFault(field: rule.name, fileName: file.name, reason: reason))
                    continue
                }
                do {
                    files.append(try site.keptFiles.keep(file, of: request.formName, for: owner))
                } catch {
                    // The form is shown as it was sent, so it cannot name them.
                    site.keptFiles.delete((kept + files.dropFirst(field.files.count)).map(\.id), of: owner)
                    throw error as? CivicError ?? CivicError.storeUnwritable("\(error)")
                }
                remaining -= file.size
            }
            kept += files.dropFirst(field.files.count)
            form.setFiles(field.name, files)
            if let fault = faults.first { form.fail(field.name, words.fault(fault, of: rule)) }
        }
    }

    /// Deletes the files of a form that was sent, in steps or at once; files of other forms and of other tabs stay.
    ///
    /// Files that were moved to where they stay are not touched.
    package func deleteFiles(of forms: [Form], _ request: PageRequest) {
        guard let owner = request.visitor.formOwner else { return }
        site.keptFiles.delete(forms.flatMap { $0.fields.flatMap(\.files) }.map(\.id), of: owner)
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

extension [KeptFile] {
    /// The files, in their order, that fit into a number of bytes, which is lowered by them, and the others.
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
