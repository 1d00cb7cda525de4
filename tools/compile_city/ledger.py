"""What was read, what was taken and why the rest was left out.

A compiler of facts that drops rows in silence cannot be trusted; every row
that does not reach `data/` is written down here with its reason.
"""
import sys
from collections import Counter


class Ledger:
    def __init__(self) -> None:
        self.read: Counter = Counter()
        self.taken: Counter = Counter()
        self.same: Counter = Counter()  # rows that are in data/ under another source
        self.refusals: list[tuple[str, int, str, str]] = []
        self.notes: list[str] = []

    def seen(self, file: str, count: int) -> None:
        self.read[file] += count

    def take(self, file: str, count: int = 1) -> None:
        self.taken[file] += count

    def refuse(self, file: str, line: int, record: str, reason: str) -> None:
        self.refusals.append((file, line, record, reason))

    def note(self, text: str) -> None:
        self.notes.append(text)

    def rows(self) -> list[dict]:
        ordered = sorted(set(self.refusals))
        return [dict(zip(("file", "line", "record", "reason"), row)) for row in ordered]

    def summary(self, out=sys.stdout) -> None:
        refused = Counter(row[0] for row in set(self.refusals))
        print(f"\n{'file':<44}{'read':>7}{'taken':>7}{'merged':>8}{'refused':>9}", file=out)
        for file in self.read:
            print(f"{file:<44}{self.read[file]:>7}{self.taken[file]:>7}{self.same[file]:>8}{refused[file]:>9}", file=out)
        reasons = Counter(f"{row[0]}: {row[3].split(':')[0]}" for row in set(self.refusals))
        print("\nreasons", file=out)
        for reason, count in sorted(reasons.items()):
            print(f"  {count:>5}  {reason}", file=out)
        for note in self.notes:
            print(f"note: {note}", file=out)
