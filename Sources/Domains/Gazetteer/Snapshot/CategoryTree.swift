/// The categories as a tree with counts.
public struct CategoryTree: Sendable {
    /// One node of the tree.
    public struct Node: Sendable {
        /// The category.
        public let category: Category
        /// Its index in the tree's list.
        public let index: Int
        /// The indexes of its children, in order.
        public let children: [Int]
        /// The index of the group it belongs to; its own index for a group.
        public let group: Int
        /// The number of organizations in it and its descendants.
        public let count: Int
    }

    /// All nodes; parents come before their children.
    public let nodes: [Node]
    /// The indexes of the groups, in order.
    public let roots: [Int]
    private let byID: [Category.ID: Int]

    /// Builds the tree; a category with an unknown parent becomes a group.
    public init(_ categories: [Category], countsByCategory counts: [Category.ID: Int] = [:]) {
        let known = Set(categories.map(\.id))
        let order = { (left: Category, right: Category) in (left.position, left.id) < (right.position, right.id) }
        let groups = categories.filter { $0.parent.map { !known.contains($0) } ?? true }.sorted(by: order)
        var nodes: [Node] = []
        var roots: [Int] = []
        for group in groups {
            let children = categories.filter { $0.parent == group.id }.sorted(by: order)
            let groupIndex = nodes.count
            let total = ([group] + children).reduce(0) { $0 + (counts[$1.id] ?? 0) }
            roots.append(groupIndex)
            nodes.append(
                Node(
                    category: group,
                    index: groupIndex,
                    children: Array(groupIndex + 1..<groupIndex + 1 + children.count),
                    group: groupIndex,
                    count: total
                )
            )
            for child in children {
                nodes.append(
                    Node(
                        category: child,
                        index: nodes.count,
                        children: [],
                        group: groupIndex,
                        count: counts[child.id] ?? 0
                    )
                )
            }
        }
        self.nodes = nodes
        self.roots = roots
        byID = Dictionary(nodes.map { ($0.category.id, $0.index) }, uniquingKeysWith: { first, _ in first })
    }

    /// The node with this id.
    public subscript(id: Category.ID) -> Node? { byID[id].map { nodes[$0] } }

    /// Whether `id` is `ancestor` or one of its descendants.
    public func isWithin(_ id: Category.ID, _ ancestor: Category.ID) -> Bool {
        guard let node = self[id], let group = self[ancestor] else { return false }
        return node.index == group.index || group.children.contains(node.index)
    }
}
