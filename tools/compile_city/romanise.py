"""The stated rule by which English forms of names are made.

A Kazakh name is romanised when it is known, otherwise the Russian one, letter
by letter; the rule is printed in `data/README.md`. Ids use the same letters,
so they are readable and never change while the name stays.
"""
import re

KAZAKH = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e",
    "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "қ": "k", "л": "l",
    "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e",
    "ю": "yu", "я": "ya",
}
# Names whose English form the districts have settled.
SETTLED = {"Жетісу": "Zhetysu", "Жетысу": "Zhetysu"}


def romanise(value: str) -> str:
    for name, english in SETTLED.items():
        value = value.replace(name, english)
    out = []
    for index, letter in enumerate(value):
        low = letter.lower()
        if low not in KAZAKH:
            out.append(letter)
            continue
        latin = KAZAKH[low]
        if letter.isupper() and latin:
            following = value[index + 1:index + 2]
            shout = following.isupper() and len(latin) > 1
            latin = latin.upper() if shout else latin[:1].upper() + latin[1:]
        out.append(latin)
    return "".join(out)


def slug(value: str) -> str:
    value = romanise(value.lower())
    return re.sub(r"[^a-z0-9]+", "-", value).strip("-")


def ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
