"""A PostgreSQL cluster in a temporary folder, for the tests of the SQL and the benchmarks."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
port = {port}
fsync = off
autovacuum = off
logging_collector = off
"""


def binaries() -> Path | None:
    """The folder of the newest installed server's programs; None when there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def run(command: list[str], **options: object) -> str:
    """Runs a command to completion and returns its output; raises with its messages if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


class PostgreSQL:
    """A cluster that exists during a `with` block, with one database."""

    user = "openalmaty"
    database = "test"
    settings = SETTINGS

    def __init__(self) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError("PostgreSQL is not installed; scripts/setup.sh --tests installs it")
        self.binaries = found
        self.folder = Path(tempfile.mkdtemp(prefix="openalmaty-pg-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        # PostgreSQL refuses to run as root.
        self.prefix: list[str] = []
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.prefix = ["runuser", "-u", "postgres", "--"]

    def __enter__(self):
        data = self.folder / "data"
        try:
            run(
                [*self.prefix, str(self.binaries / "initdb"), "-D", str(data), "-U", self.user, "-A", "trust", "-E", "UTF8",
                 "--locale=C", "--no-sync"],
                cwd=self.folder,
            )
            with open(data / "postgresql.conf", "a", encoding="utf-8") as file:
                file.write(self.settings.format(port=self.port, folder=self.folder))
            log = self.folder / "server.log"
            run(
                self.placed([*self.prefix, str(self.binaries / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "start"]),
                cwd=self.folder,
            )
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        run(self.client("createdb", self.database), env=self.environment())
        return self

    def __exit__(self, *_: object) -> None:
        run(
            [*self.prefix, str(self.binaries / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop"],
            cwd=self.folder,
        )
        shutil.rmtree(self.folder, ignore_errors=True)

    def placed(self, command: list[str]) -> list[str]:
        """The command that starts the server, as it is to be run."""
        return command

    def client(self, program: str, *arguments: str) -> list[str]:
        """A command of one of the client programs."""
        return [str(self.binaries / program), *arguments]

    def environment(self, options: str | None = None) -> dict[str, str]:
        """The environment in which clients find the server."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        environment |= {"PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": self.user}
        if options:
            environment["PGOPTIONS"] = options
        return environment

    def sql(self, text: str) -> str:
        """Runs statements and returns their output; raises at the first one that fails."""
        return run(
            self.client("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.database),
            input=text, env=self.environment(),
        ).strip()

    def errors(self, statements: list[str]) -> dict[int, str]:
        """Runs each statement, whether or not others fail, and returns the errors by the statements' indexes."""
        script = "".join(f"\\warn @@{index}\n{statement}\n;\n" for index, statement in enumerate(statements))
        done = subprocess.run(
            self.client("psql", "-X", "-q", "-A", "-t", "-d", self.database),
            input=script, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=self.environment(), check=True)
        parts = done.stderr.split("@@")[1:]
        if len(parts) != len(statements):
            raise RuntimeError(f"psql looked at {len(parts)} of {len(statements)} statements:\n{done.stderr[-2_000:]}")
        told = (part.partition("\n") for part in parts)
        return {int(number): text.strip() for number, _, text in told if text.strip()}
