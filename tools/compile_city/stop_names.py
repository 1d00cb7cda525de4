"""Kazakh and English names of stops, as far as a rule gives them safely.

A stop named after a street takes the street's names, a stop named after a
common thing (school, market) the words of the table. The rest has no Kazakh
name, and its English one is romanised.
"""
import re

from .address_text import Place
from .areas import AreaBook, kazakh_name as area_kazakh
from .romanise import ordinal, romanise
from .streets import StreetBook, english_name, kazakh_name
from .text import clean

KINDS = {"улица": ("street", "көшесі", "Street"), "проспект": ("avenue", "даңғылы", "Avenue"),
         "бульвар": ("boulevard", "бульвары", "Boulevard")}
COMMON = {
    "По требованию": ("Талап бойынша", "On request"), "Детский сад": ("Балабақша", "Kindergarten"),
    "Мечеть": ("Мешіт", "Mosque"), "Магазин": ("Дүкен", "Shop"), "Аптека": ("Дәріхана", "Pharmacy"),
    "Больница": ("Аурухана", "Hospital"), "Библиотека": ("Кітапхана", "Library"), "Рынок": ("Базар", "Market"),
    "Школа": ("Мектеп", "School"), "Поликлиника": ("Емхана", "Polyclinic"), "Баня": ("Монша", "Bathhouse"),
    "ЦОН": ("ХҚКО", "Public service centre"), "Завод": ("Зауыт", "Factory"), "Ферма": ("Ферма", "Farm"),
    "Ипподром": ("Ипподром", "Hippodrome"), "Ботанический сад": ("Ботаникалық бақ", "Botanical Garden"),
    "Площадь Республики": ("Республика алаңы", "Republic Square"), "Аэропорт": ("Әуежай", "Airport"),
    "Центральный стадион": ("Орталық стадион", "Central Stadium"), "Роща": ("Тоғай", "Grove"),
    "Дворец Республики": ("Республика сарайы", "Palace of the Republic"), "Зелёный базар": ("Көк базар", "Green Bazaar"),
    "Железнодорожный вокзал Алматы-1": ("Алматы-1 теміржол вокзалы", "Almaty-1 railway station"),
    "Железнодорожный вокзал Алматы-2": ("Алматы-2 теміржол вокзалы", "Almaty-2 railway station"),
    "Автовокзал Сайран": ("Сайран автобекеті", "Sairan bus station"), "Общежитие": ("Жатақхана", "Hostel"),
    "Автовокзал Саяхат": ("Саяхат автобекеті", "Sayakhat bus station"), "Дачи": ("Саяжайлар", "Dachas"),
}
NUMBERED = {"Школа": ("мектеп", "School"), "Гимназия": ("гимназия", "Gymnasium"), "Лицей": ("лицей", "Lyceum"),
            "Школа-гимназия": ("мектеп-гимназия", "School-gymnasium"),
            "Школа-лицей": ("мектеп-лицей", "School-lyceum"), "Детский сад": ("балабақша", "Kindergarten"),
            "Ясли-сад": ("бөбекжай-бақша", "Nursery"), "Городская поликлиника": ("қалалық емхана", "City polyclinic"),
            "Школа-интернат": ("мектеп-интернат", "Boarding school"), "Средняя школа": ("орта мектеп", "Secondary school")}


def tidy(name: str) -> str:
    name = clean(name)
    name = re.sub(r"\b(Батыра|Би|Хана|Жолы|Кольцо)\b", lambda m: m.group(1).lower(), name)
    name = re.sub(r"№\s*", "№ ", name)
    return name[:1].upper() + name[1:]


def names(name: str, streets: StreetBook, areas: AreaBook) -> tuple[str, str]:
    """kk, en"""
    if name in COMMON:
        return COMMON[name]
    parts = re.split(r" / | - ", name)
    if len(parts) > 1:
        done = [names(part, streets, areas) for part in parts]
        return (" / ".join(kk for kk, _ in done) if all(kk for kk, _ in done) else "",
                " / ".join(en for _, en in done))
    match = re.fullmatch(r"(.+?) № (\d+)", name)
    if match and match.group(1) in NUMBERED:
        kk, en = NUMBERED[match.group(1)]
        return f"№ {match.group(2)} {kk}", f"{en} No. {match.group(2)}"
    match = re.fullmatch(r"(Улица|Проспект|Бульвар) (.+)", name) or re.fullmatch(r"(.+) (улица)", name)
    if match:
        word, text = match.groups() if match.group(2) != "улица" else match.groups()[::-1]
        kind, kk_word, en_word = KINDS[word.lower()]
        street = streets.find(Place(kind, text))
        kazakh = kazakh_name(street) if street else ""
        english = english_name(street.name, kazakh) if street else romanise(text)
        return f"{kazakh} {kk_word}" if kazakh and not kazakh.isdigit() else "", f"{english} {en_word}"
    match = re.fullmatch(r"(\d+)-й микрорайон", name)
    if match:
        return f"{match.group(1)}-ықшамаудан", f"{ordinal(int(match.group(1)))} microdistrict"
    match = re.fullmatch(r"Микрорайон ([^–/]+)", name)
    if match:
        area = areas.find(Place("microdistrict", match.group(1).strip()))
        kazakh = area_kazakh(AreaBook.name(area), area) if area else ""
        return (f"{kazakh} ықшамауданы" if kazakh else "",
                f"{romanise(kazakh or match.group(1).strip())} microdistrict")
    return "", romanise(name)
