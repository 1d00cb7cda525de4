import Foundation
import Gazetteer

/// The symbols that categories can have, as listed in the symbol file `icons.svg`.
///
/// A category names its symbol in the column `icon`; without one its id is the name.
public struct CategorySymbols: Sendable {
    /// The symbol of a category when neither it nor its group has one in the file.
    static let general = "other"

    private let names: Set<String>

    /// Reads the names from the symbol file, where the symbol `park` has the id `icon-park`.
    ///
    /// - Throws: `CocoaError` when the file cannot be read.
    init(file: URL) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        names = Set(text.matches(of: /<symbol id="icon-([a-z0-9-]+)"/).map { String($0.1) })
    }

    /// Whether the file has the symbol.
    func contains(_ name: String) -> Bool { names.contains(name) }

    /// The symbol of a category: its own, else that of its group, else the general one.
    func symbol(of node: CategoryTree.Node, in tree: CategoryTree) -> String {
        let group = tree.nodes[node.group].category
        let names = [node.category, group].flatMap { [$0.icon, $0.id.rawValue] }.compactMap(\.self)
        return names.first { contains($0) } ?? Self.general
    }
}
