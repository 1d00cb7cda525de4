import Attachments
import Civic
import Hummingbird

/// Shows people the attachments of their own unfinished forms.
///
/// An id is found only under the visitor that sent the file, and is the id of the kept file, not that of the attachment.
struct UnfinishedFiles {
    private static let path = "/unfinished-files/"

    let site: SiteEnvironment

    /// The address of a file, for saving it.
    static func address(of file: KeptFile) -> String { path + file.id }

    /// The address of the thumbnail of a picture.
    static func thumbnailAddress(of file: KeptFile) -> String { address(of: file) + "/thumbnail" }

    func add(to routes: SiteRoutes) {
        routes.documents.get(RouterPath(Self.path + "{id}")) { request, context in
            try await answer(request, context, as: .download)
        }
        routes.documents.get(RouterPath(Self.path + "{id}/thumbnail")) { request, context in
            try await answer(request, context, as: .thumbnail)
        }
    }

    private func answer(
        _ request: Request,
        _ context: PortalContext,
        as variant: AttachmentDelivery.Variant
    ) async throws -> Response {
        guard let attachments = site.attachments, let owner = context.visitor.formOwner,
            let file = site.keptFiles.file(context.parameters.get("id") ?? "", of: owner),
            let attachment = file.attachment
        else { throw Problem.notFound }
        return try await attachments.response(for: attachment.id, as: variant, to: request)
    }
}
