"""The OpenAPI document against the running server, by Schemathesis: what the document allows is accepted, what it does not is
refused, and every answer is one that it names.

The run is bounded and repeatable: so many cases for each call, the same at each run, no database of earlier failures.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from portal import Portal

CASES = 25
# A run takes half a minute on an idle machine, a minute and more on a busy one, seconds.
LIMIT = 600


class OpenAPICase(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        # The limit of batches is another test's; cases by the thousand would meet it.
        cls.portal = Portal({"OPENALMATY_LIMIT_BATCH_RESULTS": "100000000"})
        cls.addClassCleanup(cls.portal.stop)

    def test_schemathesis_finds_nothing(self) -> None:
        with tempfile.TemporaryDirectory(prefix="openalmaty-schemathesis-") as folder:
            run = subprocess.run(
                [
                    str(Path(sys.executable).parent / "schemathesis"), "run", self.portal.base + "/api/openapi.json",
                    "--phases", "examples,coverage,fuzzing,stateful", "--checks", "all", "--workers", "1",
                    "--max-examples", str(CASES), "--generation-deterministic",
                    "--request-timeout", "60", "--no-color",
                ],
                cwd=folder, capture_output=True, text=True, timeout=LIMIT,
            )
        self.assertEqual(run.returncode, 0, "\n".join(line[:400] for line in run.stdout.splitlines()[-120:]) + run.stderr[-2000:])


if __name__ == "__main__":
    unittest.main()
