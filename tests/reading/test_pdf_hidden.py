"""What people can't see in a PDF is left out exactly and told of; what they can see raises nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_made import VISIBLE, Made, line

from dlmatch.errors import EmptyDocument, NoTextLayer
from dlmatch.reading.pdf import read_pdf

WORD = "TensorFlow"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def _plain(content: str, **more: str) -> Made:
    return Made(content=content, **more)  # type: ignore[arg-type]


def _under_image() -> Made:
    made = _plain(line(WORD) + "q 300 0 0 30 60 590 cm /Im1 Do Q\n", xobjects="/Im1 10 0 R")
    made.image(10, 8, 8, bytes(range(100, 164)))
    return made


def _separation_white() -> Made:
    made = _plain(line(WORD, before="/CS1 cs 0 scn"), spaces="/CS1 [/Separation /Spot /DeviceCMYK 10 0 R]")
    made.objects.append((10, b"<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 1 1 0] >>"))
    return made


def _clear(alpha: float) -> Made:
    made = _plain(line(WORD, before="/GS1 gs 0 g"), states="/GS1 10 0 R")
    made.objects.append((10, f"<< /Type /ExtGState /ca {alpha} /CA {alpha} >>".encode()))
    return made


def _clear_group() -> Made:
    made = _plain("q /GS1 gs /Fm1 Do Q\n", states="/GS1 11 0 R", xobjects="/Fm1 10 0 R")
    made.form(10, line(WORD), "/Group << /S /Transparency >>")
    made.objects.append((11, b"<< /Type /ExtGState /ca 0.02 >>"))
    return made


def _soft_mask() -> Made:
    made = _plain(line(WORD, before="/GS1 gs 0 g"), states="/GS1 11 0 R")
    made.form(10, "0 g 0 0 612 792 re f", "/Group << /S /Transparency /CS /DeviceGray >>")
    made.objects.append((11, b"<< /Type /ExtGState /SMask << /S /Luminosity /G 10 0 R >> >>"))
    return made


def _layer(state: str) -> Made:
    made = _plain(
        f"/OC /MC0 BDC\n{line(WORD)}EMC\n",
        properties="/MC0 10 0 R",
        catalog=f"/OCProperties << /OCGs [10 0 R] /D << /{state} [10 0 R] >> >>",
    )
    made.objects.append((10, b"<< /Type /OCG /Name (Layer) >>"))
    return made


def _form(content: str) -> Made:
    made = _plain("q /Fm1 Do Q\n", xobjects="/Fm1 10 0 R")
    made.form(10, content)
    return made


def _deep_form(content: str) -> Made:
    made = _plain("q /Fm1 Do Q\n", xobjects="/Fm1 10 0 R")
    made.form(11, content)
    resources = "/Resources << /Font << /F1 5 0 R >> /XObject << /Fm2 11 0 R >> >>"
    made.stream(10, f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] {resources}", "q /Fm2 Do Q")
    return made


def _pattern(colour: str) -> Made:
    made = _plain(line(WORD, size=24, before="/Pattern cs /P1 scn"), patterns="/P1 10 0 R")
    entries = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 /Resources << >>"
    made.stream(10, entries, f"{colour} rg 0 0 8 8 re f")
    return made


def _gradient() -> Made:
    made = _plain(line(WORD, size=24, before="/Pattern cs /P1 scn"), patterns="/P1 10 0 R")
    function = "/Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1 0 0] /C1 [0 0 1] >>"
    shading = f"/Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [72 0 200 0] /Extend [true true] {function} >>"
    made.objects.append((10, f"<< /Type /Pattern /PatternType 2 {shading} >>".encode()))
    return made


def _note(kind: str, more: str = "") -> Made:
    made = _plain("", page="/Annots [10 0 R]")
    made.objects.append((10, f"<< /Type /Annot /Subtype /{kind} /Rect [100 100 120 120] /Contents ({WORD}) {more} >>".encode()))
    return made


def _under_note() -> Made:
    made = _plain(line(WORD), page="/Annots [10 0 R]")
    made.form(11, "1 g 0 0 612 792 re f")
    made.objects.append((10, b"<< /Type /Annot /Subtype /Square /F 4 /Rect [60 590 300 615] /AP << /N 11 0 R >> >>"))
    return made


def _type3(colour: str, foot: int = 0) -> Made:
    made = _plain(f"q {colour} BT /T3 12 Tf 72 600 Td (ABCABCABC) Tj ET Q\n", fonts="/T3 10 0 R")
    for at, number in enumerate((11, 12, 13)):
        made.stream(number, "", f"700 0 0 {foot} 600 {foot + 700} d1 {at * 100} {foot} 300 700 re f")
    unicode_map = "1 begincodespacerange <41> <43> endcodespacerange 3 beginbfchar <41> <004B> <42> <0065> <43> <0072> endbfchar"
    made.stream(14, "", f"/CIDInit /ProcSet findresource begin begincmap {unicode_map} endcmap end")
    made.objects.append(
        (
            10,
            f"<< /Type /Font /Subtype /Type3 /FontBBox [0 {foot} 700 {foot + 700}]".encode()
            + b" /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 67 "
            b"/Widths [700 700 700] /CharProcs << /A 11 0 R /B 12 0 R /C 13 0 R >> /Encoding << /Type /Encoding "
            b"/Differences [65 /A /B /C] >> /ToUnicode 14 0 R >>",
        )
    )
    return made


def _on_picture(dark: int, light: int) -> Made:
    """Words without paint over a picture of the whole page: one tone, or a grain of many."""
    made = _plain(line(WORD, before="3 Tr"), before="q 612 0 0 792 0 0 cm /Im1 Do Q\n", xobjects="/Im1 10 0 R")
    made.image(10, 153, 198, _grain(dark, light, 153 * 198))
    return made


def _grain(dark: int, light: int, number: int) -> bytes:
    chance = random.Random(1)
    return bytes(chance.randint(dark, light) for _ in range(number))


def _signs(drawn: str, said: dict[str, str], more: str = "") -> Made:
    """A font that says of each sign which letters it stands for."""
    made = _plain(f"q 0 g BT /F9 12 Tf 72 600 Td ({drawn}) Tj ET Q\n{more}", fonts="/F9 10 0 R")
    pairs = " ".join(f"<{ord(sign):02X}> <{letters.encode('utf-16-be').hex()}>" for sign, letters in said.items())
    unicode_map = f"1 begincodespacerange <00> <FF> endcodespacerange {len(said)} beginbfchar {pairs} endbfchar"
    made.stream(11, "", f"/CIDInit /ProcSet findresource begin begincmap {unicode_map} endcmap end")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 11 0 R >>"
    made.objects.append((10, font))
    return made


def _drawn_note(entries: str, appearance: str, content: str = "") -> Made:
    made = _plain(content, page="/Annots [10 0 R]")
    made.form(11, appearance)
    made.objects.append((10, f"<< /Type /Annot /Rect [0 0 612 792] /AP << /N 11 0 R >> {entries} >>".encode()))
    return made


BANNER = "q 0.1 0.15 0.4 rg 60 590 300 30 re f Q\n"
MIDDLE = "q BT /F1 12 Tf 0 g 72 600 Td (Kept the) Tj {0} ( TensorFlow ) Tj {1} (service running) Tj ET Q\n"

HIDDEN: dict[str, Callable[[], Made]] = {
    "white": lambda: _plain(line(WORD, before="1 g")),
    "white rgb": lambda: _plain(line(WORD, before="1 1 1 rg")),
    "white cmyk": lambda: _plain(line(WORD, before="0 0 0 0 k")),
    "white separation": _separation_white,
    "nearly white": lambda: _plain(line(WORD, before="0.99 g")),
    "pale grey": lambda: _plain(line(WORD, before="0.9 g")),
    "pale": lambda: _plain(line(WORD, before="0.96 0.97 0.96 rg")),
    "white, small": lambda: _plain(line(WORD, size=6, before="1 g")),
    "white, large": lambda: _plain(line(WORD, size=40, before="1 g")),
    "white line around nothing": lambda: _plain(line(WORD, before="1 Tr 1 G")),
    "no paint": lambda: _plain(line(WORD, before="3 Tr")),
    "clip only": lambda: _plain(line(WORD, before="7 Tr")),
    "half a point": lambda: _plain(line(WORD, size=0.5)),
    "one point": lambda: _plain(line(WORD, size=1)),
    "three points": lambda: _plain(line(WORD, size=3)),
    "scaled down": lambda: _plain(f"q 0 g BT /F1 12 Tf 0.01 0 0 0.01 72 600 Tm ({WORD}) Tj ET Q\n"),
    "scaled down by the page": lambda: _plain(f"q 0.01 0 0 0.01 0 0 cm {line(WORD, 7200, 60000)} Q\n"),
    "squeezed": lambda: _plain(f"q 0 g BT /F1 12 Tf 1 Tz 72 600 Td ({WORD}) Tj ET Q\n"),
    "flat": lambda: _plain(f"q 0 g BT /F1 12 Tf 1 0 0 0.02 72 600 Tm ({WORD}) Tj ET Q\n"),
    "left of the page": lambda: _plain(line(WORD, x=-300)),
    "right of the page": lambda: _plain(line(WORD, x=700)),
    "over the page": lambda: _plain(line(WORD, y=900)),
    "under the page": lambda: _plain(line(WORD, y=-50)),
    "outside the crop box": lambda: _plain(line(WORD, y=30), page="/CropBox [0 100 612 792]"),
    "clipped away": lambda: _plain(f"q 0 0 10 10 re W n {line(WORD)} Q\n"),
    "clipped by a form": lambda: _clipped_form(),
    "under a white rectangle": lambda: _plain(line(WORD) + "q 1 g 60 590 300 30 re f Q\n"),
    "under a coloured rectangle": lambda: _plain(line(WORD) + BANNER),
    "under an image": _under_image,
    "under a note's white square": _under_note,
    "transparent": lambda: _clear(0),
    "nearly transparent": lambda: _clear(0.03),
    "in a transparent group": _clear_group,
    "behind a soft mask": _soft_mask,
    "layer that is off": lambda: _layer("OFF"),
    "black on black": lambda: _plain("q 0 g 60 590 300 30 re f Q\n" + line(WORD)),
    "blue on blue": lambda: _plain(BANNER + line(WORD, before="0.1 0.15 0.4 rg")),
    "nearly blue on blue": lambda: _plain(BANNER + line(WORD, before="0.11 0.15 0.41 rg")),
    "white in a form": lambda: _form(line(WORD, before="1 g")),
    "white in a form in a form": lambda: _deep_form(line(WORD, before="1 g")),
    "no paint in a form": lambda: _form(line(WORD, before="3 Tr")),
    "white pattern": lambda: _pattern("1 1 1"),
    "white in a visible line": lambda: _plain(MIDDLE.format("1 g", "0 g")),
    "no paint in a visible line": lambda: _plain(MIDDLE.format("3 Tr", "0 Tr")),
    "white on a white rectangle on a banner": lambda: _plain(BANNER + "q 1 g 70 595 90 20 re f Q\n" + line(WORD, before="1 g")),
    "covered, and other text over the cover": lambda: _plain(line(WORD) + "q 1 g 60 590 300 30 re f Q\n" + line("Gardening")),
    "turned": lambda: _plain(f"q 1 g BT /F1 12 Tf 0 1 -1 0 300 300 Tm ({WORD}) Tj ET Q\n"),
    "stands in": lambda: _plain(f"/Span << /ActualText ({WORD}) >> BDC\n{line('Gardening')}EMC\n"),
    "note": lambda: _note("Text"),
    "keywords": lambda: _plain("", info=f"/Keywords ({WORD})"),
    "no paint over a cream picture": lambda: _on_picture(235, 235),
    "no paint over a dark picture": lambda: _on_picture(60, 60),
    "no paint over a grain": lambda: _on_picture(190, 250),
    "no paint over a picture with painted words": lambda: _painted_over(),
    "clipped to a strip": lambda: _plain(f"q 60 602 300 0.6 re W n {line(WORD)} Q\n"),
    "covered but for a strip": lambda: _plain(line(WORD) + "q 1 g 60 595 300 7 re f 60 602.6 300 20 re f Q\n"),
    "said of a dot": lambda: _signs(".", {".": f" {WORD} "}),
    "said of a letter": lambda: _signs("a b", {"a": f"{WORD} ", "b": WORD}),
    "field that is hidden": lambda: _drawn_note(f"/Subtype /Widget /FT /Tx /T (a) /V ({WORD}) /F 2", line(WORD)),
    "field that is not viewed": lambda: _drawn_note(f"/Subtype /Widget /FT /Tx /T (a) /V ({WORD}) /F 32", line(WORD)),
    "note that is not viewed": lambda: _drawn_note(f"/Subtype /FreeText /Contents ({WORD}) /F 36", line(WORD)),
    "under a field": lambda: _drawn_note("/Subtype /Widget /FT /Tx /T (a) /V () /F 4", "1 g 60 590 300 30 re f", line(WORD)),
}


def _clipped_form() -> Made:
    made = _plain("q /Fm1 Do Q\n", xobjects="/Fm1 10 0 R")
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    made.stream(10, f"/Type /XObject /Subtype /Form /BBox [0 0 20 20] {fonts}", line(WORD))
    return made


def _painted_over() -> Made:
    made = _on_picture(252, 252)
    made.content += line("Gardening", y=600)
    made.first_line += line("Kept the service running", y=400)
    return made


def _scan(words: bool, dark: int = 250) -> Made:
    """Grey letters' strokes on paper, with what OCR read laid over them; cheap paper is darker here and there."""
    wide, high = 153, 198
    grain = _grain(dark, 250, wide * high)
    rows = [bytearray(grain[wide * row : wide * (row + 1)]) for row in range(high)]
    for row in range(45, 50):
        rows[row][18:44] = bytes([40, 240] * 13)
    made = Made(before="q 612 0 0 792 0 0 cm /Im1 Do Q\n", first_line="", xobjects="/Im1 10 0 R")
    made.content = line(WORD, x=72, y=595, size=20, before="3 Tr")
    if words:
        made.content += line("Kubernetes", x=72, y=200, size=20, before="3 Tr")
    made.image(10, wide, high, b"".join(rows))
    return made


