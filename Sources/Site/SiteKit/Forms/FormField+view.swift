import Civic

/// Fields as their templates show them.
extension FormField {
    /// The field as its template shows it.
    ///
    /// - Parameter words: the texts in the reader's language.
    func view(_ words: Strings) -> FieldView {
        var view = plainView(words)
        switch kind {
        case .line(let type, let inputMode): (view.type, view.inputMode, view.value) = (type, inputMode, value)
        case .text(let rows, let limit):
            (view.rows, view.limit) = (rows, limit)
            // HTML drops a line end at the start of a text area.
            view.value = value.first?.isNewline == true ? "\n" + value : value
        case .box: view.checked = !value.isEmpty
        case .choice(let options), .cards(let options): view.options = views(of: options)
        case .select(let groups):
            view.groups = groups.map { FieldView.Group(group: $0.label, options: views(of: $0.options)) }
        case .date:
            (view.day, view.year) = (parts["day"], parts["year"])
            let months = words["months_alone"].split(separator: ";")
            view.options = (1...12).map { month in
                FieldView.Option(
                    id: "\(id)-\(month)",
                    name: name,
                    value: String(month),
                    label: months.indices.contains(month - 1) ? String(months[month - 1]) : "",
                    hint: nil,
                    checked: parts["month"] == String(month)
                )
            }
        case .files(let rule): view.files = FieldView.Files(rule, files, refused: refusals, words)
        case .point:
            (view.value, view.lat, view.lon, view.named) = (value, parts["lat"], parts["lon"], parts["named"])
            view.isAddressWrong = fault != nil && faultPart == nil
            (view.isLatWrong, view.isLonWrong) = (faultPart == "lat", faultPart == "lon")
            view.open = !(parts["lat"] ?? "").isEmpty || !(parts["lon"] ?? "").isEmpty
        case .groupStart(let condition): (view.when, view.whenValue) = (condition?.name, condition?.value)
        case .hidden, .address: view.value = value
        case .password, .groupEnd: break
        }
        return view
    }

    private func plainView(_ words: Strings) -> FieldView {
        let hint = shownHint(words)
        // What a screen reader reads after the label: the hint, then the fault.
        let described = [hint.map { _ in "\(id)-hint" }, fault.map { _ in "\(id)-fault" }].compactMap { $0 }
        return FieldView(
            template: template,
            id: id,
            name: name,
            label: label,
            hint: hint,
            fault: fault,
            described: described.isEmpty ? nil : described.joined(separator: " "),
            required: isRequired,
            code: isCode,
            autocomplete: autocomplete
        )
    }

    private var template: FieldView.Template {
        switch kind {
        case .line: .line
        case .text: .text
        case .password: .password
        case .box: .box
        case .choice: .choice
        case .cards: .cards
        case .select: .select
        case .date: .date
        case .files: .files
        case .address: .address
        case .point: .point
        case .groupStart: .groupStart
        case .groupEnd: .groupEnd
        case .hidden: .hidden
        }
    }

    private func views(of options: [Option]) -> [FieldView.Option] {
        options.enumerated().map { index, option in
            FieldView.Option(
                id: index == 0 ? id : "\(id)-\(index + 1)",
                name: name,
                value: option.value,
                label: option.label,
                hint: option.hint,
                checked: option.value == value
            )
        }
    }

    // State the limits in advance, so that nobody learns of them only by exceeding them.
    private func shownHint(_ words: Strings) -> String? {
        let limit: String? =
            switch kind {
            case .text(_, let limit): words.text("text_limit", ["n": words.number(limit)])
            case .files(let rule): words.limits(of: rule)
            default: nil
            }
        let told = [hint, limit].compactMap { $0 }
        return told.isEmpty ? nil : told.joined(separator: " ")
    }

    /// The id of the control that receives the focus.
    package var id: String { "field-\(name)" }
    /// The id of the control that is wrong.
    var faultyID: String { faultPart.map { "\(id)-\($0)" } ?? id }
}

extension Strings {
    /// The size of a file: 900 kB, 10 MB, 1.5 MB.
    package func size(_ bytes: Int) -> String {
        if bytes < 1_000_000 { return text("size_kb", ["n": number(max(1, (bytes + 500) / 1_000))]) }
        return text("size_mb", ["n": decimal((Double(bytes) / 100_000).rounded() / 10)])
    }

    /// The names of formats as a list.
    private func formats(_ formats: [FileFormat]) -> String { formats.map(\.label).joined(separator: ", ") }

    /// The message about a file that has none of the given formats.
    func otherFormat(than formats: [FileFormat]) -> String {
        guard formats.count > 1, let last = formats.last else {
            return text("file_format", ["formats": self.formats(formats)])
        }
        let names = text("formats_or", ["formats": self.formats(formats.dropLast()), "last": last.label])
        return text("file_format", ["formats": names])
    }

    /// The limits on the files of a field.
    fileprivate func limits(of rule: FileRules.Field) -> String {
        text(
            "files_limit",
            ["formats": formats(rule.formats), "size": size(rule.bytes), "n": number(rule.count)]
        )
    }
}
