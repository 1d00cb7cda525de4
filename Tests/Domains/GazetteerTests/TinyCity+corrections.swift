import Foundation
import TestSupport

@testable import Gazetteer

extension TinyCity {
    /// The tiny city, or other contents, after corrections, with the corrections that were not applied.
    static func applied(
        _ corrections: [FieldCorrection],
        to contents: GazetteerContents? = nil
    ) throws -> (contents: GazetteerContents, conflicts: [CorrectionConflict]) {
        var contents = try contents ?? TinyCity.contents()
        let conflicts = CorrectionOverlay(corrections).apply(to: &contents)
        return (contents, conflicts)
    }
}
