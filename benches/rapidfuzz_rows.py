"""Times rapidfuzz on the texts and names of the bench `matching/rank`: each text against every name and alias of the eight.

usage: python benches/rapidfuzz_rows.py     (in the repository's root; needs the package rapidfuzz)
Prints texts a second on one core for three scorers, best of three runs, and how often the best name's change is right.
"""
import json
import pathlib
import time

from rapidfuzz import fuzz, process, utils

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = 1_000


def texts():
    lines = [line.split("\t", 1) for line in (ROOT / "training/phrases.tsv").read_text().splitlines()]
    lines = [line for line in lines if len(line) == 2 and line[0].isdigit()]
    return lines[:: max(1, len(lines) // TEXTS)][:TEXTS]


def names():
    model = json.loads((ROOT / "schema/model.json").read_text())
    changes = [(name, change["number"]) for change in model["changes"] for name in [change["name"], *change["aliases"]]]
    outside = [(name, 0) for entry in model["outside"] for name in [entry["name"], *entry["aliases"]]]
    return [(utils.default_process(name), number) for name, number in changes + outside]


def main():
    rows, known = texts(), names()
    choices = [name for name, _ in known]
    for scorer in (fuzz.ratio, fuzz.token_set_ratio, fuzz.WRatio):
        best, right = None, 0
        for _ in range(3):
            start = time.perf_counter()
            found = [process.extractOne(text, choices, scorer=scorer, processor=utils.default_process) for _, text in rows]
            seconds = time.perf_counter() - start
            best = seconds if best is None else min(best, seconds)
            right = sum(known[hit[2]][1] == int(label) for hit, (label, _) in zip(found, rows))
        print(f"{scorer.__name__}: {len(rows) / best:,.0f} texts a second against {len(choices)} names, right {right / len(rows):.3f}")


main()
