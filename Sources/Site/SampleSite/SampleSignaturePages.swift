import HTTPTypes
import Hummingbird
import NIOCore
import SignatureSite
import Signatures
import SiteKit

/// Offers a document for signing, and shows the result of checking its signature.
struct SampleSignaturePages: PageResponder {
    private static let path = "/dev/signature"
    private static let name = "sample.json"
    private static let document = Array(
        "{\n  \"document\": \"open-almaty-sample\",\n  \"text\": \"Үлгі · Образец\"\n}\n".utf8
    )

    let site: SiteEnvironment
    let signing: Signing

    func add(to routes: PageRoutes) {
        routes.get(RouterPath(Self.path)) { request in form(request, emptyForm(request), page(request)) }
        routes.get(RouterPath(Self.path + "/document")) { _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: Self.document))
            )
        }
        routes.post(RouterPath(Self.path), files: SigningForm.files, take)
    }

    @Sendable private func take(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        let (page, words, empty) = (page(request), words(request), emptyForm(request))
        return FormAction(
            stale: { stale(request, empty, page) },
            perform: { verified in
                var form = empty
                form.failFiles(verified.body, words)
                guard let message = try SigningForm.message(in: verified.body), !form.hasFaults else {
                    if !form.hasFaults { form.fail(SigningForm.file.name, words["signing_missing"]) }
                    return self.form(request, form, page)
                }
                guard let verifier = signing.verifier else {
                    return notice(request, title: page.title, [words["sample_signature_off"]])
                }
                do {
                    let signature = try await verifier.verify(message, over: Self.document, by: .anybody)
                    let signer = words.text("sample_signature_signer", ["name": signature.signer.name])
                    return notice(request, title: words["sample_signature_taken"], [signer])
                } catch let refusal as SignatureRefusal {
                    form.fail(SigningForm.file.name, words.fault(refusal))
                    return self.form(request, form, page)
                }
            }
        )
    }

    private func emptyForm(_ request: PageRequest) -> Form { Form(SigningForm.fields(words(request))) }

    private func page(_ request: PageRequest) -> FormPage {
        let words = words(request)
        let document = request.link.root + Self.path + "/document"
        return FormPage(
            title: words["sample_signature"],
            lead: [words["sample_signature_lead"]],
            submit: words["steps_send"],
            body: SigningForm(document: document, named: Self.name, signing, request.language)
        )
    }
}
