import TestSupport
import Testing

@testable import Gazetteer

@Suite struct CategoryTreeTests {
    @Test func countsAddUp() throws {
        let tree = try TinyCity.snapshot().directory.categories
        #expect(tree["leisure"]?.count == 2)
        #expect(tree["park"]?.count == 2)
        #expect(tree.roots.map { tree.nodes[$0].category.id } == ["leisure", "health"])
    }

    @Test func within() throws {
        let tree = try TinyCity.snapshot().directory.categories
        #expect(tree.isWithin("park", "leisure"))
        #expect(tree.isWithin("park", "park"))
        #expect(!tree.isWithin("park", "health"))
        #expect(!tree.isWithin("leisure", "park"))
    }
}
