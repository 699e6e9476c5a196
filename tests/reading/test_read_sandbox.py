"""The worker: killed in time, replaced, shared between threads, gone with its parent; the same text with it as without."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from made import docx, odt, p, r, rtf

import dlmatch
from dlmatch.errors import DamagedDocument, DlmatchError, LimitExceeded, every_error
from dlmatch.model.document import Block, Document, Finding, Place, ReadWarning
from dlmatch.reading import read, sandbox, warm, wire

SOURCE = str(Path(dlmatch.__file__).resolve().parent.parent)
FILES = {
    "docx": docx(p(r("Python")) + p(r("Rust", "<w:vanish/>"))), "odt": odt("<text:p>Python</text:p>"), "rtf": rtf("Python\\par "),
    "html": b"<html><p>Python</p><p hidden>Rust</p></html>", "json": b'{"basics": {"name": "Jane"}, "skills": [{"name": "Python"}]}',
    "mail": b"From: a\nTo: b\nSubject: Python\n\nHello\n", "markdown": b"# Python\n", "text": b"Python",
}  # fmt: skip
SLOW = b"<html><style>" + b"a b c d e f p{color:red}" * 15_000 + b"</style>" + b"<div>" * 300 + b"<p>x</p>" * 30_000
posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")


@pytest.fixture(autouse=True)
def _fresh_pool() -> Iterator[None]:
    sandbox.end_workers()
    yield
    sandbox.end_workers()


def pids() -> list[int]:
    return [worker.process.pid for worker in sandbox._pool._idle]


@pytest.mark.parametrize("key", FILES)
def test_same_text_inside_and_outside(key: str) -> None:
    name = "cv.md" if key == "markdown" else "cv"
    assert repr(read(FILES[key], name=name, isolate=True)) == repr(read(FILES[key], name=name, isolate=False))


def test_one_worker_serves_many_files() -> None:
    read(FILES["docx"])
    first = pids()
    read(FILES["rtf"])
    assert len(first) == 1
    assert pids() == first


def test_plain_text_starts_none() -> None:
    read(FILES["text"])
    assert pids() == []


def test_warm_starts_one_ahead() -> None:
    warm()
    ahead = pids()
    read(FILES["docx"])
    assert len(ahead) == 1
    assert pids() == ahead


def test_workers_are_replaced_after_a_number_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "FILES_PER_WORKER", 3)
    seen = []
    for _ in range(5):
        read(FILES["docx"])
        seen.append(tuple(pids()))
    assert seen[0] == seen[1] != ()
    assert seen[2] == ()
    assert seen[3] == seen[4] != seen[0]


@posix
def test_time_ends_a_worker_and_the_next_file_is_read() -> None:
    with pytest.raises(LimitExceeded, match="limit on time"):
        sandbox.run("html", SLOW, "slow", seconds=0.3)
    assert read(FILES["docx"]).text == "Python"


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux")
def test_memory_ends_in_a_typed_error() -> None:
    big = b"<html>" + b"<b>x</b>" * 900_000
    with pytest.raises(LimitExceeded, match="limit on memory"):
        sandbox.run("html", big, "big", memory=60 * 1024 * 1024)
    assert read(FILES["docx"]).text == "Python"


@posix
@pytest.mark.parametrize(("sign", "error", "words"), [
    (signal.SIGSEGV, DamagedDocument, "crashed"),
    (signal.SIGABRT, LimitExceeded, "limit on memory"),
    (signal.SIGKILL, LimitExceeded, "limit on memory"),
])  # fmt: skip
def test_a_worker_that_dies_is_a_typed_error(sign: signal.Signals, error: type[DlmatchError], words: str) -> None:
    worker = sandbox.Worker(sandbox.WORKER_MEMORY_BYTES)
    threading.Timer(0.4, worker.process.send_signal, [sign]).start()
    assert worker.ask({"format": "html", "name": "", "seconds": 30.0}, SLOW, 20.0) is None
    verdict = worker.verdict()
    worker.end()
    assert isinstance(verdict, error)
    assert words in str(verdict)


@posix
def test_a_worker_that_hangs_is_ended_by_the_clock() -> None:
    worker = sandbox.Worker(sandbox.WORKER_MEMORY_BYTES)
    worker.process.send_signal(signal.SIGSTOP)
    assert worker.ask({"format": "html", "name": "", "seconds": 30.0}, b"<p>a", 0.3) is None
    verdict = worker.verdict()
    worker.end()
    assert "limit on time" in str(verdict)


@posix
def test_a_worker_that_died_while_idle_is_replaced() -> None:
    read(FILES["docx"])
    os.kill(pids()[0], signal.SIGKILL)
    sandbox._pool._idle[0].process.wait()
    assert read(FILES["docx"]).text == "Python"


def test_threads_share_the_pool() -> None:
    with ThreadPoolExecutor(6) as threads:
        texts = list(threads.map(lambda n: read(docx(p(r(f"Python {n}")))).text, range(48)))
    assert texts == [f"Python {n}" for n in range(48)]
    assert len(pids()) <= sandbox.MAX_IDLE_WORKERS


def script(code: str, **more: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": SOURCE}, stdout=subprocess.PIPE, text=True
    )


def gone(pid: int, within: float = 15.0) -> bool:
    """A zombie, which only waits for its parent's notice, counts as gone."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat")
            if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


