"""Loads the three files that hicm writes, as its users do: with DuckDB and pandas, with the shipped column lists and by inference.

    HICM_BIN    the program (default: target/release/hicm)
"""

import json
import os
import pathlib
import re
import shutil
import subprocess

import duckdb
import pandas
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("HICM_BIN", ROOT / "target" / "release" / "hicm"))
FILES = ["records", "documents", "audit"]

# The line that first uses fields and lists which are empty in all lines before it. DuckDB guesses types from 20,480 lines.
LATE = 60_000
LATE_ROWS = LATE + 10
LATE_CELLS = {"risks": "Staff turnover", "resources": "Two trainers", "rag": "Amber"}


def convert(sources, output):
    """Runs the program; a document that fails gives status 1 and its line in documents.jsonl."""
    run = subprocess.run([BINARY, "convert", *sources, "-o", output, "-q"], capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    assert run.stdout == ""
    return output


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def columns(name):
    return json.loads((ROOT / "schema" / f"duckdb.{name}.json").read_text(encoding="utf-8"))


def with_columns(folder, name):
    return duckdb.read_json(str(folder / f"{name}.jsonl"), columns=columns(name), format="newline_delimited")


def inferred(folder, name):
    return duckdb.read_json(str(folder / f"{name}.jsonl"), format="newline_delimited", sample_size=-1)


def with_pandas(folder, name):
    # Without dtype=False pandas turns texts such as "2015" into numbers; without precise_float 0.955 is not quite that.
    return pandas.read_json(folder / f"{name}.jsonl", lines=True, dtype=False, precise_float=True)


def as_read(relation):
    """The rows of a relation as JSON values."""
    return [json.loads(text) for (text,) in duckdb.sql("SELECT to_json(relation) FROM relation").fetchall()]


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory):
    sources = [ROOT / "fixtures"]
    assert sources
    return convert(sources, tmp_path_factory.mktemp("fixtures"))


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """A plan whose line 60,000 first names risks, resources, a rating and a cost."""
    folder = tmp_path_factory.mktemp("late")
    header = ["Ref", "Change", "Actions", "Lead", "When by", "Risks", "Resources", "RAG", "Cost"]
    rows = [
        [str(n), "Trusted assessors" if n == 1 else "", f"Train the manager of care home {n} as an assessor", "Ann Lee", "March 2018"]
        + ([*LATE_CELLS.values(), "£10"] if n == LATE else [""] * 4)
        for n in range(1, LATE_ROWS + 1)
    ]
    plan = folder / "plan.txt"
    plan.write_text("".join("\t".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")
    return convert([plan], folder / "out")


@pytest.mark.parametrize("name", FILES)
def test_every_line_reads_back_as_written_with_the_column_list(fixtures, name):
    written = lines(fixtures / f"{name}.jsonl")
    assert written
    assert as_read(with_columns(fixtures, name)) == written


@pytest.mark.parametrize("name", FILES)
def test_the_column_list_has_every_key_and_no_other(fixtures, name):
    for line in lines(fixtures / f"{name}.jsonl"):
        assert list(line) == list(columns(name))


@pytest.mark.parametrize("name", FILES)
def test_duckdb_reads_every_line_by_inference(fixtures, name):
    relation = inferred(fixtures, name)
    assert relation.columns == list(columns(name))
    assert len(relation.fetchall()) == len(lines(fixtures / f"{name}.jsonl"))


@pytest.mark.parametrize("name", FILES)
def test_pandas_reads_every_line(fixtures, name):
    written = lines(fixtures / f"{name}.jsonl")
    frame = with_pandas(fixtures, name)
    assert list(frame.columns) == list(columns(name))
    for key in frame.columns:
        values = frame[key].tolist()
        # A null becomes NaN where pandas holds the column as texts or numbers.
        assert [None if value is None or value != value else value for value in values] == [line[key] for line in written]


def test_the_files_join(fixtures):
    records, documents, audit = (with_columns(fixtures, name) for name in FILES)
    counted = "SELECT document.id, count(*) FROM records GROUP BY ALL ORDER BY ALL"
    stated = "SELECT document.id, items FROM documents WHERE items > 0 ORDER BY ALL"
    assert duckdb.sql(counted).fetchall() == duckdb.sql(stated).fetchall()
    orphans = "SELECT record FROM audit WHERE record IS NOT NULL AND record NOT IN (SELECT id FROM records)"
    assert duckdb.sql(orphans).fetchall() == []
    unread = "SELECT id FROM records WHERE id NOT IN (SELECT record FROM audit WHERE record IS NOT NULL)"
    assert duckdb.sql(unread).fetchall() == []


def test_nested_values_are_typed_with_the_column_list(fixtures):
    records = with_columns(fixtures, "records")
    written = lines(fixtures / "records.jsonl")
    changes = duckdb.sql("SELECT id, c.number, c.confidence FROM (SELECT id, unnest(changes) AS c FROM records)").fetchall()
    assert changes == [(line["id"], c["number"], c["confidence"]) for line in written for c in line["changes"]]
    due = duckdb.sql("SELECT d.edtf FROM (SELECT unnest(normalised.due) AS d FROM records)").fetchall()
    assert due == [(d["edtf"],) for line in written for d in line["normalised"]["due"]]
    assert any(edtf for (edtf,) in due)


def test_what_the_readme_shows_runs(fixtures, tmp_path, monkeypatch):
    shutil.copytree(fixtures, tmp_path / "out")
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL) if "spark." not in block]
    assert len(blocks) == 2
    found = {}
    for block in blocks:
        exec(block, found)
    assert duckdb.sql("SELECT count(*) FROM 'records.parquet'").fetchall() == [(len(found["records"]),)]
    assert found["due"].fetchall()
    assert len(found["fields"]) == len(found["records"])


def test_a_field_first_used_at_line_60000_is_there_with_the_column_list(late):
    records = with_columns(late, "records")
    assert len(records) == LATE_ROWS
    found = duckdb.sql(
        "SELECT row_number() OVER (), fields.risks, fields.resources, fields.rag, normalised.rag.value, extra[1].text FROM records"
    ).fetchall()[LATE - 1]
    assert found == (LATE, *LATE_CELLS.values(), "amber", "£10")


def test_a_field_first_used_at_line_60000_is_there_by_inference_over_the_whole_file(late):
    records = inferred(late, "records")
    assert len(records) == LATE_ROWS
    found = duckdb.sql("SELECT fields.risks, fields.resources, normalised.rag.value FROM records WHERE fields.risks IS NOT NULL")
    assert found.fetchall() == [("Staff turnover", "Two trainers", "amber")]


def test_a_field_first_used_at_line_60000_does_not_stop_inference_from_a_sample(late):
    # The rows all load. What was null throughout the sample stays null, which is why README.md says to read the whole file.
    records = duckdb.read_json(str(late / "records.jsonl"))
    assert len(records) == LATE_ROWS


def test_a_field_first_used_at_line_60000_is_there_in_pandas(late):
    frame = with_pandas(late, "records")
    assert len(frame) == LATE_ROWS
    fields = pandas.json_normalize(frame["fields"])
    assert fields["risks"].notna().sum() == 1
    assert {key: fields.loc[LATE - 1, key] for key in LATE_CELLS} == LATE_CELLS
    assert fields["lead"].eq("Ann Lee").all()
