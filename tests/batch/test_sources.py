"""Every kind of SOURCE gives its inputs in a fixed order; what is wrong with one of them stays with that one."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from dlmatch.batch.items import Item, Spoilt, Walk
from dlmatch.batch.sources import find_source
from dlmatch.batch.tables import Columns
from dlmatch.errors import DlmatchError, UsageError


def ids(given: str, columns: Columns | None = None, **options: Any) -> list[str]:
    return [item.id for item in find_source(given, columns or Columns(), **options).items()]


def test_a_folder_is_walked_in_order_without_hidden_files_and_without_the_output(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.pdf", "a/=1.txt", "c/d/e.docx", ".git/x.txt", "a/.DS_Store", "~$open.docx", "out.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert ids(str(tmp_path), without=(tmp_path / "out.csv",)) == ["a/=1.txt", "a/z.pdf", "b.txt", "c/d/e.docx"]


def test_a_link_to_a_folder_is_not_followed_and_a_broken_link_is_an_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    assert ids(str(tmp_path)) == ["a.txt", "gone.pdf"]


def test_a_link_to_itself_is_an_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert ids(str(tmp_path)) == ["a.txt", "self"]


def test_the_output_is_left_out_under_another_name_too(tmp_path: Path) -> None:
    for name in ("a.txt", "out.csv", "sub/out.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "out.csv")
    assert ids(str(tmp_path), without=(tmp_path / "out.csv",)) == ["a.txt", "sub/out.csv"]


def test_names_that_are_no_unicode_stay_apart(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text("x")
    assert len(set(ids(str(tmp_path)))) == 2


def test_a_pattern(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.pdf", "d/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [Path(id).name for id in ids(f"{tmp_path}/*.txt")] == ["a.txt", "b.txt"]
    assert [Path(id).name for id in ids(f"{tmp_path}/**/*.txt")] == ["a.txt", "b.txt", "e.txt"]


@pytest.mark.parametrize(("name", "given"), [("list.txt", "list.txt"), ("names", "@names")], ids=["by ending", "by @"])
def test_a_list_keeps_its_own_order_and_names_paths_beside_it(tmp_path: Path, name: str, given: str) -> None:
    (tmp_path / name).write_text("# mine\nz.pdf\n\nsub/a.txt\nz.pdf\n")
    where = f"@{tmp_path}/{given[1:]}" if given.startswith("@") else f"{tmp_path}/{given}"
    source = find_source(where, Columns())
    assert [(item.id, Path(item.path or "").parent == tmp_path) for item in source.items()] == [
        ("z.pdf", True), ("sub/a.txt", False), ("z.pdf", True),
    ]  # fmt: skip


CSV = [
    ("commas", "id,title,description\n7,ML Engineer,PyTorch\n", [("7", "ML Engineer", "PyTorch")]),
    ("semicolons, as Excel writes them in Europe", "ID;Job Title;Job-Description\n7;ML;PyTorch\n", [("7", "ML", "PyTorch")]),
    ("tabs", "text\tid\nPyTorch\tx\n", [("x", "", "PyTorch")]),
    ("a byte order mark", "\ufeffdescription\nPyTorch\n", [("1", "", "PyTorch")]),
    ("line ends inside quotes", 'description,id\n"a\nb",1\nc,2\n', [("1", "", "a\nb"), ("2", "", "c")]),
    ("too few fields", "id,description\n1\n2,x\n", [("1", "", None), ("2", "", "x")]),
    ("too many fields", "id,description\n1,x,y,z\n", [("1", "", "x")]),
    ("an empty text", "id,description\n1,\n", [("1", "", "")]),
    ("no ids: rows are numbered", "resume_text\na\nb\n", [("1", "", "a"), ("2", "", "b")]),
    ("empty lines are no rows", "text\n\na\n\n", [("1", "", "a")]),
    ("a null byte", "text\na\0b\n", [("1", "", "a\0b")]),
]


@pytest.mark.parametrize(("content", "wanted"), [row[1:] for row in CSV], ids=[row[0] for row in CSV])
def test_csv(tmp_path: Path, content: str, wanted: list[tuple[str, str, str | None]]) -> None:
    (tmp_path / "t.csv").write_bytes(content.encode())
    source = find_source(f"{tmp_path}/t.csv", Columns())
    assert [(item.id, item.title, item.text) for item in source.items()] == wanted
    assert source.listed()[0] == len(wanted)


def test_csv_in_utf_16(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("text\nZürich\n".encode("utf-16"))
    assert [item.text for item in find_source(f"{tmp_path}/t.csv", Columns()).items()] == ["Zürich"]


JSONL = [
    ("objects", '{"id": 7, "description": "PyTorch"}\n', [("7", "PyTorch", None)]),
    ("empty lines are no rows", '\n{"text": "a"}\n\n', [("1", "a", None)]),
    ("a broken line is an input of its own", '{"text": "a"}\n{"text": \n{"text": "b"}\n', [("1", "a", None), ("2", None, "damaged-document"), ("3", "b", None)]),
    ("a line that is no object", '{"text": "a"}\n[1]\n', [("1", "a", None), ("2", None, "damaged-document")]),
    ("nested too deep", '{"text": "a"}\n' + "[" * 100_000 + "\n", [("1", "a", None), ("2", None, "damaged-document")]),
    ("null and missing", '{"text": null, "id": "x"}\n{"id": "y"}\n', [("x", None, None), ("y", None, None)]),
    ("a list of paragraphs", '{"text": ["a", "b"]}\n', [("1", "a, b", None)]),
    ("a very long number", '{"text": "a", "id": ' + "9" * 10_000 + "}\n", [("9" * 10_000, "a", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "wanted"), [row[1:] for row in JSONL], ids=[row[0] for row in JSONL])
def test_jsonl(tmp_path: Path, content: str, wanted: list[Any]) -> None:
    (tmp_path / "t.jsonl").write_text(content)
    source = find_source(f"{tmp_path}/t.jsonl", Columns())
    assert [(item.id, item.text, item.spoilt and item.spoilt.slug) for item in source.items()] == wanted
    assert source.listed()[0] == len(wanted)


def parquet(path: Path, **columns: Any) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    pq.write_table(pa.table(columns), path)


def test_parquet_and_a_folder_of_parts(tmp_path: Path) -> None:
    parquet(tmp_path / "part-1.parquet", description=["c", None], job_id=[3.0, None], location=["Austin, TX", None])
    parquet(tmp_path / "part-0.parquet", description=["a", "b"], job_id=[1.0, 2.0], location=[None, None])
    (tmp_path / "_SUCCESS").write_text("")
    source = find_source(str(tmp_path), Columns())
    assert [(item.id, item.text, item.location) for item in source.items()] == [
        ("1", "a", ""), ("2", "b", ""), ("3", "c", "Austin, TX"), ("4", None, ""),
    ]  # fmt: skip
    assert source.listed()[0] == 4


def test_named_columns_win(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("description,body,ref\na,b,c\n")
    (item,) = find_source(f"{tmp_path}/t.csv", Columns(text="body", id="ref")).items()
    assert (item.text, item.id) == ("b", "c")


WRONG = [
    ("nothing there", None, "missing", Columns(), "It is not there."),
    ("an empty folder", "dir", "", Columns(), "There is nothing in it to read."),
    ("one document", "a.pdf", "a.pdf", Columns(), "It is one file."),
    ("no column of texts", "t.csv", "t.csv", Columns(), "No column is named like a text."),
    ("a column that is not there", "t.csv", "t.csv", Columns(text="body"), "There is no column 'body'."),
    ("columns of a folder", "dir/a.txt", "dir", Columns(text="x"), "name columns of a table"),
    ("a pattern that fits nothing", None, "*.pdf", Columns(), "There is nothing in it to read."),
    ("no Parquet", "t.parquet", "t.parquet", Columns(), "It can't be opened as Parquet."),
]


@pytest.mark.parametrize(("made", "given", "columns", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_no_source(tmp_path: Path, made: str | None, given: str, columns: Columns, said: str) -> None:
    if made == "dir":
        (tmp_path / given).mkdir(exist_ok=True)
    elif made:
        if made.endswith(".parquet"):
            pytest.importorskip("pyarrow")
        (tmp_path / made).parent.mkdir(exist_ok=True)
        (tmp_path / made).write_text("a,b\n1,2\n")
    with pytest.raises(DlmatchError) as caught:
        find_source(f"{tmp_path}/{given}", columns)
    assert said in str(caught.value)


def test_the_digest_of_a_listing_changes_with_what_it_lists(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    before = find_source(str(tmp_path), Columns()).listed()
    assert find_source(str(tmp_path), Columns()).listed() == before
    (tmp_path / "b.txt").write_text("x")
    assert find_source(str(tmp_path), Columns()).listed() != before
    (tmp_path / "b.txt").unlink()
    (tmp_path / "a.txt").write_text("xy")
    assert find_source(str(tmp_path), Columns()).listed() != before


def test_the_state_of_a_table_changes_with_its_content(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text(json.dumps({"text": "a"}) + "\n")
    source = find_source(str(table), Columns())
    before, listed = source.state(), source.listed()
    times = table.stat()
    table.write_text(json.dumps({"text": "b"}) + "\n")
    os.utime(table, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert source.state() != before
    assert source.listed() == listed  # rows are told apart by their own digests


ITEMS = [
    Item(id="1", text="a"),
    Item(id="2", text="a"),
    Item(id="1", text="b"),
    Item(id="1", text=""),
    Item(id="1"),
    Item(id="1", text="a", name="n", title="n"),
    Item(id="1", text="a", title="n"),
    Item(id="1", text="a", location="n"),
    Item(id="1", name="n", text="\ud800"),
    Item(id="1", spoilt=Spoilt("damaged-document", "No.")),
]


def test_items_have_digests_of_all_that_they_hold() -> None:
    assert len({item.digest() for item in ITEMS}) == len(ITEMS)
    assert [pickle.loads(pickle.dumps(item)) for item in ITEMS] == ITEMS
    assert ITEMS[0].at(7).digest() == ITEMS[0].digest()


def test_a_walk_seals_what_was_taken() -> None:
    walk, again, other = Walk(iter(ITEMS)), Walk(iter(ITEMS)), Walk(iter(ITEMS[1:]))
    assert list(walk) == ITEMS
    assert [walk.sealed(3), walk.sealed(2)] == [again.skip(3), again.skip(2)]
    assert other.skip(3) != Walk(iter(ITEMS)).skip(3)
    assert Walk(iter(ITEMS[:2])).skip(3) != Walk(iter(ITEMS)).skip(3)


def test_a_folder_that_can_not_be_listed_is_an_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "z.txt").write_text("x")
    really = os.scandir

    def scandir(path: Any) -> Any:
        if os.fsdecode(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
    first, second = find_source(str(tmp_path), Columns()).items()
    assert (first.id, first.path, first.spoilt and first.spoilt.error().slug, second.id) == (
        "shut",
        None,
        UsageError.slug,
        "z.txt",
    )