BENIGN: dict[str, Callable[[], Made]] = {
    "plain": lambda: _plain(line(WORD)),
    "white on a dark banner": lambda: _plain(BANNER + line(WORD, before="1 g")),
    "white on a banner in a form": lambda: _form(BANNER + line(WORD, before="1 g")),
    "grey": lambda: _plain(line(WORD, before="0.6 g")),
    "light grey": lambda: _plain(line(WORD, before="0.8 g")),
    "light grey, small": lambda: _plain(line(WORD, size=6, before="0.75 g")),
    "red": lambda: _plain(line(WORD, before="1 0 0 rg")),
    "yellow": lambda: _plain(line(WORD, before="1 1 0 rg")),
    "the palest grey that people write in": lambda: _plain(line(WORD, before="0.85 g")),
    "orange on yellow": lambda: _plain("q 1 1 0.6 rg 60 590 300 30 re f Q\n" + line(WORD, before="0.9 0.4 0 rg")),
    "small print": lambda: _plain(line(WORD, size=5)),
    "fake bold": lambda: _plain(line(WORD) + line(WORD, x=72.3)),
    "bold by a line": lambda: _plain(line(WORD, before="2 Tr 0.4 w")),
    "outlined": lambda: _plain(line(WORD, size=20, before="1 Tr 0.5 w")),
    "marked yellow": lambda: _plain("q 1 1 0 rg 70 595 80 16 re f Q\n" + line(WORD)),
    "under a thin grey veil": lambda: _veil(),
    "struck through": lambda: _plain(line(WORD) + "q 0 g 72 603.5 60 0.7 re f Q\n"),
    "underlined": lambda: _plain(line(WORD) + "q 0 g 72 597 60 0.7 re f Q\n"),
    "coloured sidebar": lambda: _plain(line(WORD), before="q 0.8 0.9 0.95 rg 0 0 200 792 re f Q\n"),
    "dark page": lambda: _plain(
        line(WORD, before="0.9 g"), before="0.1 g 0 0 612 792 re f\n", first_line=line(VISIBLE, 72, 700, 12, "1 g")
    ),
    "on an image": lambda: _on_image(),
    "layer that is on": lambda: _layer("ON"),
    "gradient": _gradient,
    "dark pattern": lambda: _pattern("0.2 0.2 0.2"),
    "within a clip": lambda: _plain(f"q 0 0 612 792 re W n {line(WORD)} Q\n"),
    "shadow": lambda: _plain(line(WORD, x=73, y=599, size=20, before="0.98 g") + line(WORD, size=20)),
    "half transparent": lambda: _clear(0.5),
    "turned": lambda: _plain(f"q 0 g BT /F1 12 Tf 0 1 -1 0 300 300 Tm ({WORD}) Tj ET Q\n"),
    "turned page": lambda: _plain(line(WORD), page="/Rotate 90"),
    "cropped page": lambda: _plain(line(WORD), page="/CropBox [30 300 600 760]"),
    "form in a form": lambda: _deep_form(line(WORD)),
    "wide letters": lambda: _plain(f"q 0 g BT /F1 12 Tf 150 Tz 72 600 Td ({WORD}) Tj ET Q\n"),
    "small size, large scale": lambda: _plain(f"q 0 g BT /F1 1 Tf 12 0 0 12 72 600 Tm ({WORD}) Tj ET Q\n"),
    "ligature said": lambda: _plain(f"/Span << /ActualText ({WORD}) >> BDC\n{line(WORD)}EMC\n"),
    "ligatures": lambda: _signs("123", {"1": "Ten", "2": "sor", "3": "Flow"}),
    "syllables and words of one sign": lambda: _signs(
        "abc", {"a": "स्त्र्या", "b": "キログラム", "c": "e\u0301\u0302\u0303\u0304"}, line(WORD, y=560)
    ),
    "emoji of one sign": lambda: _signs("a", {"a": "👨‍👩‍👧‍👦"}, line(WORD, y=560)),
    "small letters": lambda: _plain(line(WORD) + line("nurse cares were seen as some", y=500, size=7)),
    "struck through thickly": lambda: _plain(line(WORD) + "q 1 0 0 rg 72 602 60 2 re f Q\n"),
    "cut at the middle": lambda: _plain(f"q 60 590 300 15.5 re W n {line(WORD)} Q\n"),
    "spaced by hand": lambda: _plain(
        f"q 0 g BT /F1 12 Tf 72 600 Td [{' -200 '.join(f'({letter})' for letter in WORD)}] TJ ET Q\n"
    ),
    "hidden tick box": lambda: _drawn_note("/Subtype /Widget /FT /Btn /T (a) /V /Off /F 2", "", line(WORD)),
    "naming keywords": lambda: _plain(line(WORD), info="/Keywords (Jane Doe, curriculum vitae, resume)"),
}


