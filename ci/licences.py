"""Checks that every crate that the program may be built from has a licence on the list here.

The rules are those of deny.toml, which cargo-deny reads; this needs nothing but cargo and Python.
"""

import json
import re
import subprocess
import sys

# Permissive licences (SPDX identifiers).
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
}

# The CSS side of the HTML parser is under the MPL, whose terms end at the files of these crates; they are used unchanged.
EXCEPTIONS = {
    "cssparser": "MPL-2.0",
    "cssparser-macros": "MPL-2.0",
    "dtoa-short": "MPL-2.0",
    "selectors": "MPL-2.0",
}

TOKEN = re.compile(r"\(|\)|[A-Za-z0-9.+-]+")


def satisfied(expression, allowed):
    """Whether a licence expression (SPDX, or with "/" for OR as crates once wrote it) can be met with allowed licences."""
    tokens = TOKEN.findall(expression.replace("/", " OR "))
    position = 0

    def peek():
        return tokens[position] if position < len(tokens) else None

    def take():
        nonlocal position
        position += 1
        return tokens[position - 1]

    def single():
        if peek() == "(":
            take()
            inner = either()
            if peek() != ")":
                raise ValueError(expression)
            take()
            return inner
        name = take()
        if peek() == "WITH":
            take()
            name = f"{name} WITH {take()}"
        return name in allowed

    def both():
        met = single()
        while peek() == "AND":
            take()
            met = single() and met
        return met

    def either():
        met = both()
        while peek() == "OR":
            take()
            met = both() or met
        return met

    met = either()
    if peek() is not None:
        raise ValueError(expression)
    return met


def main():
    # Every dependency on every platform, those of tests and benches too.
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)["packages"]
    refused = []
    for package in packages:
        expression, name = package["license"], package["name"]
        allowed = ALLOWED | ({EXCEPTIONS[name]} if name in EXCEPTIONS else set())
        try:
            met = expression is not None and satisfied(expression, allowed)
        except (ValueError, IndexError):
            met = False
        if not met:
            refused.append(f"{name} {package['version']}: {expression or 'states no licence'}")
    for line in refused:
        print(f"not an allowed licence: {line}", file=sys.stderr)
    unused = sorted(EXCEPTIONS.keys() - {package["name"] for package in packages})
    for name in unused:
        print(f"an exception that no crate needs any more: {name}", file=sys.stderr)
    if not refused and not unused:
        print(f"{len(packages)} crates, all under allowed licences")
    return 1 if refused or unused else 0


if __name__ == "__main__":
    sys.exit(main())
