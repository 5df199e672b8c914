# SPDX-License-Identifier: Apache-2.0
"""Rule K3: the ledger, verified from docs/formats/custody-ledger.md alone."""

import base64
import hashlib
import re
import struct
from collections import Counter
from datetime import datetime, timezone

import ed25519

ZERO = bytes(32)
X509_PREFIX = bytes.fromhex("302a300506032b6570032100")
CHECKPOINT = re.compile(
    r"entrepot checkpoint 1\nstream: (?P<stream>[a-z]+)\nentries: (?P<entries>\d+)\nblock: (?P<block>\d+)\n"
    r"block-hash: (?P<hash>[0-9a-f]{64})\ntime: (?P<time>[0-9TZ:.-]+)\nkey: (?P<key>[0-9a-f]{64})\n"
    r"public-key: (?P<public>[A-Za-z0-9+/=]+)\nsignature: (?P<signature>[A-Za-z0-9+/=]+)\n"
)


def audit(database, journal, options, findings):
    outside = options.checkpoint + copied_off(options, "*.checkpoint")
    texts = [path.read_text(encoding="ascii") for path in outside]
    texts += [path.read_text(encoding="ascii") for path in sorted((options.data / "checkpoints").glob("*.checkpoint"))]
    texts += [row["content"] for row in database.execute("select content from ledger_checkpoint")]
    checkpoints = [c for c in (checkpoint(text, vouched(options, findings), findings) for text in dict.fromkeys(texts)) if c]
    entries = {}
    for stream in ("custody", "audit"):
        mine = [c for c in checkpoints if c["stream"] == stream]
        entries[stream] = verify_stream(database, stream, mine, findings)
        if options.checkpoints and options.drained and entries[stream] and not any(
            CHECKPOINT.fullmatch(text)["stream"] == stream for text in texts[: len(outside)] if CHECKPOINT.fullmatch(text)
        ):
            findings.append(f"K3 {stream} has {entries[stream]} entries and no checkpoint of it was copied off")
    events(database, journal, options.drained, findings)
    return [
        f"{entries['custody']} custody entries",
        f"{len(checkpoints)} checkpoints, {len(outside)} of them copied off",
    ]


def copied_off(options, names):
    return sorted(options.checkpoints.glob(names)) if options.checkpoints else []


def vouched(options, findings):
    """The key whose signatures count: the one that was copied off, or else the one in the data directory."""
    here = options.data / "keys" / "ledger.pub"
    keys = {key_id(public) for public in copied_off(options, "*.pub") or [here] if public.exists()}
    if len(keys) > 1 or (here.exists() and keys != {key_id(here)}):
        told = "K3 the public key of the ledger is another one than it was"
        if told not in findings:
            findings.append(told)
    return min(keys, default=None)


def key_id(public):
    body = re.sub(r"-----[A-Z ]+-----|\s", "", public.read_text(encoding="ascii"))
    return hashlib.sha256(base64.b64decode(body)).hexdigest()


def text_of(value):
    data = value.encode() if isinstance(value, str) else value
    return struct.pack(">I", len(data)) + data


def digest(tag, body):
    return hashlib.sha256(f"entrepot.ledger.{tag}\0".encode() + body).digest()


