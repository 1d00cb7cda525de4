package import Civic
package import Foundation

/// A file that came with a form that is not finished: it is shown with the form again and need not be chosen a second time.
package struct KeptFile: Sendable, Equatable, Codable {
    /// The id under which the form names it.
    package let id: String
    /// The name of its form; see `PageRequest.formName`.
    package let form: String
    /// The name of its field.
    package let field: String
    /// The name for display; see `UploadedFile`.
    package let name: String
    /// The format by its content.
    package let format: FileFormat
    /// The size, bytes.
    package let size: Int
    /// When it came.
    package let received: Date
    /// What it has become, in a field whose files become attachments at once; its bytes are then in the store of attachments only.
    package var attachment: KeptAttachment?
}

extension FileRules.Field {
    /// Why a file that came before may not be in this field; nil when it may.
    ///
    /// The ids come from the browser, and the rules of the field may have changed since the file was received.
    func fault(of file: KeptFile) -> FileFault.Reason? {
        guard formats.contains(file.format) else { return .format }
        return file.size > bytes ? .tooLarge : nil
    }
}
