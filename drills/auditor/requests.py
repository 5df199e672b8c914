# SPDX-License-Identifier: Apache-2.0
"""Rule K6 for requests: what was answered ok is there, what was refused has no effect, the rest may be either."""

from collections import Counter

# What the server does by itself belongs to nobody, as a run for a file that is to be tried again.
NOBODY = "0" * 24

# What a request makes, as rows of a table.
MAKES = {
    "/api/storage-locations": "select id from storage_location",
    "/api/service-accounts": "select id from service_account",
    "/api/instruments": "select id from instrument",
    "/api/schedules": "select id from schedule where kind = 'harvest'",
    "/api/groups": "select id from team where kind = 'group'",
    "/api/notification-configs": None,
    "/api/schedules/*/trigger": "select id from job where kind = 'harvest' and scheduled_for is null and retry_of is null"
    f" and owner <> '{NOBODY}'",
}


def audit(database, journal, findings):
    asked = {line["request"]: what(line) for line in journal if line["kind"] == "asked"}
    answers = {line["request"]: line for line in journal if line["kind"] == "answered"}
    outcomes = {number: answers[number]["outcome"] if number in answers else "unknown" for number in asked}
    if asked:
        for made, select in MAKES.items():
            numbers = [number for number, kind in asked.items() if kind == made]
            if select:
                judge(database, made, select, numbers, outcomes, answers, findings)
    count = Counter(outcomes.values())
    return [f"{len(asked)} changes asked for ({count['refused']} refused, {count['unknown']} unknown)"]


def judge(database, made, select, numbers, outcomes, answers, findings):
    there = {row["id"] for row in database.execute(select)}
    told = {entity(answers[number]["made"]) for number in numbers if outcomes[number] == "ok"}
    for missing in told - there:
        findings.append(f"K6 POST {made} was answered with {missing}, which is not there")
    unknown = sum(outcomes[number] == "unknown" for number in numbers)
    more = there - told
    if len(more) > unknown:
        findings.append(
            f"K6 POST {made} made {len(more)} that nobody was told of, but only {unknown} requests had no answer:"
            f" a refused one had an effect, or one had two ({min(more)})"
        )


def what(line):
    """The path of a request that makes something, with ids left out."""
    if line["method"] != "POST":
        return None
    parts = line["path"].split("?")[0].rstrip("/").split("/")
    if len(parts) == 5 and parts[2] == "schedules":
        parts[3] = "*"
    return "/".join(parts)


def entity(shown):
    """The id within the UUID that is shown for it: version, variant and the zeros at the end fall out."""
    digits = shown.replace("-", "")
    if len(digits) != 32:
        return shown
    rest = int(digits[16:], 16) & ((1 << 62) - 1)
    return digits[:12] + digits[13:16] + f"{rest >> 26:09x}"
