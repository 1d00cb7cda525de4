"""Names and categories of the city register's sport grounds and parks.

The register repeats the Russian name in its Kazakh column. Only the generic
names of the closed tables are translated; a brand in Latin letters is the same
in every language; any other name stays without a Kazakh form.
"""
import re

from .text import capital, clean, is_latin, quotes

# register's name: category, Russian, Kazakh, English
SPORT = {
    "Спортивная площадка": ("sports_ground", "Спортивная площадка", "Спорт алаңы", "Sports ground"),
    "Футбольное поле": ("football_pitch", "Футбольное поле", "Футбол алаңы", "Football pitch"),
    "Площадка для воркаута": ("workout_area", "Площадка для воркаута", "Воркаут алаңы", "Workout area"),
    "Баскетбольная площадка": ("basketball_court", "Баскетбольная площадка", "Баскетбол алаңы", "Basketball court"),
    "Теннисный корт": ("tennis_court", "Теннисный корт", "Теннис корты", "Tennis court"),
    "Воллейбольная площадка": ("volleyball_court", "Волейбольная площадка", "Волейбол алаңы", "Volleyball court"),
}
PARK = {
    "Сквер": ("Гүлзар", "Garden square"), "Бульвар": ("Бульвар", "Boulevard"),
    "Набережная": ("Жағалау", "Embankment"), "Пешеходная зона": ("Жаяу жүргіншілер аймағы", "Pedestrian area"),
    "Аллея": ("Аллея", "Alley"), "Терренкур": ("Терренкур", "Health path"),
    "Парки и скверы": ("Саябақтар мен гүлзарлар", "Parks and squares"),
}
_POOL = re.compile(r"aqua|aква|аква|pool|бассейн|swim|h2o|tsunami|нептун|медуза|beach|tropicana|fish|poozy", re.I)


def sport(name: str) -> tuple[str, str, str, str]:
    """category, ru, kk, en"""
    name = quotes(clean(name))
    if name in SPORT:
        return SPORT[name]
    category = "swimming_pool" if _POOL.search(name) else "sports_club"
    same = name if is_latin(name) else ""
    return category, name, same, same


def park_category(name: str) -> str:
    low = name.lower()
    for words, category in ((("бульвар", "аллея"), "boulevard"), (("набереж", "набержная", "берег"), "embankment"),
                            (("пешеход",), "pedestrian_area"), (("сквер",), "square"),
                            (("зелен", "участок", "территория", "зелён"), "green_area")):
        if any(word in low for word in words):
            return category
    return "park"


def park_name(name: str) -> str:
    """«сквер.мкр.Самал -1» → «Сквер, мкр. Самал-1»; stray dots go."""
    name = quotes(clean(name))
    name = re.sub(r"^([Сс]квер)\.\s*(?=мкр|пос)", r"\1, ", name)
    name = re.sub(r"^([Сс]квер)\.\s*", r"\1 ", name)
    name = re.sub(r"(?<=[а-я])\.(?=[А-ЯЁ])", ". ", name)
    name = re.sub(r"\s+-\s?(?=\d)", "-", name).replace("Набержная", "Набережная").replace("Зеленные", "Зелёные")
    return capital(name)


def park(name: str) -> tuple[str, str, str, str]:
    name = park_name(name)
    kk, en = PARK.get(name, ("", ""))
    return park_category(name), name, kk, en