def _veil() -> Made:
    made = _plain(line(WORD) + "q /GS1 gs 0.5 g 60 590 300 30 re f Q\n", states="/GS1 10 0 R")
    made.objects.append((10, b"<< /Type /ExtGState /ca 0.3 >>"))
    return made


def _on_image() -> Made:
    made = _plain("q 300 0 0 30 60 590 cm /Im1 Do Q\n" + line(WORD), xobjects="/Im1 10 0 R")
    made.image(10, 8, 8, bytes([200, 220] * 32))
    return made


BESIDE_OTHER_TEXT = {"stands in", "covered, and other text over the cover", "no paint over a picture with painted words"}


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_left_out_and_told(name: str) -> None:
    document = read_pdf(HIDDEN[name]().bytes())
    assert WORD not in document.text.replace("\n", " ")
    assert VISIBLE in document.text
    told = [finding for finding in document.findings if finding.code == "hidden-text"]
    assert WORD in "".join(finding.quote for finding in told).replace(" ", "")


@pytest.mark.parametrize("name", BENIGN)
def test_what_can_be_seen_raises_nothing(name: str) -> None:
    document = read_pdf(BENIGN[name]().bytes())
    assert WORD in document.text
    assert VISIBLE in document.text
    assert not document.findings
    assert not document.warnings


