import Civic
import Gazetteer
import NIOCore
import SiteKit
import Synchronization

/// JSON that many responses share, written once for each language on first use.
final class JSONFragments: Sendable {
    /// The fragments of one language.
    final class Fragments: Sendable {
        let districts: [ByteBuffer]
        let authorities: [ByteBuffer]
        /// Addresses without their closing brace, because a distance may follow.
        private let addresses: FragmentList
        private let organizations: FragmentList

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
            addresses = FragmentList(snapshot.addresses.addresses) { address, writer in
                writer.openAddress(address, of: snapshot, language)
            }
            organizations = FragmentList(snapshot.directory.organizations) { organization, writer in
                writer.organization(organization, of: snapshot, language)
            }
        }

        /// The JSON object of an organization by its index in the directory.
        func organization(_ index: Int) -> ByteBuffer { organizations[index] }

        /// The JSON of an address by its index in the address book, without the closing brace.
        func openAddress(_ index: Int) -> ByteBuffer { addresses[index] }
    }

    /// Fragments stored one after another in one buffer.
    private struct FragmentList: Sendable {
        private let bytes: ByteBuffer
        private let offsets: [Int]

        init<Record>(_ records: [Record], _ write: (Record, inout JSONWriter) -> Void) {
            var bytes = ByteBuffer()
            var offsets = [0]
            offsets.reserveCapacity(records.count + 1)
            for record in records {
                var writer = JSONWriter(capacity: 640)
                write(record, &writer)
                bytes.writeImmutableBuffer(writer.buffer)
                offsets.append(bytes.writerIndex)
            }
            self.bytes = bytes
            self.offsets = offsets
        }

        subscript(index: Int) -> ByteBuffer {
            bytes.getSlice(at: offsets[index], length: offsets[index + 1] - offsets[index]) ?? ByteBuffer()
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
