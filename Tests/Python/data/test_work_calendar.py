"""Compares data/work_calendar.csv day for day with the PyPI package `holidays` (Kazakhstan, with its moved days).

    Tests/Python/run.py Tests/Python/data/test_work_calendar.py
"""

from __future__ import annotations

import csv
import unittest
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import holidays

FILE = Path(__file__).resolve().parents[3] / "data" / "work_calendar.csv"
YEARS = range(2022, 2029)


class WorkCalendar(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        with FILE.open(encoding="utf-8", newline="") as stream:
            cls.rows = list(csv.DictReader(stream))
        cls.kinds = {date.fromisoformat(row["day"]): row["kind"] for row in cls.rows}
        cls.oracle = holidays.KZ(years=YEARS, language="en_US")

    def test_every_day_is_worked_or_off_as_the_package_says(self) -> None:
        day, compared = date(YEARS[0], 1, 1), 0
        while day.year in YEARS:
            kind = self.kinds.get(day)
            is_worked = kind == "worked" or (kind is None and day.weekday() < 5)
            self.assertEqual(is_worked, self.oracle.is_working_day(day), day)
            self.assertEqual(kind in ("holiday", "moved"), day in self.oracle, day)
            day, compared = day + timedelta(days=1), compared + 1
        self.assertEqual(compared, 2557)

    def test_days_of_one_holiday_have_one_name_in_the_package_too(self) -> None:
        names = {}
        for row in self.rows:
            if row["kind"] == "holiday":
                names.setdefault(row["holiday"], set()).add(self.oracle[row["day"]].removesuffix(" (estimated)"))
        self.assertEqual({holiday: len(found) for holiday, found in names.items()}, dict.fromkeys(names, 1))
        self.assertEqual(len(set().union(*names.values())), len(names))

    def test_what_is_only_expected_is_marked(self) -> None:
        for row in self.rows:
            year = int(row["day"][:4])
            self.assertEqual(row["status"], "decided" if year <= 2026 else "expected", row)
            self.assertEqual(row["confidence"] == "high", row["status"] == "decided" and (
                row["holiday"] != "kurban_ait" or year >= 2025), row)

    def test_rows_are_sorted_and_complete(self) -> None:
        days = [row["day"] for row in self.rows]
        self.assertEqual(days, sorted(days))
        self.assertEqual(max(Counter(days).values()), 1)
        for row in self.rows:
            for column in ("name_kk", "name_ru", "name_en", "source"):
                self.assertTrue(row[column].strip(), row)


if __name__ == "__main__":
    unittest.main()
