# SPDX-License-Identifier: Apache-2.0
"""Rules K1, K2, K4, K6, K8, ARK and LOST: tables, stores and journal have to tell one story."""

import os
from collections import Counter
from pathlib import Path

import digests
import requests

STAGING = ".entrepot-staging"
MARKER = ".entrepot-location"
JOB_STATES = {"pending", "queued", "running", "paused", "completed", "failed", "cancelled", "stopped"}
FINAL = {"completed", "failed", "cancelled", "stopped"}


def audit(database, journal, options, findings):
    copies = completed(database)
    bases = stores(database)
    xxhashes = digests.xxh64_of_files([copy["place"] for copy in copies])
    for copy in copies:
        check_copy(copy, xxhashes.get(copy["place"]), findings)
    unaccounted(bases, {copy["place"] for copy in copies}, findings)
    names(database, journal, findings)
    jobs(database, options.drained, findings)
    handed_back(database, journal, findings)
    originals(journal, options.drained, [copy for copy in copies if copy["sound"]], findings)
    files = database.execute("select count(*) from file").fetchone()[0]
    return [f"{files} files", f"{len(copies)} copies", f"{len(bases)} stores"]


def stores(database):
    rows = database.execute("select base_path from storage_location where type = 'posix'")
    return {Path(row["base_path"]) for row in rows}


def completed(database):
    """Each completed transfer with what the catalogue says of the version that it brought."""
    rows = database.execute(
        """
        select t.id, t.file_id, t.version, t.destination_path, t.bytes_transferred, t.checksum_verified,
               t.source_checksum, t.dest_checksum, s.base_path, i.cifs_base_path as folder, f.source_path,
               coalesce(v.size_bytes, f.size_bytes) as size,
               coalesce(v.sha256, f.sha256) as sha256, coalesce(v.xxhash, f.xxhash) as xxhash
        from transfer t
        join file f on f.id = t.file_id
        join storage_location s on s.id = t.storage_location_id
        left join instrument i on i.id = f.instrument_id
        left join file_version v on v.file_id = t.file_id and v.version = t.version
        where t.status = 'completed'
        """
    )
    return [dict(row, place=at(row["base_path"], row["destination_path"]), sound=False) for row in rows]


def at(base, path):
    """Where a path of the catalogue is: U+EF80 to U+EFFF there stand for single bytes that are no UTF-8."""
    raw = (chr(ord(c) - 0xEF00 + 0xDC00) if "\uef80" <= c <= "\uefff" else c for c in path)
    return Path(base, os.fsdecode(os.fsencode("".join(raw))))


def check_copy(copy, xxhash, findings):
    place, told = copy["place"], f"transfer {copy['id']}: {copy['place']}"
    if not place.is_file() or place.is_symlink():
        findings.append(f"K1 {told} is missing")
        return
    if place.stat().st_size != copy["size"]:
        findings.append(f"K1 {told} has {place.stat().st_size} bytes, catalogued are {copy['size']}")
        return
    if digests.sha256(place) != copy["sha256"] or xxhash not in (None, copy["xxhash"]):
        findings.append(f"K1 {told} has other content than catalogued")
        return
    if not (copy["checksum_verified"] and copy["source_checksum"] == copy["dest_checksum"]):
        findings.append(f"K1 {told} is called completed without having been verified")
        return
    copy["sound"] = True


def unaccounted(bases, places, findings):
    for base in bases:
        for folder, folders, files in os.walk(base):
            if Path(folder) == base and STAGING in folders:
                folders.remove(STAGING)
                left = [name for _, _, names in os.walk(base / STAGING) for name in names]
                if left:
                    findings.append(f"K8 {len(left)} files left in {base / STAGING}, such as {left[0]}")
            for name in files:
                if Path(folder, name) not in places and Path(folder, name) != base / MARKER:
                    findings.append(f"K2 {Path(folder, name)} is under a final name, but not in the catalogue")


def names(database, journal, findings):
    arks = [(row["persistent_id"], row["source_path"]) for row in database.execute("select * from file")]
    for ark, count in Counter(ark for ark, _ in arks).items():
        if count > 1:
            findings.append(f"ARK {ark} stands for {count} files")
        if not digests.ark_is_sound(ark):
            findings.append(f"ARK {ark} has a wrong check character")
    known = set(arks)
    for line in journal:
        if line["kind"] == "file" and (line["ark"], line["path"]) not in known:
            findings.append(f"ARK {line['ark']} was given out for {line['path']} and is not there any more")


def jobs(database, drained, findings):
    for job in database.execute("select id, state, finished_at from job"):
        if job["state"] not in JOB_STATES:
            findings.append(f"K6 job {job['id']} is in no known state: {job['state']}")
        elif (job["state"] in FINAL) != (job["finished_at"] is not None):
            findings.append(f"K6 job {job['id']} is {job['state']}, and its end is {job['finished_at']}")
        elif drained and job["state"] not in FINAL:
            findings.append(f"K6 job {job['id']} is still {job['state']}")
    for lock in database.execute(
        "select lock_key from job_lock where job_id in (select id from job where finished_at is not null)"
    ):
        findings.append(f"K6 {lock['lock_key']} is locked by a job that is over")


def handed_back(database, journal, findings):
    """A start that comes to no end counts; one that is handed back before its server ends does not."""
    starts = {row["id"]: row["starts"] for row in database.execute("select id, starts from job")}
    for line in journal:
        if line["kind"] == "stopped":
            count = starts.get(requests.entity(line["run"]), 0)
            if count != 1:
                findings.append(f"K6 run {line['run']} has {count} starts: it was not handed back by a server that stopped")


def originals(journal, drained, sound, findings):
    """Each as itself: the copy of a file with the same content, as all empty ones have, does not stand in for it."""
    kept = {(copy["folder"], copy["source_path"], copy["sha256"]) for copy in sound}
    # What the driver itself overwrote later need never have been seen by anybody.
    last = {(line["folder"], line["path"]): line["sha256"] for line in journal if line["kind"] == "source"}
    refused = {(line["folder"], line["path"]) for line in journal if line["kind"] == "refused"}
    for (folder, path), sha256 in last.items():
        if (folder, path, sha256) in kept:
            continue
        place = at(folder, path)
        if not place.is_file() or digests.sha256(place) != sha256:
            findings.append(f"K4 {path} is gone from {folder}, and no verified copy of it exists")
        elif drained and (folder, path) not in refused:
            findings.append(f"LOST {path} was never harvested from {folder}")
