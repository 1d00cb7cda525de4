"""`openalmaty geocode --csv`, which adds positions to a column of addresses; and the output of `geocode` for one address.

    OPENALMATY_BIN=.build/debug/openalmaty Tests/Python/run.py Tests/Python/cli/test_geocode_csv.py
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from program import BINARY, copy_databases, environment

ADDED = ["part", "found", "kind", "match", "confidence", "lon", "lat", "uncertainty_m", "district", "label"]
MARK = "\ufeff"


class GeocodeCase(unittest.TestCase):
    """All tests use one database with the embedded city."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="openalmaty-geocode-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        copy_databases(cls.folder / "city.sqlite")

    def geocode(self, *arguments: str, given: bytes = b""):
        return subprocess.run(
            [BINARY, "geocode", *arguments], input=given, capture_output=True, timeout=300,
            env=environment(OPENALMATY_DATABASE=str(self.folder / "city.sqlite")),
        )

    def write(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def answer(self, text: str | bytes, *arguments: str) -> tuple[list[dict[str, str]], str]:
        """The rows of the output as a standard CSV reader parses them, and the messages on stderr."""
        told = self.geocode("--csv", "-", *arguments, given=text if isinstance(text, bytes) else text.encode())
        errors = told.stderr.decode()
        self.assertEqual(told.returncode, 0, errors)
        return list(csv.DictReader(io.StringIO(told.stdout.decode(), newline=""), strict=True)), errors


class Files(GeocodeCase):
    def test_the_columns_of_the_input_stay_and_ours_follow(self) -> None:
        path = self.write("list.csv", "id,Адрес,note\n7,пр. Абая 52,\"a \"\"b\"\", c\"\n8,абракадабра,x\n")
        told = self.geocode("--csv", path, "--lang", "ru")
        self.assertEqual(told.returncode, 0, told.stderr)
        rows = list(csv.reader(io.StringIO(told.stdout.decode()), strict=True))
        self.assertEqual(rows[0], ["id", "Адрес", "note", *ADDED])
        known = dict(zip(rows[0], rows[1]))
        self.assertEqual((known["id"], known["note"]), ("7", 'a "b", c'))
        self.assertEqual((known["found"], known["kind"], known["match"]), ("yes", "address", "exact"))
        self.assertEqual((known["part"], known["district"]), ("1", "bostandyk"))
        self.assertIn("Абая", known["label"])
        self.assertAlmostEqual(float(known["lon"]), 76.94, delta=0.05)
        self.assertAlmostEqual(float(known["lat"]), 43.24, delta=0.05)
        self.assertEqual(rows[2], ["8", "абракадабра", "x", "1", "no"] + [""] * 8)
        self.assertIn("2 rows; 2 addresses: 1 found, 0 uncertain, 1 not found", told.stderr.decode())

    def test_labels_come_in_the_language_asked_for(self) -> None:
        rows, _ = self.answer("мекенжай\nАбай даңғылы 52\n", "--lang", "kk")
        self.assertIn("даңғылы", rows[0]["label"])

    def test_a_typo_is_uncertain(self) -> None:
        rows, errors = self.answer("address\nСатпаеваа 27/2\n")
        self.assertEqual((rows[0]["found"], rows[0]["match"]), ("uncertain", "fuzzy"))
        self.assertIn("1 uncertain", errors)

    def test_a_text_with_several_addresses_takes_a_row_for_each(self) -> None:
        rows, errors = self.answer('id,address\n1,"отключат воду: ул. Гоголя 75; пр. Абая 52"\n2,пр. Абая 200\n')
        self.assertEqual([(row["id"], row["part"]) for row in rows], [("1", "1"), ("1", "2"), ("2", "1")])
        self.assertEqual([row["found"] for row in rows], ["yes"] * 3)
        self.assertNotEqual(rows[0]["label"], rows[1]["label"])
        self.assertIn("2 rows; 3 addresses", errors)

    def test_a_broken_row_is_told_and_the_others_go_on(self) -> None:
        text = "id,address\n1,пр. Абая 52\n2,Абая \"10\"\n3\n".encode() + b"4,\xff\xfe\n" + "5,ул. Гоголя 75\n".encode()
        rows, errors = self.answer(text)
        self.assertEqual([row["id"] for row in rows], ["1", "5"])
        for line in (3, 4, 5):
            self.assertIn(f"standard input:{line}: ", errors)
        self.assertIn("2 rows, 3 left out", errors)

    def test_only_broken_rows_are_a_failure(self) -> None:
        told = self.geocode("--csv", "-", given="id,address\n1\n".encode())
        self.assertEqual(told.returncode, 1)

    def test_the_file_is_written_whole_and_keeps_its_mark(self) -> None:
        path = self.write("marked.csv", MARK + "address\r\nпр. Абая 52\r\n\"две\nстроки\"\r\n")
        output = self.folder / "answered.csv"
        output.write_text("old", encoding="utf-8")
        told = self.geocode("--csv", path, "--output", str(output))
        self.assertEqual((told.returncode, told.stdout), (0, b""), told.stderr)
        text = output.read_text(encoding="utf-8")
        self.assertTrue(text.startswith(MARK + "address,"))
        rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), strict=True))
        self.assertEqual([row["address"] for row in rows], ["пр. Абая 52", "две\nстроки"])
        self.assertEqual([path.name for path in self.folder.glob(".*")], [])

    def test_a_column_of_ours_that_is_there_already_is_not_overwritten(self) -> None:
        rows, _ = self.answer("address,lon\nпр. Абая 52,left\n")
        self.assertEqual(rows[0]["lon"], "left")
        self.assertGreater(float(rows[0]["geocoded_lon"]), 76)

    def test_the_column(self) -> None:
        self.assertEqual(self.answer("Where \nпр. Абая 52\n")[0][0]["found"], "yes")
        self.assertEqual(self.answer("a,b\n-,пр. Абая 52\n", "--column", "B")[0][0]["found"], "yes")
        for text, arguments, words in [
            ("a,b\n1,2\n", (), ("--column", "«a», «b»")),
            ("a,b\n1,2\n", ("--column", "c"), ("«c»", "«a», «b»")),
            ("id;address\n1;2\n", (), ("commas",)),
            ("", (), ("empty",)),
        ]:
            told = self.geocode("--csv", "-", *arguments, given=text.encode())
            self.assertIn(told.returncode, (1, 64), text)
            self.assertEqual(told.stdout, b"")
            for word in words:
                self.assertIn(word, told.stderr.decode())

    def test_wrong_use(self) -> None:
        path = self.write("some.csv", "address\nпр. Абая 52\n")
        for arguments, word in [
            (("--csv", path, "пр. Абая"), "--csv"),
            (("--csv", path, "--json"), "--json"),
            (("пр. Абая", "--column", "a"), "--column"),
            (("--csv", str(self.folder / "absent.csv")), "absent.csv"),
            (("--csv", path, "--output", str(self.folder / "absent" / "x.csv")), "absent"),
            ((), "find"),
        ]:
            told = self.geocode(*arguments)
            self.assertIn(told.returncode, (1, 64), arguments)
            self.assertIn(word, told.stderr.decode())
            self.assertNotIn("Fatal", told.stderr.decode())


class OneAddress(GeocodeCase):
    def test_a_correction_is_told(self) -> None:
        told = self.geocode("Сатпаеваа 8").stdout.decode()
        self.assertIn("«сатпаеваа» → «сатпаева»", told)

    def test_json_has_the_fields_of_the_api(self) -> None:
        told = json.loads(self.geocode("Сатпаеваа 27/2 кв 5", "--limit", "1", "--json").stdout)
        self.assertEqual(set(told), {"query", "parsed", "results"})
        self.assertEqual(told["parsed"]["flat"], "5")
        self.assertIsNone(told["parsed"]["district"])
        self.assertEqual(
            set(told["results"][0]),
            {"label", "kind", "match", "confidence", "lon", "lat", "uncertainty_m", "district", "districts",
             "corrections", "id"})
        self.assertEqual(told["results"][0]["corrections"], [{"typed": "сатпаеваа", "taken": "сатпаева"}])


if __name__ == "__main__":
    unittest.main()