@pytest.mark.parametrize("name", ["white in a visible line", "no paint in a visible line"])
def test_the_visible_rest_of_a_line_stays(name: str) -> None:
    text = read_pdf(HIDDEN[name]().bytes()).text
    assert "Kept the" in text
    assert "service running" in text


@pytest.mark.parametrize("name", [name for name in HIDDEN if name not in BESIDE_OTHER_TEXT])
def test_hidden_text_moves_nothing(name: str) -> None:
    """The same text, blocks and places as without it."""
    hidden = read_pdf(HIDDEN[name]().bytes())
    if "line" in name.split():
        return
    bare = read_pdf(_plain("").bytes())
    if name == "outside the crop box":
        bare = read_pdf(_plain("", page="/CropBox [0 100 612 792]").bytes())
    assert (hidden.text, hidden.blocks, hidden.places) == (bare.text, bare.blocks, bare.places)


def test_letters_over_a_cover_are_read() -> None:
    document = read_pdf(HIDDEN["covered, and other text over the cover"]().bytes())
    assert "Gardening" in document.text


def test_drawn_letters_count_and_not_what_stands_in_for_them() -> None:
    assert "Gardening" in read_pdf(HIDDEN["stands in"]().bytes()).text


@pytest.mark.parametrize("colour", ["0 g", "0.5 0.2 0.2 rg"])
def test_type3_letters_are_read_and_white_ones_are_not(colour: str) -> None:
    assert "KerKerKer" in read_pdf(_type3(colour).bytes()).text
    document = read_pdf(_type3("1 g").bytes())
    assert "Ker" not in document.text
    assert document.findings


