# SPDX-License-Identifier: Apache-2.0
"""Files with hostile names, made from bytes: what Java could not name itself.

    python3 names.py list SEED COUNT ROUND          what will be made
    python3 names.py make SEED COUNT ROUND FOLDER   makes it, or gives it the content of another round
    python3 names.py walk FOLDER                    what is there

Answers are lines of JSON with `path`, `size` and `sha256`. Bytes that are no UTF-8 are the characters U+EF80 to U+EFFF
there, one each, as the server writes them.
"""

import hashlib
import json
import os
import random
import sys

LIMIT = 255
EFFECT = b"entrepot-shell-effect"
TEXTS = [
    "caf\u00e9", "cafe\u0301", "\u212b", "\u00c5", "A\u030a", "Case", "case", "CASE", "stra\u00dfe", "STRASSE",
    "\U0001f680 \U0001f469\u200d\U0001f52c", "\u202egnp.exe", "\u200b", "\ufeffbom", "\u2028line", "\ufffd",
    "new\nline", "carriage\rreturn", "both\r\nX-Injected: yes", "tab\there", "\x1b[31mred", "\x7f", "\x85next",
    "-rf", "--", "-", "dot.", "space ", " leading", "...", "..hidden", ".. ", "..\\..\\up", "\uff0e\uff0e", ".",
    "CON", "nul.txt", "COM1", "aux", "%2e%2e", "%2F", "%00", "%0d%0a", "%", "a+b c", "a;rm -rf", "~", "~root", "*", "?",
    "quote\"s", "apostrophe's", "back\\slash", "'; drop table file; --", "<img src=x onerror=alert(1)>", "#hash", "a&b=c",
    "C:", "stream:alt", "{{7*7}}", "${jndi:ldap:}", "%s%n", "\uef80 real",
    "x" * LIMIT, "\u00e9" * (LIMIT // 2), "\U0001f680" * (LIMIT // 4),
]  # fmt: skip
RAW = [
    b"b\xff\xfec", b"b\xff\xfdc", b"\xc3", b"\xc0\xae\xc0\xae", b"\xed\xa0\x80", b"\xf0\x9f\x9a", b"\xee\xbe\x80\xff",
    b"\xe9" * LIMIT, b"a;touch " + EFFECT, b"$(touch " + EFFECT + b")", b"`touch " + EFFECT + b"`",
    b"|touch " + EFFECT, b"&& touch " + EFFECT + b" &&", b"\ntouch " + EFFECT + b"\n",
]  # fmt: skip
NAMES = [name for name in [text.encode() for text in TEXTS] + RAW if name != b"."]


def paths(seed, count):
    """Each name as a file, then again and again in folders that have such names too."""
    folders = random.Random(seed).sample(NAMES, len(NAMES))
    # A folder with a control character makes everything in it refused, and one such is enough.
    plain = [name for name in folders if not any(c < 32 or c == 127 for c in name) and b"\xc2\x85" not in name]
    for i in range(count):
        name, turn = NAMES[i % len(NAMES)], i // len(NAMES)
        yield name if turn == 0 else b"in" + plain[turn % len(plain)][: LIMIT - 2] + b"/" + name


def content(seed, number, path):
    """No two files hold the same."""
    start = b"%d %d " % (seed, number) + path
    return start + random.Random(start).randbytes(random.Random(start).randrange(3000))


def told(path):
    """As the server writes a path."""
    text = ""
    for c in path.decode("utf-8", "surrogateescape"):
        if "\udc80" <= c <= "\udcff":
            text += chr(ord(c) - 0xDC00 + 0xEF00)
        elif "\uef80" <= c <= "\uefff":
            text += "".join(chr(byte + 0xEF00) for byte in c.encode())
        else:
            text += c
    return text


def tell(path, data):
    print(json.dumps({"path": told(path), "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}))


def walk(top):
    for folder, _, files in os.walk(top):
        for name in files:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                tell(os.path.relpath(path, top), file.read())


def main(verb, *rest):
    if verb == "walk":
        walk(os.fsencode(rest[0]))
        return
    seed, count, number = map(int, rest[:3])
    for path in paths(seed, count):
        data = content(seed, number, path)
        if verb == "list":
            tell(path, data)
        else:
            place = os.path.join(os.fsencode(rest[3]), path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(data)


main(*sys.argv[1:])
