"""Reading and writing of tables in the one form all files of `data/` have.

UTF-8, comma, RFC 4180, LF, a header row, sorted by id: two runs of the
compiler on the same facts give the same bytes, and a change of one fact is a
change of one line.
"""
import csv
import io
import json
import re
from pathlib import Path

from .russian_forms import of_row


def read_table(path: Path) -> list[dict]:
    """Rows with their line number under the key `_line`."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = []
        for row in reader:
            row["_line"] = reader.line_num
            rows.append(row)
        return rows


def sort_key(value: str) -> list:
    """Numbers inside ids sort as numbers: block-9 before block-10."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part)
            for part in re.split(r"(\d+)", str(value)) if part]


def write_table(path: Path, columns: list[str], rows: list[dict], key: str | None = "id") -> None:
    if key:
        rows = sorted(rows, key=lambda row: sort_key(row[key]))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow(of_row({column: row.get(column, "") for column in columns}))
    path.write_text(stream.getvalue(), encoding="utf-8", newline="\n")


def write_features(path: Path, features: list[dict]) -> None:
    """GeoJSON with one feature a line."""
    lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def coordinate(value: float) -> str:
    return f"{value:.6f}"
