/// First names that people put before the surnames of Almaty's streets, where the name of the street itself has none.
///
/// «Каныша Сатпаева 90» is as sure as «Сатпаева 90»; a word that is no such name may be another town.
enum GivenNames {
    /// In the cases in which they stand beside a surname, folded.
    static let all: Set<String> = Set(
        names.split(whereSeparator: \.isWhitespace).map(String.init)
            .flatMap { [$0] + Declension.cases(of: $0) }
    )

    // Of persons after whom streets are named: Сатпаев, Шевченко, Назарбаев, Ауэзов, Байтурсынов, Жандосов, Тимирязев,
    // Пушкин, Гоголь, Толстой, Чайковский, Сейфуллин, Валиханов, Кунаев… None that is a street's whole name, like Абай.
    private static let names = """
        каныш тарас нурсултан мухтар ахмет ораз климент александр николай лев петр михаил иван сергей юрий дмитрий алексей
        сакен чокан шокан динмухамед таир бауыржан турар беимбет ильяс магжан мукагали сабит габит габиден
        алия маншук гани талгат нуркен абдулла магаза султанбек султанмахмут нургиса
        ахмед каират сырбай евгении василий антон владимир максим федор валериан шара динмухаммед мустафа
        алихан жусипбек миржакып санжар темирбек кудайберген рашид мирзакельды фатима роза бибигуль латиф калибек кенен
        """
}
