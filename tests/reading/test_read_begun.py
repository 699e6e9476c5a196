"""A reading that has begun: the same document or error as without, and nothing left where nobody asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made import docx, p, r

import dlmatch
from dlmatch.errors import DlmatchError, LimitExceeded
from dlmatch.reading import read, sandbox
from dlmatch.reading.read import Begun

SOURCE = str(Path(dlmatch.__file__).resolve().parent.parent)
FILES = {
    "cv.docx": docx(p(r("Python"))),
    "cv.html": b"<html><p>Python</p><p hidden>Rust</p></html>",
    "cv.txt": b"Python",
    "bad.docx": b"PK\x03\x04 word/document",
    "sheet.xlsx": b"PK\x03\x04 xl/workbook",
    "signs.txt": b"12 34",
    "empty.pdf": b"",
}


def outcome(source: str | Begun) -> str:
    try:
        return repr(read(source))
    except DlmatchError as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("name", FILES)
def test_it_gives_what_reading_gives(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert outcome(Begun(str(path))) == outcome(str(path))


@pytest.mark.parametrize("path", ["nowhere.pdf", ".", "\0"])
def test_a_path_that_is_no_file_is_refused_when_it_is_read(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert outcome(Begun(path)) == outcome(path)


def test_the_bytes_are_those_of_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "cv.html"
    path.write_bytes(FILES["cv.html"])
    begun = Begun(path, name="as named")
    path.unlink()
    first, second = read(begun), read(begun)
    assert (first.text, first.name) == ("Python", "as named")
    assert first == second


def test_its_worker_reads_the_next_file(tmp_path: Path) -> None:
    sandbox.end_workers()
    path = tmp_path / "cv.html"
    path.write_bytes(FILES["cv.html"])
    read(Begun(path))
    workers = [worker.process.pid for worker in sandbox._pool._idle]
    read(path)
    assert len(workers) == 1
    assert [worker.process.pid for worker in sandbox._pool._idle] == workers


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_worker_that_dies_is_a_typed_error(tmp_path: Path) -> None:
    path = tmp_path / "cv.docx"
    path.write_bytes(FILES["cv.docx"])
    begun = Begun(path)
    assert begun._asked is not None
    begun._asked._worker.process.kill()
    with pytest.raises(LimitExceeded, match=r"cv\.docx"):
        read(begun)
    assert read(path).text == "Python"


def script(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run in a fresh process."""
    head = "import os, time, warnings\nfrom dlmatch.reading.read import Begun, read\nwarnings.simplefilter('ignore')\n"
    environment = {**os.environ, "PYTHONPATH": SOURCE}
    return subprocess.run(
        [sys.executable, "-c", head + code], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
@pytest.mark.parametrize("ending", ["", "raise KeyboardInterrupt"])
def test_nothing_is_left_of_one_that_nobody_asked_for(ending: str, tmp_path: Path) -> None:
    slow = b"<html><style>" + b"a b c d e f p{color:red}" * 15_000 + b"</style>" + b"<div>" * 300 + b"<p>x</p>" * 30_000
    (tmp_path / "slow.html").write_bytes(slow)
    code = "begun = Begun('slow.html')\nprint(begun._asked._worker.process.pid, flush=True)\ntime.sleep(0.3)\n"
    ran = script(code + ending, tmp_path)
    assert ran.stderr.splitlines()[-1:] == (["KeyboardInterrupt"] if ending else [])
    assert not Path(f"/proc/{int(ran.stdout)}").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_leaves_it_to_its_parent(tmp_path: Path) -> None:
    (tmp_path / "cv.html").write_bytes(FILES["cv.html"])
    code = "begun = Begun('cv.html')\nif not os.fork():\n    raise SystemExit\nos.wait()\nprint(read(begun).text)\n"
    ran = script(code, tmp_path)
    assert (ran.stdout, ran.stderr) == ("Python\n", "")