@pytest.mark.parametrize("foot", [-700, -550, -350])
def test_letters_drawn_below_their_baseline_are_seen(foot: int) -> None:
    """Some fonts put the pen at the top of a letter."""
    document = read_pdf(_type3("0 g", foot).bytes())
    assert "KerKerKer" in document.text
    assert not document.findings


@pytest.mark.parametrize("dark", [250, 235, 220])
def test_text_recognised_in_a_scan_is_read_and_marked(dark: int) -> None:
    document = read_pdf(_scan(words=False, dark=dark).bytes())
    assert document.text == WORD
    assert [warning.code for warning in document.warnings] == ["ocr-layer"]
    assert not document.findings


def test_the_letters_of_a_scan_may_be_nameless_shapes_of_a_font() -> None:
    """Some programs part a scan into its paper, an image, and its letters, which they paint as signs of a font."""
    made = _type3("0 g")
    nameless = (
        (b"/ToUnicode 14 0 R", b""),
        (b"/FirstChar 65 /LastChar 67", b"/FirstChar 1 /LastChar 3"),
        (b"/A 11 0 R /B 12 0 R /C 13 0 R", b"/g1 11 0 R /g2 12 0 R /g3 13 0 R"),
        (b"[65 /A /B /C]", b"[1 /g1 /g2 /g3]"),
    )
    for name, none in nameless:
        made.objects = [(number, body.replace(name, none)) for number, body in made.objects]
    made.before, made.first_line, made.xobjects = "q 612 0 0 792 0 0 cm /Im1 Do Q\n", "", "/Im1 20 0 R"
    made.image(20, 153, 198, _grain(225, 250, 153 * 198))
    made.content = made.content.replace("(ABCABCABC)", "(" + r"\001\002\003" * 4 + ")") + line(WORD, size=14.5, before="3 Tr")
    document = read_pdf(made.bytes())
    assert WORD in document.text
    assert not document.findings


