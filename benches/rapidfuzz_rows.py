"""Times rapidfuzz on the texts and names of the bench `matching/rank`: each text against every name and alias of the eight.

usage: python benches/rapidfuzz_rows.py     (in the repository's root; needs the package rapidfuzz)
Prints texts a second of processor time on one core, best of three runs, and how often the best name's change is right: for three
scorers, text by text (`extractOne`) and all at once where numpy is installed (`cdist`).
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


def one_by_one(rows, choices, scorer):
    return [process.extractOne(text, choices, scorer=scorer, processor=utils.default_process)[2] for text in rows]


def all_at_once(rows, choices, scorer):
    rows = [utils.default_process(text) for text in rows]
    return process.cdist(rows, choices, scorer=scorer, workers=1).argmax(axis=1)


def main():
    labelled, known = texts(), names()
    rows, choices = [text for _, text in labelled], [name for name, _ in known]
    ways = [one_by_one]
    try:
        import numpy  # noqa: F401
        ways.append(all_at_once)
    except ImportError:
        pass
    for scorer in (fuzz.ratio, fuzz.token_set_ratio, fuzz.WRatio):
        for way in ways:
            seconds = []
            for _ in range(3):
                start = time.process_time()
                best = way(rows, choices, scorer)
                seconds.append(time.process_time() - start)
            right = sum(known[at][1] == int(label) for at, (label, _) in zip(best, labelled)) / len(rows)
            rate = len(rows) / min(seconds)
            print(f"{scorer.__name__}, {way.__name__}: {rate:,.0f} texts a second against {len(choices)} names, right {right:.3f}")


main()
