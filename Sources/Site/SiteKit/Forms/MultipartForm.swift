import Foundation
import NIOCore

/// Collects the parts of a form: texts in memory, files in the spool.
struct MultipartForm {
    private enum Current {
        case none
        case text(name: String, value: [UInt8])
        case file(SpooledFile)
        /// A file field in which no file was chosen.
        case unused(name: String)
    }

    private let rules: FileRules
    private let spool: UploadSpool
    private let acceptsFiles: (FormBody) -> Bool
    private var current = Current.none
    private var pairs: [(name: String, value: String)] = []
    private var textBytes = 0
    private var files: [UploadedFile] = []
    private var faults: [FileFault] = []
    private var folder: URL?
    private var isRefusingFiles: Bool?
    private var isCut = false

    /// - Parameter acceptsFiles: asked with the texts before the first file, whether files may be stored.
    init(_ rules: FileRules, _ spool: UploadSpool, acceptsFiles: @escaping (FormBody) -> Bool) {
        (self.rules, self.spool, self.acceptsFiles) = (rules, spool, acceptsFiles)
    }

    /// What has arrived in whole.
    var body: FormBody {
        let body = FormBody(
            pairs,
            files: files,
            faults: faults,
            isWithheld: isRefusingFiles == true,
            hasFiles: isRefusingFiles != nil
        )
        return isCut ? body.cut : body
    }

    /// Records that the rest of the body is not read.
    mutating func cut() { isCut = true }

    /// Takes the next event of the parser.
    ///
    /// - Throws: `Problem` for a text field that is not valid text, for too many fields, and for a file in a field that takes
    ///   none; `UploadSpool.Fault` when files cannot be stored.
    mutating func take(_ event: MultipartParser.Event) throws {
        switch event {
        case .part(let part): try begin(part)
        case .bytes(let bytes): try append(bytes)
        case .end: try end()
        }
    }

    /// Deletes all files that were not moved away.
    mutating func deleteFiles() {
        if case .file(let file) = current { spool.release(file.size) }
        spool.release(files.reduce(0) { $0 + $1.size })
        if let folder { try? FileManager.default.removeItem(at: folder) }
        (current, files, folder) = (.none, [], nil)
    }

    private mutating func begin(_ part: MultipartPart) throws {
        guard part.name.utf8.count <= FormBody.longestName, !part.name.utf8.contains(0) else {
            throw Problem.badRequest([])
        }
        guard let fileName = part.fileName else {
            guard pairs.count < FormBody.maxFields else { throw Problem.badRequest([]) }
            current = .text(name: part.name, value: [])
            return
        }
        guard !fileName.isEmpty else {
            current = .unused(name: part.name)
            return
        }
        guard let rule = rules.field(part.name) else { throw Problem.badRequest(part.name, "file_unexpected") }
        let isRefusing = isRefusingFiles ?? !acceptsFiles(body)
        isRefusingFiles = isRefusing
        guard !isRefusing else {
            current = .none
            return
        }
        let folder = try folder ?? spool.makeRequestFolder()
        self.folder = folder
        let count = files.count { $0.field == rule.name }
        current = .file(
            SpooledFile(
                rule,
                sentName: fileName,
                at: folder.appending(path: String(files.count + faults.count)),
                refusal: count >= rule.count ? .tooMany : nil
            )
        )
    }

    private mutating func append(_ bytes: ByteBufferView) throws {
        switch current {
        case .none: break
        case .unused(let name): throw Problem.badRequest(name, "file_unexpected")
        case .text(let name, var value):
            // Empty the case first, so that the bytes are not copied.
            current = .none
            textBytes += bytes.count
            guard textBytes <= FormBody.largestBody else { throw Problem.tooLarge(limit: FormBody.largestBody) }
            value += bytes
            current = .text(name: name, value: value)
        case .file(var file):
            current = .none
            let used = files.reduce(0) { $0 + $1.size } + file.size
            defer { current = .file(file) }
            try file.append(bytes, remaining: rules.totalBytes - used, spool)
        }
    }

    private mutating func end() throws {
        switch current {
        case .none, .unused: break
        case .text(let name, let value):
            guard let text = String(validating: value, as: UTF8.self), !text.utf8.contains(0) else {
                throw Problem.badRequest([])
            }
            pairs.append((name, text))
        case .file(var file):
            defer { current = .file(file) }
            if let received = try file.finish(spool) { files.append(received) }
            if let fault = file.fault { faults.append(fault) }
        }
        current = .none
    }
}
