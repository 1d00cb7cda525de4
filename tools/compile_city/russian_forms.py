"""Russian forms that the sources write otherwise: ё, and the case in which a person's name follows «улица».

Applied to the rows as they are written, after ids and romanised names were made from the source's own wording: ids are
stable. Each word with ё stands in a register of stops, in a list of street names or in OpenStreetMap, or is in the
dictionary.
"""
import re

YO = {word.replace("ё", "е"): word for word in """
Берёзка Будённого Гёте Гурилёва Дегтярёва Жигулёвская Журавлёва Звёздная Зелёная Кремлёвская Лавренёва Лихачёва
Молодёжная Огарёва Озёрная Потёмкина Приозёрная Пугачёва Серёгина Терёхина Усачёва Хмелёва Черёмушки Шахтёрская Шмелёва
Щёлково Щёлковская звёздочки тяжёлыми
""".split()}
COLUMNS = ("name_ru", "old_names", "address_ru")

# A street is of somebody (genitive), and a number is an ordinal.
STREETS = dict(pair.split("=") for pair in """
Акселеу Сейдимбек=Акселеу Сейдимбека
Аширбек Сыгай=Аширбека Сыгая
Иштван Коныра=Иштвана Коныра
Шафик Чокина=Шафика Чокина
Болатхан Тайжан=Болатхана Тайжана
Мустай Карима=Мустая Карима
Рамазан Бапов=Рамазана Бапова
Торебек Османова=Торебека Османова
Дайыров=Дайырова
Кадыржанов=Кадыржанова
Сеитов=Сеитова
Ташенов=Ташенова
Шарифканов=Шарифканова
Янушкевич Адольфа=Янушкевича Адольфа
8 Гвардейской Дивизии=8-й Гвардейской Дивизии
10 летие Независимости РК=10-летия Независимости РК
Братская 2-Ая=2-я Братская
Кирпичнозаводская 5-Ая=5-я Кирпичнозаводская
Кисловодская 2-Ая=2-я Кисловодская
""".strip().split("\n"))
_WORD = re.compile(r"[А-Яа-яЁё]+")


def with_yo(text: str) -> str:
    return _WORD.sub(lambda match: YO.get(match.group(), match.group()), text)


def of_row(row: dict) -> dict:
    """The row with ё in its Russian names and addresses; a spelling that equals the name is left out."""
    row = {column: with_yo(value) if column in COLUMNS and isinstance(value, str) else value
           for column, value in row.items()}
    if row.get("variants"):
        row["variants"] = ";".join(part for part in row["variants"].split(";") if part != row["name_ru"])
    return row


def of_street(row: dict) -> dict:
    """The street by the name one says, the written one kept among its spellings."""
    name = STREETS.get(row["name_ru"])
    if not name:
        return row
    spellings = [part for part in row["variants"].split(";") if part] + [row["name_ru"]]
    return row | {"name_ru": name, "variants": ";".join(dict.fromkeys(spellings))}
