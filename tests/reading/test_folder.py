"""A folder's files: which they are, in which order, and that what can't be read is a result like any other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dlmatch.errors import DlmatchError, UsageError
from dlmatch.model.document import Document
from dlmatch.reading import folder
from dlmatch.reading.folder import Found, files_in, read_all


def write(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Python in {name}", encoding="utf-8")
    return root


def names(found: tuple[Found, ...]) -> list[str]:
    return [file.name for file in found]


def test_files_of_all_depths_by_name(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.txt", "a/deep/er.txt", "B.txt", "ü.txt")
    assert names(files_in(tmp_path)) == ["B.txt", "a/deep/er.txt", "a/z.txt", "b.txt", "ü.txt"]


def test_what_systems_leave_is_no_document(tmp_path: Path) -> None:
    write(tmp_path, ".DS_Store", ".git/config", "~$cv.docx", "cv.txt")
    assert names(files_in(tmp_path)) == ["cv.txt"]


def test_files_left_out_are_known_by_where_they_are(tmp_path: Path) -> None:
    write(tmp_path, "ad.txt", "cv.txt")
    assert names(files_in(tmp_path, (tmp_path / "." / "ad.txt", tmp_path / "not there"))) == ["cv.txt"]


def test_a_link_to_a_folder_is_not_followed_and_one_to_nothing_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "a/cv.txt")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    assert names(files_in(tmp_path)) == ["a/cv.txt", "gone.txt"]


@pytest.mark.parametrize(
    ("name", "said"), [("nowhere", "no such folder"), ("cv.txt", "a file, not a folder"), ("bare", "no document in this folder")]
)
def test_no_folder_to_read(name: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, "cv.txt")
    (tmp_path / "bare").mkdir()
    with pytest.raises(UsageError, match=said):
        files_in(tmp_path / name)


def test_a_folder_that_can_not_be_listed_is_a_file_that_can_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "cv.txt", "shut/cv.txt")
    listed = os.listdir

    def listing(path: Path) -> list[str]:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", listing)
    found = files_in(tmp_path)
    assert names(found) == ["cv.txt", "shut/"]
    _, error = list(read_all(found))[1]
    assert isinstance(error, DlmatchError)
    assert "Permission denied" in str(error)


def test_results_come_in_order_and_a_fault_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, *(f"{number:02}.txt" for number in range(30)))
    (tmp_path / "07.txt").write_bytes(b"")
    real = folder.read

    def failing(path: Path, *, name: str) -> Document:
        if name == "11.txt":
            raise ZeroDivisionError
        return real(path, name=name)

    monkeypatch.setattr(folder, "read", failing)
    found = list(read_all(files_in(tmp_path)))
    assert [file.name for file, _ in found] == [f"{number:02}.txt" for number in range(30)]
    assert {file.name: type(result).__name__ for file, result in found if isinstance(result, Exception)} == {
        "07.txt": "EmptyDocument",
        "11.txt": "ZeroDivisionError",
    }
