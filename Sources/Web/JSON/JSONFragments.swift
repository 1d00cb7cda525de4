import Gazetteer
import NIOCore
import Synchronization

/// JSON that many answers share, written once for each language when it is first asked for.
final class JSONFragments: Sendable {
    /// The fragments of one language.
    struct Fragments: Sendable {
        let districts: [ByteBuffer]
        let authorities: [ByteBuffer]
        private let organizations: ByteBuffer
        private let offsets: [Int]

        init(_ snapshot: GazetteerSnapshot, _ language: Language) {
            districts = snapshot.districts.all.map { district in
                var writer = JSONWriter()
                writer.districtSummary(district, language)
                return writer.buffer
            }
            authorities = snapshot.districts.all.map { district in
                var writer = JSONWriter()
                writer.authority(snapshot.authority(of: district), language)
                return writer.buffer
            }
            var all = ByteBuffer()
            var offsets = [0]
            offsets.reserveCapacity(snapshot.directory.organizations.count + 1)
            for organization in snapshot.directory.organizations {
                var writer = JSONWriter(capacity: 640)
                writer.organization(organization, of: snapshot, language)
                all.writeImmutableBuffer(writer.buffer)
                offsets.append(all.writerIndex)
            }
            organizations = all
            self.offsets = offsets
        }

        /// The JSON object of an organization by its place in the directory.
        func organization(_ index: Int) -> ByteBuffer {
            let start = offsets[index]
            return organizations.getSlice(at: start, length: offsets[index + 1] - start) ?? ByteBuffer()
        }
    }

    private let snapshot: GazetteerSnapshot
    private let made = Mutex<[Language: Fragments]>([:])

    init(_ snapshot: GazetteerSnapshot) { self.snapshot = snapshot }

    subscript(language: Language) -> Fragments {
        made.withLock { made in
            if let fragments = made[language] { return fragments }
            let fragments = Fragments(snapshot, language)
            made[language] = fragments
            return fragments
        }
    }
}