def test_words_laid_over_empty_paper_of_a_scan_are_hidden() -> None:
    document = read_pdf(_scan(words=True).bytes())
    assert document.text == WORD
    assert [finding.quote for finding in document.findings] == ["Kubernetes"]


def test_words_without_paint_over_a_blank_image_are_hidden() -> None:
    made = Made(before="q 612 0 0 792 0 0 cm /Im1 Do Q\n", xobjects="/Im1 10 0 R", content=line(WORD, before="3 Tr"))
    made.image(10, 8, 8, bytes([255] * 64))
    document = read_pdf(made.bytes())
    assert WORD not in document.text
    assert document.findings


@pytest.mark.parametrize(
    ("side", "size", "seen"), [(100, 1, False), (100, 1.5, True), (252, 3, True), (2384, 4.5, True), (14_400, 8, False)]
)
def test_how_small_letters_may_be_hangs_on_the_page(side: int, size: float, seen: bool) -> None:
    """Small pages are shown enlarged, but not without end; huge ones are shown smaller."""
    first = line(VISIBLE, side / 10, side * 0.8, side / 25)
    document = read_pdf(Made(box=f"0 0 {side} {side}", first_line=first, content=line(WORD, side / 10, side / 2, size)).bytes())
    assert VISIBLE in document.text
    assert (WORD in document.text) is seen
    assert bool(document.findings) is not seen


