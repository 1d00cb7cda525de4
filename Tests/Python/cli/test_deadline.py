"""`openalmaty deadline` and the work calendar in `openalmaty check`: dates, reasons, bad input, a year without a calendar."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from program import BINARY, ROOT, copy_databases, environment

VECTORS = ROOT / "Tests" / "Vectors" / "deadlines.csv"


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=120, env=environment(**more))


def told(*arguments: str, **more: str) -> dict:
    answer = run("deadline", *arguments, "--json", **more)
    if answer.returncode != 0:
        raise AssertionError(f"{arguments}: {answer.stderr}")
    return json.loads(answer.stdout)


class Dates(unittest.TestCase):
    def test_vectors(self) -> None:
        with VECTORS.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        self.assertEqual(len(rows), 49)
        with ThreadPoolExecutor(4) as pool:
            asked = [(row, kind) for row in rows for kind in ("application", "complaint")]
            answers = list(pool.map(lambda pair: told(pair[0]["received"], "--kind", pair[1]), asked))
        for (row, kind), answer in zip(asked, answers):
            expected = {name: row[name] for name in ("registered_on", "forward_by", "forward_by_strict")}
            if kind == "application":
                expected |= {name: row[name] for name in ("hearing_by", "answer_by")}
            else:
                expected |= {"answer_by": row["complaint_answer_by"], "pass_by": row["forward_by_strict"]}
            expected = {name: day for name, day in expected.items() if day}
            self.assertEqual({name: answer[name] for name in expected}, expected, row["received"])

    def test_each_skipped_day_has_its_reason(self) -> None:
        answer = told("2024-05-04T10:00", "--kind", "application", "--lang", "kk", "--on", "2024-05-10")
        self.assertEqual(answer["registered_on"], "2024-05-04")
        self.assertEqual(answer["forward_by"], "2024-05-13")
        self.assertEqual(answer["answer_by"], "2024-05-29")
        self.assertEqual(answer["rules"], "2021-07-01")
        self.assertEqual(answer["answer_by_strict"], "2024-05-28")
        self.assertEqual(answer["working_days_left"], 13)
        self.assertFalse(answer["provisional"])
        reasons = {day["date"]: (day["reason"], day.get("name")) for day in answer["skipped"]}
        self.assertEqual(reasons, {
            "2024-05-05": ("weekend", None), "2024-05-07": ("holiday", "Отан қорғаушы күні"),
            "2024-05-08": ("moved", "Отан қорғаушы күні"), "2024-05-09": ("holiday", "Жеңіс күні"),
            "2024-05-11": ("weekend", None), "2024-05-12": ("weekend", None), "2024-05-18": ("weekend", None),
            "2024-05-19": ("weekend", None), "2024-05-25": ("weekend", None), "2024-05-26": ("weekend", None),
        })
        self.assertEqual([day["instead_of"] for day in answer["skipped"] if day["reason"] == "moved"], ["2024-05-04"])
        self.assertEqual(answer["worked"], [{"date": "2024-05-04", "instead_of": "2024-05-08"}])

    def test_the_articles_go_with_the_terms(self) -> None:
        answer = told("2026-11-23T10:00", "--kind", "complaint")
        self.assertEqual(answer["terms"]["complaint_decision"],
                         {"count": 20, "unit": "working_days", "law": "350-VI", "article": "99"})
        self.assertEqual(answer["terms"]["passing_up"]["article"], "91 (4)")
        self.assertEqual(answer["refused_from"], "2026-12-23")
        self.assertEqual(answer["challenge_by"], "2027-03-25")

    def test_for_a_reader(self) -> None:
        lines = run("deadline", "2026-11-21T12:00", "--kind", "message", "--lang", "ru", "--on", "2026-12-01").stdout.splitlines()
        text = "\n".join(lines)
        self.assertRegex(text, r"registered on +2026-11-23 Mon  art\. 64 \(3\)")
        self.assertRegex(text, r"answer by +2026-12-14 Mon  art\. 76 \(1\)")
        self.assertIn("working days left on 2026-12-01: 9", lines)
        self.assertIn("  2026-11-22 Sun weekend", lines)
        self.assertIn("may be skipped", text)
        self.assertNotIn("provisional", text)
        later = run("deadline", "2027-05-14T10:00", "--kind", "application", "--lang", "ru").stdout
        self.assertIn("provisional", later)
        self.assertIn("2027-05-16 Sun holiday: Курбан-айт, expected", later)
        moved = run("deadline", "2025-01-03T10:00", "--kind", "application", "--lang", "en").stdout
        self.assertIn("2025-01-03 Fri day off moved from 2025-01-05: New Year", moved)
        self.assertIn("2025-01-05 Sun counts: worked instead of 2025-01-03", moved)

    def test_offsets_and_the_end_of_the_working_day(self) -> None:
        for time, registered in (
            ("2026-11-23T05:00:00Z", "2026-11-23"), ("2026-11-23T13:29:59Z", "2026-11-23"), ("2026-11-23T13:30Z", "2026-11-24"),
            ("2026-11-23T21:00:00+03:00", "2026-11-24"), ("2026-11-23", "2026-11-23"),
        ):
            self.assertEqual(told(time, "--kind", "request")["registered_on"], registered, time)
        early = told("2026-11-23T17:30", "--kind", "request", OPENALMATY_WORK_HOURS="08:00-17:30")
        self.assertEqual(early["registered_on"], "2026-11-24")
        answer = run("deadline", "2026-11-23T17:30", "--kind", "request", OPENALMATY_WORK_HOURS="8-17")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("OPENALMATY_WORK_HOURS", answer.stderr)
        self.assertIn("09:00-18:30", answer.stderr)

    def test_now(self) -> None:
        answer = told("now", "--kind", "proposal")
        self.assertGreaterEqual(answer["answer_by"], date.today().isoformat())
        self.assertIn("working_days_left", answer)


class BadInput(unittest.TestCase):
    def test_exit_codes_and_hints(self) -> None:
        for arguments, code, word in [
            (("2026-11-23T10:00", "--kind", "letter"), 64, "application, message"),
            (("2026-11-23T10:00", "--kind", "other"), 64, "decide"),
            (("2026-11-23T10:00", "--kind", "report"), 64, "category"),
            (("2026-11-23T10:00",), 64, "--kind"),
            (("yesterday", "--kind", "message"), 64, "2026-11-23T10:00"),
            (("2026-02-30T10:00", "--kind", "message"), 64, "2026-02-30"),
            (("2026-11-23T10:00", "--kind", "message", "--on", "soon"), 64, "--on"),
            (("2026-11-23T10:00", "--kind", "message", "--lang", "de"), 64, "de"),
            (("2021-11-23T10:00", "--kind", "message"), 1, "no work calendar for 2021"),
            (("2028-12-23T10:00", "--kind", "message"), 1, "no work calendar for 2029"),
            (("9999-12-31T23:59", "--kind", "message"), 1, "data/work_calendar.csv"),
            (("0001-01-01T00:00", "--kind", "message"), 1, "no work calendar for 1"),
        ]:
            with self.subTest(arguments):
                answer = run("deadline", *arguments)
                self.assertEqual(answer.returncode, code, answer.stderr)
                self.assertIn(word, answer.stderr)
                self.assertEqual(answer.stdout, "")
                self.assertNotIn("Fatal", answer.stderr)


class OtherCalendars(unittest.TestCase):
    """Another folder of data, with a calendar of its own."""

    def setUp(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="openalmaty-calendar-"))
        self.addCleanup(shutil.rmtree, self.home, True)
        for name in ("data", "tiles", "vendor"):
            (self.home / name).mkdir()
        for path in (ROOT / "data").iterdir():
            (self.home / "data" / path.name).symlink_to(path)
        self.calendar = self.home / "data" / "work_calendar.csv"
        self.lines = self.calendar.read_text(encoding="utf-8").splitlines()
        self.calendar.unlink()

    def write(self, lines: list[str]) -> None:
        self.calendar.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def test_an_added_day_off_puts_the_answer_off(self) -> None:
        self.write(self.lines)
        arguments = ("2026-11-23T10:00", "--kind", "application")
        self.assertEqual(told(*arguments, OPENALMATY_HOME=str(self.home))["answer_by"], "2026-12-14")
        self.write([*self.lines, "2026-12-05,worked,independence,2026-12-07,а,б,c,decided,test,,high",
                    "2026-12-07,moved,independence,2026-12-05,а,б,c,decided,test,,high",
                    "2026-12-08,holiday,independence,,а,б,c,decided,test,,high"])
        self.assertEqual(told(*arguments, OPENALMATY_HOME=str(self.home))["answer_by"], "2026-12-15")

    def test_check_wants_this_year_and_the_next(self) -> None:
        database = copy_databases(self.home / "portal.sqlite")
        year = date.today().year

        def check() -> tuple[int, dict]:
            answer = run("check", "--points", "1", "--json", "--database", str(database), OPENALMATY_HOME=str(self.home))
            findings = json.loads(answer.stdout)["findings"]
            return answer.returncode, {finding["subject"]: finding for finding in findings}

        years = "work calendar: this year and the next"
        # Rows of other years are copied, so that the test does not depend on the year in which it runs.
        template = [line for line in self.lines if line.startswith("2026-") and ",holiday," in line]
        known = {line[:4] for line in self.lines[1:]}
        added = [f"{new}{line[4:]}" for new in (year, year + 1) if str(new) not in known for line in template]
        self.write([*self.lines, *added])
        code, findings = check()
        self.assertEqual(code, 0, findings)
        self.assertTrue(findings[years]["passed"])
        self.assertTrue(findings["time zone: Asia/Almaty"]["passed"])
        for missing in (year, year + 1):
            self.write([line for line in [*self.lines, *added] if not line.startswith(f"{missing}-")])
            code, findings = check()
            self.assertEqual(code, 1)
            self.assertFalse(findings[years]["passed"])
            self.assertIn(str(missing), findings[years]["detail"])
        self.write([*self.lines, "2026-12-32,holiday,independence,,а,б,c,decided,test,,high"])
        code, findings = check()
        self.assertEqual(code, 1)
        self.assertIn(f"line {len(self.lines) + 1}", findings[years]["detail"])
        self.calendar.unlink()
        self.assertIn("work_calendar.csv", check()[1][years]["detail"])


if __name__ == "__main__":
    unittest.main()
