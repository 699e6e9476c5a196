"""score_frame and df.dlmatch: the same index, typed columns, a row for everything."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest

import dlmatch
from dlmatch import Engine, UsageError
from dlmatch.batch.scoring import row_of
from dlmatch.integrations.pandas_accessor import DlmatchAccessor
from dlmatch.showing.frame import DTYPES, frame_of
from dlmatch.showing.rows import COLUMNS, NAMES

AD = "Machine Learning Engineer\nAustin, Texas\n\nRequirements\n- 3+ years of experience with Python and PyTorch\n- SQL"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def plain(value: object) -> object:
    return value if isinstance(value, list) or not pd.isna(value) else None


# value, status, slug, why
VALUES = [
    (AD, "ok", None, "an ad"),
    (AD.encode(), "ok", None, "a file's bytes"),
    (None, "empty", "empty-document", "an object column's gap"),
    (float("nan"), "empty", "empty-document", "what pandas puts where a CSV has nothing"),
    (pd.NA, "empty", "empty-document", "the gap of nullable columns"),
    (pd.NaT, "empty", "empty-document", "the gap of a column of days"),
    ("", "empty", "empty-document", "an empty text"),
    (" \n\t\u200b", "empty", "empty-document", "not one letter"),
    ("\0" * 50, "empty", "empty-document", "zeros only"),
    (7.5, "failed", "wrong-use", "a number is no text"),
    ([AD], "failed", "wrong-use", "nor is a list"),
    ({}, "failed", "wrong-use", "nor a mapping"),
    (b"%PDF-1.7 broken", "failed", "damaged-document", "bytes that can't be opened"),
    ("\ud800 Python " * 9, "ok", None, "lone surrogates, as careless decoding leaves them"),
    ("Python and PyTorch. " * 120_000, "partial", None, "longer than a document may be"),
]


@pytest.mark.parametrize(("value", "status", "slug", "why"), VALUES)
def test_every_value_gives_a_row(engine: Engine, value: object, status: str, slug: str | None, why: str) -> None:
    df = pd.DataFrame({"description": pd.Series([value], index=["x"], dtype="object")})
    found = engine.score_frame(df)
    assert list(found.index) == ["x"]
    assert (found.status["x"], plain(found.slug["x"]), pd.isna(found.score["x"])) == (status, slug, slug is not None)


def test_columns_and_dtypes_are_those_declared_even_of_nothing(engine: Engine) -> None:
    for df in (pd.DataFrame({"description": []}), pd.DataFrame({"description": [None]}), pd.DataFrame({"description": [AD]})):
        found = engine.score_frame(df)
        assert tuple(found.columns) == NAMES
        assert [str(dtype) for dtype in found.dtypes] == [DTYPES[column.type] for column in COLUMNS]
        assert len(found) == len(df)


@pytest.mark.parametrize(
    ("index", "why"),
    [
        (pd.RangeIndex(5, 8), "does not begin at 0"),
        (pd.Index(["b", "a", "b"], name="ad"), "labels twice, with a name"),
        (pd.MultiIndex.from_tuples([(1, "x"), (1, "y"), (2, "x")], names=["n", "letter"]), "several levels"),
        (pd.DatetimeIndex(["2024-01-01", "2024-01-03", "2024-01-02"]), "days, not sorted"),
    ],
)
def test_the_index_stays(engine: Engine, index: pd.Index, why: str) -> None:
    df = pd.DataFrame({"description": [AD, None, AD + "\n- Docker"]}, index=index)
    found = engine.score_frame(df)
    pd.testing.assert_index_equal(found.index, df.index)
    assert found.status.tolist() == ["ok", "empty", "ok"]
    assert len(df.join(found, how="left")) >= 3


def test_rows_are_those_of_the_batch(engine: Engine) -> None:
    df = pd.DataFrame(
        {"n": [1.0, float("nan"), 3.0], "t": ["ML Engineer", None, ""], "at": ["Pune, India", "", None], "d": [AD, AD, ""]}
    )
    found = engine.score_frame(df, text="d", kind="job", title="t", location="at", id="n")
    expected = [
        row_of(engine, AD, kind="job", id="1", title="ML Engineer", location="Pune, India"),
        row_of(engine, AD, kind="job"),
        row_of(engine, "", kind="job", id="3"),
    ]
    assert [{name: plain(row[name]) for name in NAMES} for row in found.to_dict("records")] == expected
    assert found.city[0] == "Pune"
    assert found.country[1] == "US"


def test_without_an_id_it_is_the_label(engine: Engine) -> None:
    assert engine.score_frame(pd.DataFrame({"description": [AD, AD]}, index=[10, 20])).id.tolist() == ["10", "20"]


def test_the_frame_given_stays_as_it_is(engine: Engine) -> None:
    df = pd.DataFrame({"description": [AD, None]})
    before = df.copy(deep=True)
    engine.score_frame(df)
    pd.testing.assert_frame_equal(df, before)


@pytest.mark.parametrize("dtype", ["object", "string", "category", "str"])
def test_texts_of_every_dtype(engine: Engine, dtype: str) -> None:
    df = pd.DataFrame({"description": pd.Series([AD, None], dtype="object").astype(dtype)})
    assert engine.score_frame(df).status[0] == "ok"


def test_a_resume_and_a_guess(engine: Engine) -> None:
    df = pd.DataFrame(
        {
            "cv": [
                "Ann Example\nann@example.com\n\nExperience\n2019-01 to 2022-12  Engineer\n- Built models in PyTorch\n\nSkills\nPython"
            ]
        }
    )
    assert engine.score_frame(df, text="cv", kind="resume").kind.tolist() == ["resume"]
    guessed = engine.score_frame(df, text="cv", kind="auto")
    assert (guessed.kind[0], guessed.kind_sure[0]) == ("resume", "sure")


# arguments, words of the error, why
WRONG = [
    ({"text": "body"}, "no column 'body'", "a name that is not there"),
    ({"text": "twice"}, "2 columns are named 'twice'", "which of the two?"),
    ({"title": "head"}, "no column 'head'", "also for the title"),
    ({"kind": "cv"}, "'cv' is no kind", "resume, job or auto"),
]


@pytest.mark.parametrize(("arguments", "words", "why"), WRONG)
def test_wrong_use_is_one_sentence(engine: Engine, arguments: dict[str, str], words: str, why: str) -> None:
    df = pd.DataFrame([[AD, "", ""]], columns=["description", "twice", "twice"])
    with pytest.raises(UsageError, match=words):
        engine.score_frame(df, **arguments)  # type: ignore[arg-type]


def test_only_frames_are_taken(engine: Engine) -> None:
    with pytest.raises(UsageError, match="A list is no DataFrame"):
        engine.score_frame([AD])  # type: ignore[arg-type]


def test_the_accessor_is_the_same(engine: Engine) -> None:
    df = pd.DataFrame({"description": [AD, None], "t": ["ML Engineer", "x"]})
    assert isinstance(df.dlmatch, DlmatchAccessor)
    expected = engine.score_frame(df, title="t")
    pd.testing.assert_frame_equal(df.dlmatch.score(title="t"), expected)
    pd.testing.assert_frame_equal(df.dlmatch.score(title="t", engine=engine), expected)
    assert df.dlmatch.score(as_of="2020-02-02").as_of[0] == "2020-02-02"


def test_frame_of_rows_alone(engine: Engine) -> None:
    rows = [row_of(engine, AD, kind="job", id="1"), row_of(engine, None, kind="job", id="2")]
    found = frame_of(rows)
    assert found.id.tolist() == ["1", "2"]
    json.dumps(found.skills[0])  # a list of names, not an array


def test_pandas_is_loaded_for_frames_only() -> None:
    code = "import sys, dlmatch; dlmatch.Engine().job_text('Python'); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert dlmatch.__version__
