import Civic

/// Words of a query that do not help to identify the organization.
enum QueryWords {
    /// The part a word plays in a query.
    enum Role {
        /// The word is required.
        case required
        /// The word helps when it matches and costs little when it does not.
        case optional
        /// The word asks for the nearest first.
        case nearest
        /// The word is ignored.
        case ignored
    }

    static func role(of word: String) -> Role {
        if let known = table[word] { return known }
        guard let first = word.unicodeScalars.first, word.unicodeScalars.dropFirst().isEmpty else { return .required }
        return ("0"..."9").contains(first) ? .required : .optional
    }

    private static let table = WordTable(
        words(nearest).map { ($0, Role.nearest) } + words(ignored).map { ($0, .ignored) }
            + words(helping).map { ($0, .optional) }
    )

    // All folded, without Kazakh letters and ё.
    private static let nearest = """
        рядом около возле вблизи поблизости ближайший ближайшая ближайшее ближайшие ближайшую недалеко неподалеку
        near nearby nearest closest around
        жанында жанындагы манында манындагы манайында манайдагы жакын жакындагы касында касындагы
        """
    private static let ignored = """
        в во на у с со к ко по от до из за для и или о об при под над через не это мне меня мой моя наш нас
        где как какой какая какие есть найти найдите покажи показать нужен нужна нужно хочу адрес номер no n
        the a an of in on at to for and or by my me where is find show number address
        мен пен бен жане немесе ушин кайда калай кайсы бар маган мекенжайы номири номирли номир
        """
    private static let helping = """
        имени им атындагы г город города городе алматы алмате каласы каласынын калада almaty алма ата
        district район района районе ауданы ауданында ауданынын
        ул улица улице улицы пр проспект проспекте мкр микрорайон микрорайоне кошеси кошесинде дангылы дангылында
        ыкшамауданы ыкшамауданында street st avenue ave
        """

    private static func words(_ list: String) -> [String] {
        list.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
