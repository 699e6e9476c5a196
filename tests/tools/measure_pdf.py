"""Measures PDF reading over a folder of PDFs: statuses, hangs, words against what each engine finds alone, and time.

python tests/tools/measure_pdf.py words  [FOLDER]    statuses and words, every file in a killable process
python tests/tools/measure_pdf.py time   [FOLDER]    read_pdf against pdfplumber's extract_words, interleaved
python tests/tools/measure_pdf.py hidden [FOLDER]    what is reported as hidden, file by file
"""

from __future__ import annotations

import gc
import io
import logging
import multiprocessing
import re
import statistics
import sys
import time
from collections import Counter
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
CORPUS = HERE.parents[3] / "shared" / "corpus"
SECONDS = 60.0  # after which a file counts as hung; the engines alone may take their time
WORD = re.compile(r"\w+")
NO_LETTER = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")


def counted(text: str) -> Counter[str]:
    """Words with a letter in them, without regard to case; what an engine says of glyphs without letters is no word."""
    words = WORD.findall(NO_LETTER.sub(" ", text).casefold())
    return Counter(word for word in words if any(map(str.isalpha, word)))


def kept(words: Counter[str], text: str) -> int:
    """How many of the words the text holds, wherever it puts the spaces."""
    squeezed = "".join(WORD.findall(text.casefold()))
    return sum(min(number, squeezed.count(word)) for word, number in words.items())


def kept_letters(theirs: str, text: str) -> float:
    """The share of their letters that the text holds, in whatever order: words that the edge of a page cuts count in part."""
    letters, ours = (Counter(filter(str.isalpha, NO_LETTER.sub(" ", part).casefold())) for part in (theirs, text))
    return (letters & ours).total() / max(letters.total(), 1)


def pdfium_alone(data: bytes) -> str:
    """What PDFium's own text function gives."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(document[at].get_textpage().get_text_range() for at in range(min(len(document), 500)))


def pdfplumber_alone(data: bytes) -> str:
    """What pdfplumber's own text function gives."""
    import pdfplumber

    texts = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages[:500]:
            texts.append(page.extract_text() or "")
            page.close()
    return "\n".join(texts)


def one_file(path: Path) -> dict[str, Any]:
    """Everything that is measured of one file."""
    from dlmatch.errors import DlmatchError
    from dlmatch.model.document import Finding
    from dlmatch.reading.limits import MAX_QUOTE
    from dlmatch.reading.pdf import read_pdf

    logging.disable(50)
    data = path.read_bytes()
    row: dict[str, Any] = {"file": path.name, "folder": path.parent.name}
    begun = time.perf_counter()
    text = quotes = ""
    findings: tuple[Finding, ...] = ()
    try:
        document = read_pdf(data, path.name)
        findings = document.findings
        text, quotes = document.text, " ".join(finding.quote for finding in document.findings)
        row.update(status=document.status, reader=document.reader, codes=sorted({f.code for f in document.findings}))
        row["spans"] = all(document.text[place.start : place.end].strip() for place in document.places)
    except DlmatchError as error:
        row.update(status=error.slug + (" (all hidden)" if "hidden" in error.what else ""))
    except BaseException as error:  # what must not happen
        row.update(status=f"UNCAUGHT {type(error).__name__}: {error}"[:200])
    row["seconds"] = round(time.perf_counter() - begun, 2)
    for name, read in (("pdfium", pdfium_alone), ("pdfplumber", pdfplumber_alone)):
        try:
            said = read(data)
        except Exception:
            said = ""
        theirs = counted(said)
        everything = any(len(finding.quote) >= MAX_QUOTE for finding in findings)  # quotes are cut
        row[f"{name}_letters"] = 1.0 if everything else kept_letters(said, f"{text}\n{quotes}")
        row[name] = theirs.total()
        row[f"{name}_kept"] = kept(theirs, text)
        row[f"{name}_kept_or_told"] = kept(theirs, f"{text}\n{quotes}")
    row["ours"] = counted(text).total()
    return row


def _serve(pipe: Connection) -> None:
    with suppress(EOFError):  # the other side has gone
        while True:
            pipe.send(one_file(Path(pipe.recv())))


