package import Attachments
package import Geo

/// The attachment that a file of an unfinished form has become.
package struct KeptAttachment: Sendable, Equatable, Codable {
    /// The id of its record, which a feature claims when it takes the form.
    package let id: AttachmentID
    /// Whether it is a picture with a thumbnail.
    let hasThumbnail: Bool
    /// Whether no scanner has judged it yet, so that nobody may see it.
    var isAwaitingScan: Bool
    private let longitude: Double?
    private let latitude: Double?

    /// Describes a record that was just made.
    ///
    /// - Parameter position: where the picture was taken, as its metadata said.
    init(_ attachment: AttachedFile, position: Coordinate?) {
        (id, hasThumbnail) = (attachment.id, attachment.thumbnail != nil)
        isAwaitingScan = attachment.state == .awaitingScan
        (longitude, latitude) = (position?.longitude, position?.latitude)
    }

    /// Where the picture was taken, as its metadata said; to be offered to the person, and known only as long as the form is unfinished.
    package var position: Coordinate? {
        guard let longitude, let latitude else { return nil }
        return Coordinate(longitude: longitude, latitude: latitude)
    }
}
