"""The SQL in the sources of the stores that more than one engine must understand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# The folders of files that are about SQLite itself, or about geometry, which the portal database does not have.
OF_ONE_ENGINE = {"City", "Migrations", "Database", "Backup"}
STATEMENT = re.compile(r"^(SELECT|INSERT|UPDATE|DELETE|WITH)\s")


@dataclass(frozen=True)
class Statement:
    """A statement in a source; `pattern` has a gap where Swift puts something in."""

    place: str
    text: str
    pattern: re.Pattern[str]

    def is_of(self, sql: str) -> bool:
        """Whether an executed statement was made from this one."""
        return self.pattern.fullmatch(normalised(sql)) is not None

    def is_part_of(self, sql: str) -> bool:
        """Whether an executed statement has this one in it, as a subquery or as its beginning."""
        return self.pattern.search(normalised(sql)) is not None


def normalised(sql: str) -> str:
    """The statement on one line."""
    return " ".join(sql.split())


def literals(text: str) -> list[tuple[int, list[str]]]:
    """The string literals of a Swift source: the line of each, and its parts between interpolations."""
    found: list[tuple[int, list[str]]] = []
    index = 0
    while index < len(text):
        if text.startswith("//", index):
            index = text.find("\n", index) if "\n" in text[index:] else len(text)
        elif text[index] == '"':
            line = text.count("\n", 0, index) + 1
            index, parts = literal(text, index)
            found.append((line, parts))
        else:
            index += 1
    return found


def literal(text: str, start: int) -> tuple[int, list[str]]:
    """The literal that begins at an index: the index after it, and its parts."""
    quote = '"""' if text.startswith('"""', start) else '"'
    index, parts = start + len(quote), [""]
    while not text.startswith(quote, index):
        if text.startswith("\\(", index):
            index, depth = index + 2, 1
            while depth:
                if text[index] == '"':
                    index, _ = literal(text, index)
                    continue
                depth += {"(": 1, ")": -1}.get(text[index], 0)
                index += 1
            parts.append("")
        elif text.startswith("\\\n", index):
            index += 2
        else:
            step = 2 if text[index] == "\\" else 1
            parts[-1] += text[index : index + step]
            index += step
    return index + len(quote), parts


def statements(folder: Path) -> list[Statement]:
    """The statements of all sources below a folder that several engines must understand."""
    found = []
    for path in sorted(folder.rglob("*.swift")):
        if path.relative_to(folder).parts[0] in OF_ONE_ENGINE:
            continue
        for line, parts in literals(path.read_text(encoding="utf-8")):
            if not STATEMENT.match(parts[0].lstrip()):
                continue
            # White space beside a gap stays, because what is put in may be part of a word.
            pieces = [re.escape(re.sub(r"\s+", " ", part)) for part in parts]
            pieces[0] = pieces[0].removeprefix("\\ ")
            pieces[-1] = pieces[-1].removesuffix("\\ ")
            found.append(Statement(f"{path.relative_to(folder)}:{line}", "…".join(parts), re.compile(".*".join(pieces))))
    return found
