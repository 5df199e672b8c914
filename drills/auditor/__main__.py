# SPDX-License-Identifier: Apache-2.0
"""Judges a data directory, its stores and what was acknowledged. See README.md beside this file."""

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import canaries
import catalogue
import ledger
import postgresql
import requests
import service


def main():
    options = parse()
    sys.stdout.reconfigure(errors="backslashreplace")  # names are not always text
    findings = []
    with tempfile.TemporaryDirectory() as scratch:
        if options.postgresql:
            database = postgresql.copy(options.postgresql, Path(scratch) / "audited.db")
        else:
            database = open_copy(options.data / "entrepot.db", Path(scratch))
        database.row_factory = sqlite3.Row
        journal = read_journal(options.journal)
        report = catalogue.audit(database, journal, options, findings)
        report += ledger.audit(database, journal, options, findings)
        report += requests.audit(database, journal, findings)
        report += canaries.audit(database, journal, options, findings)
        service.audit(journal, findings)
        database.close()
    for finding in findings[: options.limit]:
        print(finding)
    if len(findings) > options.limit:
        print(f"... and {len(findings) - options.limit} more")
    print("; ".join(report) + ("; clean" if not findings else f"; {len(findings)} FINDINGS"))
    return 1 if findings else 0


def parse():
    parser = argparse.ArgumentParser(prog="auditor", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--postgresql", help="where the records are when not in --data, as psql takes it")
    parser.add_argument("--journal", type=Path)
    parser.add_argument("--checkpoint", type=Path, action="append", default=[])
    parser.add_argument("--checkpoints", type=Path, help="a folder of them and of the public key, copied off")
    parser.add_argument("--trace", type=Path, action="append", default=[], help="searched for secrets as --data is")
    parser.add_argument("--drained", action="store_true", help="all work is done: nothing may be missing")
    parser.add_argument("--limit", type=int, default=20, help="findings shown")
    return parser.parse_args()


def open_copy(path, scratch):
    """A copy, with what the write-ahead log holds, so that not even a lock is left behind."""
    if not path.exists():
        sys.exit(f"auditor: there is no database {path}")
    for suffix in ("", "-wal"):
        if Path(f"{path}{suffix}").exists():
            shutil.copyfile(f"{path}{suffix}", scratch / f"audited.db{suffix}")
    database = sqlite3.connect(scratch / "audited.db")
    answer = database.execute("pragma integrity_check").fetchone()[0]
    if answer != "ok":
        sys.exit(f"auditor: the database is damaged: {answer}")
    return database


def read_journal(path):
    if path is None:
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.endswith("}")]


sys.exit(main())
