# SPDX-License-Identifier: Apache-2.0
"""Attacks a stream of the ledger of a stopped server as somebody would who owns its database but not its signing key.

usage: ledger.py DATA-DIRECTORY STREAM ATTACK SEED

Removes the checkpoints that lie beside the ledger, does what the attack says, and prints the number of the first entry
that is no longer what was sealed. The byte layout comes from docs/formats/custody-ledger.md by way of the auditor.
"""

import random
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "auditor"))
import ledger  # noqa: E402

STREAM = sys.argv[2]


def main(data, _, attack, seed):
    database = sqlite3.connect(Path(data) / "entrepot.db")
    database.row_factory = sqlite3.Row
    database.execute("delete from ledger_checkpoint")
    for checkpoint in (Path(data) / "checkpoints").glob("*"):
        checkpoint.unlink()
    count = database.execute(
        "select max(sequence) from ledger_entry where stream = ?", (STREAM,)
    ).fetchone()[0]
    print(ATTACKS[attack](database, count, random.Random(int(seed))))
    database.commit()
    database.execute("pragma wal_checkpoint(truncate)")
    database.close()


def edit(database, count, choice):
    entry = choice.randint(1, count)
    payload = bytearray(payload_of(database, entry))
    payload[choice.randrange(len(payload))] ^= 1 << choice.randrange(8)
    database.execute(
        "update ledger_entry set payload = ? where stream = ? and sequence = ?", (bytes(payload), STREAM, entry)
    )
    return entry


def delete(database, count, choice):
    entry = choice.randint(1, count)
    database.execute("delete from ledger_entry where stream = ? and sequence = ?", (STREAM, entry))
    return entry


def swap(database, count, choice):
    first, second = sorted(choice.sample(range(1, count + 1), 2))
    for number, parked in ((first, -1), (second, first), (-1, second)):
        database.execute(
            "update ledger_entry set sequence = ? where stream = ? and sequence = ?", (parked, STREAM, number)
        )
    return first


def cut(database, count, choice):
    """The last entries go, and what is left is made to agree with itself."""
    left = count - choice.randint(1, max(1, count // 2))
    database.execute("delete from ledger_entry where stream = ? and sequence > ?", (STREAM, left))
    reseal(database)
    return left + 1


def recompute(database, count, choice):
    entry = edit(database, count, choice)
    reseal(database)
    return entry


ATTACKS = {"edit": edit, "delete": delete, "swap": swap, "cut": cut, "recompute": recompute}


def payload_of(database, entry):
    return database.execute(
        "select payload from ledger_entry where stream = ? and sequence = ?", (STREAM, entry)
    ).fetchone()[0]


def reseal(database):
    """Every root, link and hash anew; only a signature cannot be made."""
    previous = ledger.ZERO
    blocks = database.execute("select * from ledger_block where stream = ? order by number", (STREAM,)).fetchall()
    for block in blocks:
        first, last = block["first_sequence"], block["first_sequence"] + block["entry_count"]
        rows = database.execute(
            "select * from ledger_entry where stream = ? and sequence >= ? and sequence < ? order by sequence",
            (STREAM, first, last),
        ).fetchall()
        key = (STREAM, block["number"])
        if not rows:
            database.execute("delete from ledger_block where stream = ? and number = ?", key)
            continue
        leaves = [ledger.leaf(STREAM, row) for row in rows]
        top = ledger.root(leaves)
        seal = ledger.seal(STREAM, dict(block, entry_count=len(rows), root=top, previous=previous))
        database.execute(
            "update ledger_block set entry_count = ?, root = ?, previous = ?, hash = ?, leaves = ?"
            " where stream = ? and number = ?",
            (len(rows), top, previous, seal, b"".join(leaves), *key),
        )
        previous = seal


main(*sys.argv[1:])
