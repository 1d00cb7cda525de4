import Foundation
import TestSupport
import Testing

@testable import Attachments

@Suite struct StorageReconciliationTests {
    @Test("Random contents and records agree with brute force")
    func random() {
        var random = SplitMix64(seed: 20_261_130)
        let digests = (0..<12).map { FileDigest(of: Data([UInt8($0)])) }
        let oldest = Date(timeIntervalSince1970: 1_000)
        for _ in 0..<500 {
            let items = digests.filter { _ in Bool.random(using: &random) }.map { digest in
                FileStorage.Item(
                    digest: digest,
                    size: Int.random(in: 1...2, using: &random),
                    written: Date(timeIntervalSince1970: Double.random(in: 900...1_100, using: &random))
                )
            }
            let sizes = Dictionary(uniqueKeysWithValues: digests.map { ($0, Int.random(in: 1...2, using: &random)) })
            let references = (0..<Int.random(in: 0...15, using: &random)).compactMap { _ in
                digests.randomElement(using: &random)
            }
            .map { StoredContent(digest: $0, size: sizes[$0] ?? 0) }
            let found = StorageReconciliation(items: items, references: references, oldest: oldest)
            for digest in digests {
                let item = items.first { $0.digest == digest }
                let isReferenced = references.contains { $0.digest == digest }
                let isOrphan = item.map { !isReferenced && $0.written < oldest } ?? false
                #expect(found.orphans.contains(digest) == isOrphan)
                #expect(found.missing.contains(digest) == (item == nil && isReferenced))
                let isWrong = item.map { isReferenced && $0.size != sizes[digest] } ?? false
                #expect(found.wrongSize.contains(digest) == isWrong)
            }
        }
    }
}
