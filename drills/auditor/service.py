# SPDX-License-Identifier: Apache-2.0
"""Rule K8 where it is about time and room: ready soon after a start, and no more files open than at first."""

LATEST_READY_MILLIS = 10_000
MORE_OPEN_FILES = 1.05


def audit(journal, findings):
    first = {}
    for line in journal:
        if line["kind"] == "ready" and line["millis"] * (1 - line["others"]) > LATEST_READY_MILLIS:
            others = f"while others took {line['others']:.0%} of the machine"
            findings.append(f"K8 a server was ready only {line['millis']} ms after its start, {others}")
        elif line["kind"] == "open-files":
            before = first.setdefault(line["server"], line["count"])
            if line["count"] > before * MORE_OPEN_FILES:
                findings.append(f"K8 an idle server had {before} files open, and later {line['count']}")
