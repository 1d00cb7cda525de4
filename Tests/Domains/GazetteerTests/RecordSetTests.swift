import TestSupport
import Testing

@testable import Gazetteer

@Suite struct RecordSetTests {
    // Counts around the edges of a word of 64 bits.
    @Test("Bit sets behave like sets of numbers", arguments: [1, 63, 64, 65, 200])
    func agreesWithSet(count: Int) {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let one = Set((0..<count).filter { _ in Bool.random(using: &random) })
            let two = Set((0..<count).filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
            let (first, second) = (Self.set(one, count), Self.set(two, count))
            #expect(first.members == one)
            #expect(first.count == one.count && first.isEmpty == one.isEmpty)
            var union = first
            union.formUnion(second)
            #expect(union.members == one.union(two))
            var both = first
            both.formIntersection(second)
            #expect(both.members == one.intersection(two))
            #expect(first.common(with: second)?.members ?? [] == one.intersection(two))
            #expect(first.without(second)?.members ?? [] == one.subtracting(two))
            #expect((first.without(second) == nil) == one.isSubset(of: two))
            #expect(first.count(atMost: count / 2) == (one.count <= count / 2 ? one.count : nil))
            #expect((0..<count).allSatisfy { first.contains($0) == one.contains($0) })
        }
    }

    @Test("Long and short posting lists are added the same way, alone and in runs")
    func postings() {
        var random = SystemRandomNumberGenerator()
        let count = 500
        let lists: [[Int32]] = (0..<60).map { key in
            let most = key.isMultiple(of: 7) ? 400 : 8
            return Set((0..<Int.random(in: 0...most, using: &random)).map { _ in Int32.random(in: 0..<500) }).sorted()
        }
        let postings = Postings(lists, of: count)
        for _ in 0..<100 {
            let first = Int.random(in: 0..<60, using: &random)
            let range = first..<Int.random(in: first...60, using: &random)
            var set = RecordSet(count: count)
            postings.add(range, to: &set)
            #expect(set.members == Set(lists[range].joined().map(Int.init)))
            #expect(postings.isEmpty(range) == lists[range].allSatisfy(\.isEmpty))
            #expect(Array(postings[range]) == Array(lists[range].joined()))
        }
    }

    @Test func aListInOrderKnowsItsMembers() {
        let list: [Int32] = [1, 4, 9, 16, 25]
        for number in Int32(0)..<30 { #expect(list[1..<4].hasSorted(number) == list[1..<4].contains(number)) }
        #expect(!list[2..<2].hasSorted(9))
    }

    private static func set(_ members: Set<Int>, _ count: Int) -> RecordSet {
        RecordSet(members.map(Int32.init), of: count)
    }
}

extension RecordSet {
    fileprivate var members: Set<Int> { Set(self) }
}
