"""Writes the cases of Tests/Domains/GazetteerTests/OpeningHoursOracleTests.swift, answered by an independent reader.

    python3 -m venv var/oracle-venv && var/oracle-venv/bin/pip install opening-hours-py==2.1.4 holidays
    var/oracle-venv/bin/python tools/opening_hours/oracle.py 300 1

The first argument is the number of cases, the second the seed. A line is the hours, the first day, the number of days,
and the open minutes counted from the first midnight. Left out on purpose is where the two readers differ by intent:
spans past midnight before a replacing rule, `PH Su`, comments without times, times after `||`, and a list of months
before `Th[1]`, of which it takes only the last month for the weekday. Its holidays know neither
Kurban Ait nor days off that move, so a case with `PH` has a stretch of days in which both calendars agree.
"""

import datetime
import random
import re
import sys

import holidays
from opening_hours import OpeningHours

DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def span(dice, late):
    start = dice.randrange(0, 22 * 60, 15)
    if late and dice.random() < 0.5:
        end = dice.randrange(24 * 60, 30 * 60, 15)
        return clock(start) + "-" + clock(end if dice.random() < 0.4 else end - 24 * 60)
    end = dice.randrange(start + 15, 24 * 60 + 1, 15)
    return clock(start) + "-" + clock(end)


def times(dice, late):
    if dice.random() < 0.06 and not late:
        return clock(dice.randrange(0, 20 * 60, 30)) + "+"
    return ",".join(span(dice, late) for _ in range(dice.choice([1, 1, 2, 3])))


def weekdays(dice):
    parts = []
    for _ in range(dice.choice([1, 1, 2])):
        first = dice.choice(DAYS)
        kind = dice.random()
        if kind < 0.5:
            parts.append(f"{first}-{dice.choice(DAYS)}")
        elif kind < 0.65:
            parts.append(f"{first}[{dice.choice(['1', '-1', '1,3', '2-4', '5', '-2'])}]")
        else:
            parts.append(first)
    if dice.random() < 0.15:
        parts.append("PH")
    return ",".join(parts)


def date(dice):
    month = dice.randrange(12)
    return MONTHS[month], dice.randrange(1, 29)


def wide(dice):
    kind = dice.random()
    first, second = date(dice), date(dice)
    if kind < 0.25:
        return f"{first[0]}-{second[0]} "
    if kind < 0.4:
        return f"{first[0]},{second[0]} "
    if kind < 0.6:
        return f"{first[0]} {first[1]:02}-{second[0]} {second[1]:02} "
    if kind < 0.7:
        return f"{first[0]} {first[1]:02} "
    if kind < 0.8:
        return f"{dice.choice(['2025', '2026', '2025-2026', '2026+', '2024-2028/2'])} "
    if kind < 0.9:
        low = dice.randrange(1, 40)
        return f"week {low:02}-{dice.randrange(low + 1, 54):02}{dice.choice(['', '', '/2', '/3'])} "
    return f"2026 {first[0]} {first[1]:02}-2027 {second[0]} {second[1]:02} "


def rule(dice, late):
    kind = dice.random()
    if kind < 0.08:
        return "PH " + (times(dice, late) if dice.random() < 0.5 else "off")
    text = wide(dice) if dice.random() < 0.3 else ""
    text += weekdays(dice) if dice.random() < 0.85 or not text else ""
    text = text.strip()
    if dice.random() < 0.15:
        return text + dice.choice([" off", " closed"])
    text += " " + times(dice, late)
    if dice.random() < 0.1 and not late:
        text += dice.choice([" off", " open", ' "note"'])
    return text


def hours(dice):
    late = dice.random() < 0.35
    rules = [rule(dice, late) for _ in range(dice.choice([1, 2, 2, 3, 4]))]
    if late:
        # Only what opens and adds: a replacing rule would meet the night of the day before.
        opening = [text for text in rules if not text.endswith(("off", "closed"))] or ["Fr-Su 20:00-03:00"]
        return ", ".join(opening)
    text = rules[0]
    for following in rules[1:]:
        text += dice.choice(["; ", "; ", ", "]) + following
    return text


def runs(text, first, days):
    start = datetime.datetime.combine(first, datetime.time())
    found = []
    for begin, end, state, _ in OpeningHours(text, country="KZ").intervals(start, start + datetime.timedelta(days)):
        if "open" not in str(state).lower():
            continue
        low, high = (int((moment - start).total_seconds()) // 60 for moment in (begin, end))
        if found and found[-1][1] == low:
            found[-1][1] = high
        else:
            found.append([low, high])
    return ",".join(f"{low}-{high}" for low, high in found)


def days_off(first, last):
    """The days off of the two calendars, and whether they are the same."""
    theirs = runs("PH", first, (last - first).days)
    ours = [day for day in holidays.KZ(years=[first.year, last.year]) if first <= day < last]
    minutes = sum(high - low for low, high in (map(int, run.split("-")) for run in theirs.split(",") if run))
    return minutes == 1440 * len(ours)


def main():
    count, dice = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    seen = set()
    while len(seen) < count:
        text = hours(dice)
        if text in seen or re.search(r"[a-z],[A-Z][a-z]{2} .*\[", text):
            continue
        first = datetime.date(2025, 1, 1) + datetime.timedelta(dice.randrange(2 * 365))
        days = 9
        if "PH" in text and not days_off(first - datetime.timedelta(1), first + datetime.timedelta(days)):
            continue
        try:
            answer = runs(text, first, days)
        except SyntaxError:
            continue
        if not answer and dice.random() < 0.7:
            continue
        seen.add(text)
        print(f"{text}\t{first}\t{days}\t{answer}")


main()
