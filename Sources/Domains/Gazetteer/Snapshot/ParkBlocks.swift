import Geo

/// Determines which blocks are parks.
///
/// The sources have parks as points and blocks as land between streets. A block is drawn as a park when a park's point falls
/// into it and almost nobody is registered there, or when the block's description itself names a park.
public enum ParkBlocks {
    /// A block with more residents is a residential block that has a park in it.
    private static let maxResidents = 25
    private static let words: Set<String> = [
        "парк", "парка", "парке", "сквер", "сквера", "роща", "рощи", "ботанический",
    ]

    /// The blocks that are parks, by their index in the list, each with its park when that has a name of its own.
    public static func find(in blocks: [Block], parks: [Organization]) -> [Int: Organization?] {
        var found: [Int: Organization?] = [:]
        for (index, block) in blocks.enumerated() where block.residents ?? 0 <= maxResidents {
            let park = parks.first { park in park.position.map(block.shape.covers) ?? false }
            if park != nil || block.streets.contains(where: namesPark) { found[index] = .some(park) }
        }
        return found
    }

    // «ул. Парковая» is a street; «Территория Парка» is not.
    static func namesPark(_ text: String) -> Bool {
        let letters = text.lowercased().split { !$0.isLetter }.map(String.init)
        return letters.contains(where: words.contains) && !letters.contains { $0 == "ул" || $0 == "пер" || $0 == "мкр" }
    }
}
