import Civic
import Foundation
import Geo

/// Encodes pictures anew with the tools of libvips: upright, without metadata, and not larger than needed.
struct PictureTool: Sendable {
    /// What became of a picture.
    enum Outcome {
        /// Its new file, a small one, and where it was taken.
        case encoded(Picture)
        /// It is not taken.
        case refused(AttachmentRefusal)
    }

    /// A picture that was encoded anew.
    struct Picture {
        /// The format of the new file.
        let format: FileFormat
        /// The new file.
        let file: URL
        /// The small JPEG.
        let thumbnail: URL
        /// Where it was taken, as its metadata said.
        let position: Coordinate?
    }

    private let limits: AttachmentLimits
    private let slots: ProcessSlots

    /// - Parameter limits: what pictures may be and what the tools may use.
    init(_ limits: AttachmentLimits) {
        self.limits = limits
        slots = ProcessSlots(concurrent: limits.process.concurrent, waiting: limits.process.waiting)
    }

    /// Encodes a picture anew.
    ///
    /// The size is read first, so that a picture that would fill the memory is refused before anything is decoded.
    ///
    /// - Parameters:
    ///   - source: the picture as it was sent.
    ///   - folder: where the new files are made.
    /// - Throws: `AttachmentsError.busy` or `.missingProgram`.
    func encode(_ source: URL, _ format: FileFormat, in folder: URL) async throws -> Outcome {
        try await slots.run { [self] in
            let process = LimitedProcess(limits: limits.process, folder: folder.path)
            let header: PictureHeader
            switch try await process.run("vipsheader", ["-a", source.path]) {
            case .done(let output):
                guard let found = PictureHeader(output) else { return .refused(.damaged(format)) }
                header = found
            case .failed: return .refused(format == .heic ? .unreadableHEIC : .damaged(format))
            case .stopped: return .refused(.tooDemanding(format))
            }
            guard header.isOf(format) else { return .refused(.mixedContent(format)) }
            guard header.width <= limits.pixels / header.height else {
                return .refused(.tooManyPixels(limit: limits.pixels))
            }
            let target = Self.target(of: format)
            let file = folder.appending(path: "picture." + (target.extensions.first ?? target.rawValue))
            let thumbnail = folder.appending(path: "thumbnail.jpg")
            let steps = [
                shrink(source, to: file, Self.options(target), limits.storedSide) + header.conversion,
                // Made from the new file, which is smaller and cannot be hostile.
                shrink(file, to: thumbnail, "[Q=80,strip,background=255]", limits.thumbnailSide),
            ]
            for step in steps {
                switch try await process.run("vips", step) {
                case .done: continue
                case .failed: return .refused(format == .heic ? .unreadableHEIC : .damaged(format))
                case .stopped: return .refused(.tooDemanding(format))
                }
            }
            return .encoded(Picture(format: target, file: file, thumbnail: thumbnail, position: header.position))
        }
    }

    /// The arguments for a picture that fits into a square, is upright, and without metadata.
    private func shrink(_ source: URL, to target: URL, _ options: String, _ side: Int) -> [String] {
        [
            "thumbnail", source.path, target.path + options, "\(side)", "--height", "\(side)", "--size", "down",
            "--fail-on", "error",
        ]
    }

    /// The format in which a picture is stored.
    ///
    /// Not every browser draws HEIC, and libvips 8.14 leaves metadata in WebP although it is told to strip them.
    private static func target(of format: FileFormat) -> FileFormat { format == .png ? .png : .jpeg }

    private static func options(_ format: FileFormat) -> String {
        format == .png ? "[strip,compression=6]" : "[Q=85,strip,background=255]"
    }
}
