# SPDX-License-Identifier: Apache-2.0
"""Rule K7: secrets that were planted stand nowhere in clear, nor in a form that anybody can undo."""

import base64
import gzip
import re
import urllib.parse
import zlib

PIECE = 1 << 24


def audit(database, journal, options, findings):
    secrets = {line["value"]: line["name"] for line in journal if line["kind"] == "secret"}
    forms = {form: name for value, name in secrets.items() for form in shapes(value)}
    if not forms:
        return []
    longest = max(map(len, forms))
    for place in [options.data, *options.trace]:
        for file in sorted(path for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()):
            for name in found(pieces(file, longest), forms):
                findings.append(f"K7 the {name} stands in {file}")
    if options.postgresql:
        for table, column, text in texts_of(database):
            for name in found([text], forms):
                findings.append(f"K7 the {name} stands in the records, in {table}.{column}")
    for row in database.execute("select job_id, content from job_log_packed where lines > 0"):
        for name in found([unpacked(bytes(row["content"]))], forms):
            findings.append(f"K7 the {name} stands in the log of job {row['job_id']}")
    return [f"{len(secrets)} planted secrets"]


def texts_of(database):
    """Of a copy of records that are elsewhere; SQLite's own file is searched as a file."""
    for (table,) in database.execute("select name from sqlite_master where type = 'table'").fetchall():
        for (column,) in database.execute("select name from pragma_table_info(?)", (table,)).fetchall():
            for (value,) in database.execute(f'select distinct "{column}" from "{table}"'):
                if isinstance(value, (str, bytes)):
                    yield table, column, value.encode() if isinstance(value, str) else value


def shapes(value):
    """The value as it is, and as base64 at any offset, hex and percent signs would show it."""
    raw = value.encode()
    yield raw
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield urllib.parse.quote(value, safe="").encode()
    yield re.escape(value).encode()
    for before in range(3):
        # What shares a group of four characters with a neighbour is left out.
        whole = (len(raw) + before) // 3 * 4
        for text in (base64.b64encode, base64.urlsafe_b64encode):
            yield text(bytes(before) + raw)[4 if before else 0 : whole]


def pieces(file, longest):
    kept = b""
    with gzip.open(file) if file.suffix == ".gz" else open(file, "rb") as stream:
        while piece := stream.read(PIECE):
            yield kept + piece
            kept = piece[-longest:]


def unpacked(content):
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content


def found(texts, forms):
    return sorted({name for text in texts for form, name in forms.items() if form in text})
