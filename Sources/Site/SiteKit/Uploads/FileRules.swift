package import Civic

/// The files that a form accepts: none unless its route declares them.
package struct FileRules: Sendable {
    /// The files of one field.
    package struct Field: Sendable, Equatable {
        /// The name of the field.
        package let name: String
        /// The maximum number of files.
        package let count: Int
        /// The maximum size of one file, in bytes.
        package let bytes: Int
        /// The accepted formats.
        package let formats: [FileFormat]
        /// Whether a file becomes an attachment at once, and is refused there and then if it cannot.
        package let areAttachments: Bool

        /// Declares a field; by default up to five images of 10 MB.
        package init(
            _ name: String,
            count: Int = 5,
            bytes: Int = 10_000_000,
            formats: [FileFormat] = [.jpeg, .png, .webp, .heic],
            areAttachments: Bool = false
        ) {
            (self.name, self.count, self.bytes, self.formats) = (name, count, bytes, formats)
            self.areAttachments = areAttachments
        }

        /// Declares a field whose files become attachments: pictures and documents, by default up to ten of 20 MB.
        ///
        /// - Parameter bytes: at most `AttachmentLimits.fileBytes`.
        package static func attachments(_ name: String, count: Int = 10, bytes: Int = 20_000_000) -> Field {
            let formats: [FileFormat] = [.jpeg, .png, .webp, .heic, .pdf, .docx]
            return Field(name, count: count, bytes: bytes, formats: formats, areAttachments: true)
        }

        /// Whether the extension of a name, if it has one, belongs to an accepted format; the content need not be of the same one.
        func acceptsName(_ name: String) -> Bool {
            guard let dot = name.lastIndex(of: ".") else { return true }
            return formats.flatMap(\.extensions).contains(name[name.index(after: dot)...].lowercased())
        }
    }

    /// The fields that take files.
    package let fields: [Field]
    /// The maximum size of all files together, in bytes.
    package let totalBytes: Int

    /// Declares the files of a form.
    ///
    /// - Parameter totalBytes: the maximum size of all files together, in bytes; nil for as much as all fields allow.
    package init(_ fields: [Field] = [], totalBytes: Int? = nil) {
        self.fields = fields
        self.totalBytes = totalBytes ?? fields.reduce(0) { $0 + $1.count * $1.bytes }
    }

    /// No files.
    package static let none = FileRules()

    /// The largest body, bytes.
    ///
    /// A body with too many or too large files is read to its end, so that the form can be shown again with what was typed:
    /// browsers show no answer that comes before they have sent everything. Up to twice the allowed size is read for that;
    /// nothing is stored of refused files.
    var largestBody: Int { 2 * (FormBody.largestBody + totalBytes) }

    /// The field of a name; nil when it takes no files.
    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// Why a file was not accepted.
package struct FileFault: Sendable, Equatable {
    /// What is wrong with it.
    package enum Reason: Sendable, Equatable {
        /// It has no content.
        case empty
        /// Its content or the extension of its name is of no accepted format.
        case format
        /// It is larger than the field allows.
        case tooLarge
        /// The field has more files than it allows.
        case tooMany
        /// All files together are larger than the form allows.
        case totalTooLarge
    }

    /// The name of the field.
    package let field: String
    /// The name of the file for display.
    package let fileName: String
    /// What is wrong.
    package let reason: Reason
}