READ_ONE = (
    "from dlmatch.reading import read, sandbox\nread(b'<html><p>a')\nprint(sandbox._pool._idle[0].process.pid, flush=True)\n"
)


@posix
def test_nothing_is_left_at_exit() -> None:
    with script(READ_ONE) as run:
        out, _ = run.communicate(timeout=60)
    assert run.returncode == 0
    assert gone(int(out))


@posix
def test_a_busy_worker_ends_when_its_parent_is_killed() -> None:
    code = "from dlmatch.reading import sandbox\nw = sandbox.Worker(10**9)\nprint(w.process.pid, flush=True)\n"
    code += (
        "w.ask({'format': 'html', 'name': '', 'seconds': 60.0}, b'<html><style>' + b'a b c p{color:red}' * 15000 + b'</style>' "
    )
    code += "+ b'<div>' * 300 + b'<p>x</p>' * 30000, 60.0)"
    with script(code) as run:
        assert run.stdout is not None
        pid = int(run.stdout.readline())
        time.sleep(0.5)
        run.kill()
        run.wait()
    assert gone(pid)


@posix
def test_after_a_fork_both_sides_read_on() -> None:
    code = READ_ONE + (
        "import os, warnings\nwarnings.simplefilter('ignore')\npid = os.fork()\nassert read(b'<html><p>b').text == 'b'\n"
        "if pid:\n    assert os.waitpid(pid, 0)[1] == 0\n    assert read(b'<html><p>c').text == 'c'\n    print('fine')\n"
    )
    with script(code) as run:
        out, _ = run.communicate(timeout=60)
    assert out.split()[-1] == "fine"


def test_readers_have_no_network() -> None:
    code = "import socket\nfrom dlmatch.reading.worker import _forbid_network\n_forbid_network()\n"
    code += "try:\n    socket.create_connection(('127.0.0.1', 9))\nexcept PermissionError:\n    print('refused')"
    with script(code) as run:
        out, _ = run.communicate(timeout=60)
    assert out.strip() == "refused"


def test_the_door_is_light_and_each_format_loads_its_own() -> None:
    code = "import sys, dlmatch.reading\nheavy = {'spacy', 'pandas', 'numpy', 'lxml', 'selectolax', 'pdfplumber', 'pypdfium2', 'email', 'xml', 'PIL'}\n"
    code += "print(sorted(heavy & set(sys.modules)))\nfrom dlmatch.reading import formats\nformats.parse('rtf', b'{\\\\rtf1 a}', '')\n"
    code += "print(sorted(heavy & set(sys.modules)))"
    with script(code) as run:
        out, _ = run.communicate(timeout=60)
    assert out.split("\n")[:2] == ["[]", "[]"]


def test_where_no_worker_can_start_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "available", lambda: False)
    document = read(FILES["docx"])
    assert [warning.code for warning in document.warnings] == ["not-isolated"]


DOCUMENT = Document(
    text="Python😀 Zoë", name="n", media_type="m", status="partial", reader="r", pages=2,
    blocks=(Block(start=0, end=6, kind="heading", page=1),), places=(Place(start=0, end=6, page=1, bbox=(0.0, 1.5, 2.0, 3.0)),),
    warnings=(ReadWarning(code="c", message="m", page=1),), findings=(Finding(code="c", message="m", quote="q"),),
    stated={"pay": {"min": 1.0, "currency": "EUR"}},
)  # fmt: skip


def test_documents_cross_the_pipe_unchanged() -> None:
    assert wire.unpack(wire.pack(DOCUMENT)) == DOCUMENT


@pytest.mark.parametrize("kind", every_error())
def test_every_error_crosses_the_pipe(kind: type[DlmatchError]) -> None:
    with pytest.raises(kind) as caught:
        wire.unpack(wire.pack_error(kind("what", "where", "next")))
    assert (caught.value.what, caught.value.where, caught.value.next_step) == ("what", "where", "next")


@pytest.mark.parametrize(
    "answer",
    [b"", b"nonsense", b"{}", b"[]", b"3", b'{"document": {}}', b'{"error": [1]}', b'{"error": 5}', b"[" * 100_000, b"\xff\xff"],
)
def test_an_answer_that_is_none_is_a_typed_error(answer: bytes) -> None:
    with pytest.raises((DamagedDocument, LimitExceeded)):
        wire.unpack(answer)
