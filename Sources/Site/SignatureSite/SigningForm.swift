package import Civic
import Foundation
package import SiteKit

/// A form with a document to sign: its download, a field for the file of the signature, and NCALayer if it is offered.
package struct SigningForm: FramedPage {
    package static let template = "signing/form"

    /// The address of the document, on this site.
    package let documentHref: String
    /// The name under which the document is saved.
    package let documentName: String
    /// The address of NCALayer; nil without it.
    package let ncalayer: String?
    /// The language of NCALayer's windows.
    package let lang: String

    package init(document href: String, named name: String, _ signing: Signing, _ language: Language) {
        (documentHref, documentName, ncalayer) = (href, name, signing.ncaLayer)
        lang = language.rawValue
    }

    /// The file with the signature; 1 MB, because a message may contain the document itself.
    package static let file = FileRules.Field("signature", count: 1, bytes: 1_048_576, formats: [.cms])
    /// The files of the form.
    package static let files = FileRules([file])
    // What NCALayer returns, as base64 or PEM.
    private static let text = "signature_text"

    /// The fields of a signature.
    package static func fields(_ words: Strings) -> [FormField] {
        [
            .files(file, words["signing_file"]).with(hint: words["signing_file_hint"], isRequired: false),
            .hidden(text, ""),
        ]
    }

    /// The signature that came with a form: a file, or else what the script has filled in; nil when there is neither.
    ///
    /// - Throws: an error of the file system.
    package static func message(in body: FormBody) throws -> [UInt8]? {
        if let file = body.files(file.name).first { return Array(try Data(contentsOf: file.url)) }
        return body.trimmed(text).map { Array($0.utf8) }
    }
}
