"""Reads every file of a corpus through the sandbox and prints what came of it: statuses, times, memory, runs of text kept.

    python tests/tools/measure_reading.py [FOLDER ...] [--pdf]

Without folders: ../shared/corpus/office and ../shared/corpus/attacks beside the checkout. PDFs are left out unless asked for.
Exits with 1 if anything but a Document or a DlmatchError came out, a file took more than 5 seconds, the worker's memory
passed 512 MB, or a visible run of a Word file is missing.
"""

from __future__ import annotations

import re
import resource
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from dlmatch.errors import DlmatchError
from dlmatch.model.document import Document
from dlmatch.reading import read
from dlmatch.reading.sandbox import end_workers

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
MAX_SECONDS = 5.0
MAX_MEMORY = 512 * 1024
_WORD = re.compile(r"\{[^}]*wordprocessingml[^}]*\}")
_UNSHOWN = {"del", "moveFrom", "Fallback"}


def run_texts(path: Path) -> list[str]:
    """Every w:t of the body and its notes, headers and footers that is not deleted, not a fallback and not vanished.

    Written apart from the reader, as a check on it; headers of first or even pages that no page shows are left out.
    """
    found: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\d*\.xml", name):
                found.extend(_runs(ElementTree.fromstring(archive.read(name))))
    return found


def _runs(root: ElementTree.Element) -> list[str]:
    found: list[str] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        tag = element.tag.rpartition("}")[2]
        if tag in _UNSHOWN or (tag in ("footnote", "endnote") and any(key.endswith("}type") for key in element.attrib)):
            continue
        if tag == "r" and any(
            child.tag.endswith("}vanish") for group in element for child in group if group.tag.endswith("}rPr")
        ):
            continue
        if tag == "t" and _WORD.match(element.tag) and element.text and element.text.strip():
            found.append(element.text)
        waiting.extend(reversed(list(element)))
    return found


def squeezed(text: str) -> str:
    """Without spaces, which line ends and cells change."""
    return "".join(text.split())


def missing_runs(path: Path, document: Document) -> list[str]:
    """Visible runs that the text lacks."""
    try:
        runs = run_texts(path)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError):
        return []
    told = squeezed(document.text + "".join(finding.quote for finding in document.findings))
    return [run for run in runs if squeezed(run) not in told]


def measure(path: Path) -> tuple[str, float, list[str], str]:
    """Status or slug, seconds, missing runs, what was said."""
    start = time.perf_counter()
    try:
        document = read(path)
    except DlmatchError as error:
        return error.slug, time.perf_counter() - start, [], error.what
    seconds = time.perf_counter() - start
    missing = missing_runs(path, document) if path.suffix in (".docx", ".docm", ".dotx") else []
    return document.status, seconds, missing, ", ".join(warning.code for warning in document.warnings)


def main(arguments: list[str]) -> int:
    folders = [Path(a) for a in arguments if not a.startswith("--")] or [CORPUS / "office", CORPUS / "attacks"]
    files = [
        f for folder in folders for f in sorted(folder.rglob("*")) if f.is_file() and ("--pdf" in arguments or f.suffix != ".pdf")
    ]
    statuses: Counter[tuple[str, str]] = Counter()
    bad: list[str] = []
    times: list[float] = []
    for path in files:
        try:
            status, seconds, missing, said = measure(path)
        except Exception as error:
            bad.append(f"{path.name}: uncaught {type(error).__name__}")
            continue
        times.append(seconds)
        statuses[path.suffix, status] += 1
        if seconds > MAX_SECONDS:
            bad.append(f"{path.name}: {seconds:.1f} s")
        bad.extend(f"{path.name}: run missing: {run[:60]!r}" for run in missing[:3])
        if status not in ("ok", "empty-document", "missing-extra"):
            print(f"{status:20} {seconds:6.2f} s  {path.name}: {said}")
    end_workers()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        f"\n{len(files)} files; slowest {max(times, default=0):.2f} s, all {sum(times):.1f} s; largest worker {memory // 1024} MB"
    )
    for (suffix, status), count in sorted(statuses.items()):
        print(f"{suffix:8} {status:20} {count:4}")
    if memory > MAX_MEMORY:
        bad.append(f"a worker took {memory // 1024} MB")
    print("\n".join(["", "Faults:", *bad]) if bad else "\nNo faults.")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
