import Gazetteer

@testable import CityImport

extension GazetteerImport {
    /// The records that were written to a draft in memory.
    var written: [any GazetteerRecord] { (draft as? MemoryDraft)?.written ?? [] }
}