class Child:
    """A process that measures files until one kills it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def measure(self, path: Path) -> dict[str, Any] | None:
        """None where the process hung or died."""
        try:
            self.pipe.send(str(path))
            if self.pipe.poll(SECONDS):
                row: dict[str, Any] = self.pipe.recv()
                return row
        except (EOFError, OSError):
            pass
        self.process.kill()
        self.process.join()
        return None


def words(folder: Path) -> None:
    """The table of statuses, and the share of files that keep 90% of the better engine's words."""
    child, rows = Child(), []
    for path in sorted(folder.rglob("*.pdf")):
        row = child.measure(path)
        if row is None:
            child, row = Child(), {"file": path.name, "folder": path.parent.name, "status": "HUNG OR DIED", "seconds": SECONDS}
        rows.append(row)
    print(f"{len(rows)} files")
    for status, number in Counter(str(row["status"]).split(":")[0] for row in rows).most_common():
        print(f"  {number:5} {status}")
    print("readers", dict(Counter(row.get("reader") for row in rows if row.get("reader"))))
    print("kept: in the text; kept_or_told: in the text, or quoted as hidden (letters of words cut in two counted one by one)")
    for kept in ("kept", "kept_or_told"):
        texts, good = 0, []
        for row in rows:
            better = max(("pdfium", "pdfplumber"), key=lambda name: row.get(name, 0))
            if row.get(better, 0):
                texts += 1
                if kept == "kept_or_told" and "all hidden" in str(row["status"]):
                    row[f"{better}_{kept}"] = row[better]
                share = row.get(f"{better}_{kept}", 0) / row[better]
                if kept == "kept_or_told":
                    share = max(share, float(row.get(f"{better}_letters", 0)))
                good.append((share, row, better))
        passed = sum(share >= 0.9 for share, _, _ in good)
        print(f"{kept}: {passed} of {texts} files with text keep 90% of the better engine's words: {passed / max(texts, 1):.3%}")
        for share, row, better in sorted(good, key=lambda g: g[0]):
            if share < 0.9:
                counts = f"{better} {row[better]}, ours {row.get('ours')}"
                print(f"    {share:.2f} {row['folder']}/{row['file']} {row['status']} {counts} {row.get('codes', '')}")
    for row in sorted(rows, key=lambda row: -float(row["seconds"]))[:5]:
        print(f"  slowest: {row['seconds']} s {row['folder']}/{row['file']} {row['status']}")
    print("spans that hold:", all(row.get("spans", True) for row in rows))


def hidden(folder: Path) -> None:
    """Every finding, for eyes."""
    from dlmatch.errors import DlmatchError
    from dlmatch.reading.pdf import read_pdf

    logging.disable(50)
    for path in sorted(folder.rglob("*.pdf")):
        try:
            document = read_pdf(path.read_bytes(), path.name)
        except DlmatchError:
            continue
        for finding in document.findings:
            print(f"{path.parent.name}/{path.name} p{finding.page} {finding.code}: {finding.message} | {finding.quote[:80]!r}")


def clock(folder: Path, rounds: int = 5) -> None:
    """Time of read_pdf over that of pdfplumber's extract_words, on the same files in turn."""
    import pdfplumber

    from dlmatch.reading.pdf import read_pdf

    logging.disable(50)
    files = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]

    def bare(data: bytes) -> None:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                page.extract_words(extra_attrs=["size", "fontname"])

    def took(read: Any, data: bytes) -> float:
        gc.collect()  # else the one pays for the other's garbage
        begun = time.perf_counter()
        read(data)
        return time.perf_counter() - begun

    took(read_pdf, files[0])
    took(bare, files[0])
    ratios = []
    for _ in range(rounds):
        pairs = [(took(read_pdf, data), took(bare, data)) for data in files]
        ours, theirs = (sum(pair[side] for pair in pairs) for side in (0, 1))
        ratios.append(ours / theirs)
        print(
            f"  ours {ours / len(files) * 1000:.1f} ms a file, pdfplumber {theirs / len(files) * 1000:.1f} ms, ratio {ratios[-1]:.3f}"
        )
    print(f"ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "words"
    default = CORPUS / ("resumes" if what == "time" else "pdf")
    {"words": words, "time": clock, "hidden": hidden}[what](Path(sys.argv[2]) if len(sys.argv) > 2 else default)