def test_a_page_of_hidden_text_alone_is_empty() -> None:
    with pytest.raises(EmptyDocument, match="hidden"):
        read_pdf(Made(first_line="", content=line(WORD, before="1 g")).bytes())


def test_a_picture_of_a_page_has_no_text_layer() -> None:
    made = Made(first_line="", before="q 612 0 0 792 0 0 cm /Im1 Do Q\n", xobjects="/Im1 10 0 R")
    made.image(10, 8, 8, bytes(range(64)))
    with pytest.raises(NoTextLayer):
        read_pdf(made.bytes())


def test_filled_in_fields_are_read() -> None:
    made = Made(content="", page="/Annots [10 0 R]", catalog="/AcroForm << /Fields [10 0 R] /DA (/F1 12 Tf 0 g) >>")
    made.form(11, line(WORD, 2, 4))
    made.objects.append(
        (
            10,
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (skill) /V ({WORD}) /F 4 /Rect [72 580 672 1372] /AP << /N 11 0 R >> >>".encode(),
        )
    )
    document = read_pdf(made.bytes())
    assert WORD in document.text
    assert not document.findings


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not beside the checkout")
@pytest.mark.parametrize("path", sorted((CORPUS / "attacks").glob("[0-9]*.pdf")), ids=lambda path: path.stem)
def test_attacks_of_the_corpus(path: Path) -> None:
    document = read_pdf(path.read_bytes())
    if "BENIGN" in path.name or "control" in path.name:
        assert WORD in document.text
        assert not document.findings
    elif "homoglyph" in path.name:
        assert "T\u0435nsorFlow" in document.text
    else:
        assert WORD not in document.text
        assert any(finding.code == "hidden-text" and WORD in finding.quote for finding in document.findings)


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not beside the checkout")
@pytest.mark.parametrize("path", sorted((CORPUS / "resumes").glob("*.pdf")), ids=lambda path: path.stem)
def test_honest_resumes_raise_nothing(path: Path) -> None:
    document = read_pdf(path.read_bytes())
    assert document.status == "ok"
    assert document.reader == "pdfium"
    assert not document.findings
    assert not document.warnings
    assert all(document.text[place.start : place.end].strip() for place in document.places)
