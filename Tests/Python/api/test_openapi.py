"""Tests the running server against its OpenAPI document with Schemathesis: valid requests are accepted, invalid ones are
refused, and every response is documented.

The run is bounded and reproducible: a fixed number of cases for each call, the same in each run, without a database of
failures.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from portal import Portal

CASES = 25
# In seconds. A run takes half a minute on an idle machine, and a minute or more on a busy one.
LIMIT = 600


class OpenAPICase(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        # Another test covers the batch limit; thousands of cases would exceed it here.
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