def checkpoint(text, key, findings):
    match = CHECKPOINT.fullmatch(text)
    if not match:
        findings.append(f"K3 a checkpoint is not in form: {text[:80]!r}")
        return None
    public = base64.b64decode(match["public"])
    key_id = hashlib.sha256(public).digest()
    signed = datetime.strptime(match["time"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    micros = int(signed.timestamp()) * 1_000_000 + signed.microsecond
    body = b"entrepot.ledger.checkpoint\0" + b"\1" + text_of(match["stream"])
    body += struct.pack(">QQ", int(match["entries"]), int(match["block"])) + bytes.fromhex(match["hash"])
    body += struct.pack(">q", micros) + key_id
    sound = public.startswith(X509_PREFIX) and key_id.hex() == match["key"] and key in (None, match["key"])
    if not (sound and ed25519.verify(public[len(X509_PREFIX) :], body, base64.b64decode(match["signature"]))):
        findings.append(f"K3 the signature of a checkpoint of {match['stream']} does not hold")
        return None
    return {"stream": match["stream"], "entries": int(match["entries"]), "block": int(match["block"]), "hash": match["hash"]}


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return digest("node", root(leaves[:k]) + root(leaves[k:]))


def verify_stream(database, stream, checkpoints, findings):
    previous, first, number, hashes = ZERO, 1, 0, {}
    for block in database.execute("select * from ledger_block where stream = ? order by number", (stream,)):
        number += 1
        told = f"K3 {stream} block {block['number']}"
        if block["number"] != number or block["first_sequence"] != first or not 1 <= block["entry_count"] <= 10_000:
            findings.append(f"{told} is out of order")
            return first - 1
        if bytes(block["previous"]) != previous:
            findings.append(f"{told} does not follow the one before")
        verify_block(database, stream, block, told, findings)
        first += block["entry_count"]
        previous = bytes(block["hash"])
        hashes[number] = (previous.hex(), first - 1)
    beyond = database.execute(
        "select count(*) from ledger_entry where stream = ? and (sequence >= ? or sequence < 1)", (stream, first)
    ).fetchone()[0]
    if beyond:
        findings.append(f"K3 {stream} has {beyond} numbered entries outside its blocks")
    for point in checkpoints:
        if hashes.get(point["block"]) != (point["hash"], point["entries"]):
            findings.append(f"K3 {stream} is not what its checkpoint of {point['entries']} entries signed")
    return first - 1


def seal(stream, block):
    body = b"\1" + text_of(stream)
    body += struct.pack(">QQQ", block["number"], block["first_sequence"], block["entry_count"])
    body += bytes(block["root"]) + bytes(block["previous"]) + struct.pack(">q", block["closed"])
    return digest("block", body)


def verify_block(database, stream, block, told, findings):
    if seal(stream, block) != bytes(block["hash"]):
        findings.append(f"{told} has another hash than it says")
    last = block["first_sequence"] + block["entry_count"]
    leaves = [
        leaf(stream, row)
        for row in database.execute(
            "select * from ledger_entry where stream = ? and sequence >= ? and sequence < ? order by sequence",
            (stream, block["first_sequence"], last),
        )
    ]
    if len(leaves) != block["entry_count"]:
        findings.append(f"{told} has {len(leaves)} of its {block['entry_count']} entries")
    elif root(leaves) != bytes(block["root"]) or b"".join(leaves) != bytes(block["leaves"]):
        findings.append(f"{told} has an entry that was changed")


def leaf(stream, row):
    body = b"\1" + text_of(stream) + struct.pack(">Qq", row["sequence"], row["time"])
    return digest("leaf", body + text_of(row["kind"]) + text_of(row["subject"]) + text_of(bytes(row["payload"])))


def copied(payload):
    """Version and SHA-256 of a custody payload."""
    version, at, found = struct.unpack_from(">q", payload, 1)[0], 18, None
    for _ in range(payload[17]):
        name, at = field(payload, at)
        value, at = field(payload, at)
        if name == b"SHA256":
            found = value.hex()
    return version, found


def field(payload, at):
    length = struct.unpack_from(">I", payload, at)[0]
    return payload[at + 4 : at + 4 + length], at + 4 + length


def events(database, journal, drained, findings):
    """One entry for each completed transfer and none more: both are written in one transaction."""
    told = Counter()
    for row in database.execute("select subject, payload from ledger_entry where stream = 'custody' and kind = 'copied'"):
        told[(row["subject"], *copied(bytes(row["payload"])))] += 1
    done = Counter()
    for row in database.execute(
        """
        select t.file_id, t.version, coalesce(v.sha256, f.sha256) as sha256
        from transfer t join file f on f.id = t.file_id
        left join file_version v on v.file_id = t.file_id and v.version = t.version
        where t.status = 'completed'
        """
    ):
        done[(row["file_id"], row["version"], row["sha256"])] += 1
    for key in done.keys() | told.keys():
        if done[key] != told[key]:
            findings.append(
                f"K6 file {key[0]} version {key[1]}: {done[key]} completed transfers, {told[key]} entries in the ledger"
            )
    names = dict(database.execute("select id, persistent_id from file").fetchall())
    copied_once = {(names.get(file), sha256) for file, _, sha256 in told}
    for line in journal:
        if line["kind"] == "file" and (line["ark"], line["sha256"]) not in copied_once:
            findings.append(f"K3 {line['path']} was acknowledged, and no entry of the ledger says so")
    pending = database.execute("select count(*) from ledger_entry where sequence is null").fetchone()[0]
    if drained and pending:
        findings.append(f"K3 {pending} entries were never sealed")
