/// First names that people add before the surnames of Almaty's streets when the street's own name has none.
///
/// «Каныша Сатпаева 90» is as certain as «Сатпаева 90», while an unknown word may be another town.
enum GivenNames {
    /// Folded, in the grammatical cases used before a surname.
    static let all: Set<String> = Set(
        names.split(whereSeparator: \.isWhitespace).map(String.init)
            .flatMap { [$0] + Declension.cases(of: $0) }
    )

    // First names of people after whom streets are named: Сатпаев, Шевченко, Назарбаев, Ауэзов, Байтурсынов, Жандосов,
    // Тимирязев, Пушкин, Гоголь, Толстой, Чайковский, Сейфуллин, Валиханов, Кунаев… Names that are a street's whole name,
    // like Абай, are left out.
    private static let names = """
        каныш тарас нурсултан мухтар ахмет ораз климент александр николай лев петр михаил иван сергей юрий дмитрий алексей
        сакен чокан шокан динмухамед таир бауыржан турар беимбет ильяс магжан мукагали сабит габит габиден
        алия маншук гани талгат нуркен абдулла магаза султанбек султанмахмут нургиса
        ахмед каират сырбай евгении василий антон владимир максим федор валериан шара динмухаммед мустафа
        алихан жусипбек миржакып санжар темирбек кудайберген рашид мирзакельды фатима роза бибигуль латиф калибек кенен
        """
}
