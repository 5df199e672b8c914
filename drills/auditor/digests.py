# SPDX-License-Identifier: Apache-2.0
"""XXH64 from its published description, and the check character of ARK names from NOID's."""

import hashlib
import os
import shutil
import subprocess

_P1, _P2, _P3, _P4, _P5 = (
    0x9E3779B185EBCA87,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0x85EBCA77C2B2AE63,
    0x27D4EB2F165667C5,
)
_MASK = (1 << 64) - 1
_SLOW_ABOVE = 1 << 18
_QUICK = 256
_AT_ONCE = 200
_BETANUMERIC = "0123456789bcdfghjkmnpqrstvwxz"


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def xxh64_of_files(paths):
    """Sixteen hex digits by path; without those that are missing, or large where xxhsum is not installed."""
    program = shutil.which("xxhsum")
    told, large = {}, []
    for path in paths:
        if path.is_symlink() or not path.is_file():
            continue
        size = path.stat().st_size
        if size <= (_SLOW_ABOVE if program is None else _QUICK):
            told[path] = xxh64(path.read_bytes())
        elif program:
            large.append(path)
    for at in range(0, len(large), _AT_ONCE):
        told.update(_ask_xxhsum(large[at : at + _AT_ONCE]))
    return told


def _ask_xxhsum(paths):
    """It answers in the order of the arguments, a line each; names with odd characters begin with a backslash."""
    answer = subprocess.run(["xxhsum", "-H64", *map(os.fsencode, paths)], capture_output=True, check=True)
    lines = answer.stdout.splitlines()
    if len(lines) != len(paths):
        raise ValueError(f"xxhsum answered {len(lines)} lines for {len(paths)} files")
    return {path: line.lstrip(b"\\")[:16].decode() for path, line in zip(paths, lines)}


def xxh64(data):
    if len(data) >= 32:
        lanes = [(_P1 + _P2) & _MASK, _P2, 0, -_P1 & _MASK]
        for start in range(0, len(data) // 32 * 32, 32):
            for i in range(4):
                lanes[i] = _round(lanes[i], _int(data, start + 8 * i, 8))
        total = sum(_rotate(lane, by) for lane, by in zip(lanes, (1, 7, 12, 18))) & _MASK
        for lane in lanes:
            total = ((total ^ _round(0, lane)) * _P1 + _P4) & _MASK
    else:
        total = _P5
    return f"{_finish(_tail((total + len(data)) & _MASK, data)):016x}"


def _tail(total, data):
    at = len(data) // 32 * 32
    while at + 8 <= len(data):
        total = (_rotate(total ^ _round(0, _int(data, at, 8)), 27) * _P1 + _P4) & _MASK
        at += 8
    if at + 4 <= len(data):
        total = (_rotate(total ^ (_int(data, at, 4) * _P1 & _MASK), 23) * _P2 + _P3) & _MASK
        at += 4
    for byte in data[at:]:
        total = _rotate(total ^ (byte * _P5 & _MASK), 11) * _P1 & _MASK
    return total


def _finish(total):
    total = (total ^ total >> 33) * _P2 & _MASK
    total = (total ^ total >> 29) * _P3 & _MASK
    return total ^ total >> 32


def _round(lane, value):
    return _rotate((lane + value * _P2) & _MASK, 31) * _P1 & _MASK


def _rotate(value, by):
    return (value << by | value >> (64 - by)) & _MASK


def _int(data, at, length):
    return int.from_bytes(data[at : at + length], "little")


def ark_is_sound(ark):
    """Whether the last character is the check character of what stands before it."""
    if not ark.startswith("ark:/"):
        return False
    name = ark.removeprefix("ark:/")
    total = sum(max(0, _BETANUMERIC.find(c)) * at for at, c in enumerate(name[:-1], 1))
    return name[-1:] == _BETANUMERIC[total % len(_BETANUMERIC)]
