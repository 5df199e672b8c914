# SPDX-License-Identifier: Apache-2.0
"""The records of a server on PostgreSQL, as tables of SQLite: read with psql, which is all that is there."""

import json
import sqlite3
import subprocess
import sys

COLUMNS = """
    select table_name, column_name, data_type from information_schema.columns
    where table_schema = 'public' order by table_name, ordinal_position
"""


def copy(connection, path):
    database = sqlite3.connect(path)
    tables = {}
    for row in rows(connection, COLUMNS):
        tables.setdefault(row["table_name"], {})[row["column_name"]] = row["data_type"]
    for table, columns in tables.items():
        names = ", ".join(f'"{name}"' for name in columns)
        database.execute(f'create table "{table}" ({names})')
        database.executemany(
            f'insert into "{table}" ({names}) values ({", ".join("?" * len(columns))})',
            ([value(row[name], kind) for name, kind in columns.items()] for row in rows(connection, f'select * from "{table}"')),
        )
    return database


def rows(connection, select):
    command = ["psql", "-qAtX", "-c", f"select row_to_json(asked) from ({select}) as asked", connection]
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"auditor: {answer.stderr}")
    return map(json.loads, answer.stdout.splitlines())


def value(shown, kind):
    return bytes.fromhex(shown[2:]) if kind == "bytea" and shown is not None else shown
