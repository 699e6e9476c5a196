"""Ways to hide words in Word, OpenDocument and RTF files that follow other paths than a run's own white, tiny letters."""

from __future__ import annotations

import time

import pytest
from made import box, docx, odt, p, part, r, rtf, text_style

from dlmatch.reading import read

SEEN = "Python"
HIDDEN = "Terraform"
WHITE = '<w:color w:val="FFFFFF"/>'


def styled(name: str, inner: str, kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"{more}>{inner}</w:style>'


def formula(inner: str) -> str:
    return p(f"<m:oMath>{inner}</m:oMath>")


def sign(text: str, says: str = "") -> str:
    return f"<m:r>{f'<w:rPr>{says}</w:rPr>' if says else ''}<m:t>{text}</m:t></m:r>"


def filled(name: str, *changes: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{name}">{"".join(changes)}</a:schemeClr></a:solidFill>'


def gradient(*colours: str, more: str = "") -> str:
    stops = "".join(f'<a:gs pos="{n}"><a:srgbClr val="{colour}">{more}</a:srgbClr></a:gs>' for n, colour in enumerate(colours))
    return f"<a:gradFill><a:gsLst>{stops}</a:gsLst></a:gradFill>"


def effect(change: str) -> str:
    return f'<w14:textFill><w14:solidFill><w14:schemeClr w14:val="bg1">{change}</w14:schemeClr></w14:solidFill></w14:textFill>'


def table(cell: str, says: str) -> str:
    return f"<w:tbl><w:tblPr>{says}</w:tblPr><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"


def ruby(inner: str, says: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{says}</w:rPr>' if says else ''}<w:ruby><w:rubyBase>{inner}</w:rubyBase></w:ruby></w:r>"


THIN = '<w:spacing w:line="20" w:lineRule="exact"/>'
SHEET = part(
    "styles",
    styled("Thin", f"<w:pPr>{THIN}</w:pPr>")
    + styled("ThinChild", '<w:basedOn w:val="Thin"/>')
    + styled("Away", '<w:pPr><w:ind w:left="-20000"/></w:pPr>')
    + styled("Frame", '<w:pPr><w:framePr w:w="3000" w:x="-20000" w:y="1"/></w:pPr>')
    + styled("Dates", '<w:pPr><w:ind w:left="7200" w:hanging="7200"/></w:pPr>')
    + styled("Hanging", '<w:pPr><w:ind w:hanging="6000"/></w:pPr>'),
)
GHOST = part(
    "styles", styled("Letters", "<w:rPr><w:vanish/></w:rPr>", "character", ' w:default="1"') + styled("Plain", "", "character")
)
PLAIN = '<w:rStyle w:val="Plain"/>'

# The theme's light colour is white and its dark one black where a file brings no theme.
WORD_HIDDEN = {
    "theme white, hardly darker: as pale as F2F2F2": p(r(HIDDEN, '<w:color w:val="000000" w:themeColor="background1" w:themeShade="F2"/>')),
    "theme black, tinted to nothing": p(r(HIDDEN, '<w:color w:val="000000" w:themeColor="text1" w:themeTint="0D"/>')),
    "box of black made all light": p(box(p(r(HIDDEN, WHITE)), fill=filled("tx1", '<a:lumMod val="5000"/>', '<a:lumOff val="95000"/>'))),
    "box with a gradient from white to white": p(box(p(r(HIDDEN, WHITE)), fill=gradient("FFFFFF", "FEFEFE"))),
    "lines of one point by the paragraph's style": p(r(HIDDEN), says='<w:pStyle w:val="Thin"/>'),
    "lines of one point by the base of the style": p(r(HIDDEN), says='<w:pStyle w:val="ThinChild"/>'),
    "indent off the page by the paragraph's style": p(r(HIDDEN), says='<w:pStyle w:val="Away"/>'),
    "frame off the page by the paragraph's style": p(r(HIDDEN), says='<w:pStyle w:val="Frame"/>'),
    "first line hanging off the page": p(r(HIDDEN), says='<w:ind w:hanging="20000"/>'),
    "indent beyond the right edge": p(r(HIDDEN), says='<w:ind w:left="31000"/>'),
    "frame beyond the right edge": p(r(HIDDEN), says='<w:framePr w:w="3000" w:hAnchor="page" w:x="31000" w:y="100"/>'),
    "table beyond the right edge": table(p(r(HIDDEN)), '<w:tblpPr w:tblpX="31000" w:tblpY="1"/>'),
    "size of right-to-left letters is one point": p(r(HIDDEN, '<w:rtl/><w:sz w:val="24"/><w:szCs w:val="2"/>')),
    "shape hidden in its own name": p(box(p(r(HIDDEN))).replace("<wps:wsp>", '<wps:wsp><wps:cNvPr id="3" name="t" hidden="1"/>')),
    "white signs of a formula": formula(sign(HIDDEN, WHITE)),
    "phantom of a formula": formula(f'<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr><m:e>{sign(HIDDEN)}</m:e></m:phant>'),
    "ruby in a hidden run": p(ruby(r(HIDDEN), "<w:vanish/>")),
    "white outline around white letters": p(r(HIDDEN, WHITE + '<w14:textOutline><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textOutline>')),
}  # fmt: skip
WORD_SEEN = {
    "list item that hangs by half an inch": p(r(SEEN), says='<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="720" w:hanging="720"/>'),
    "dates in a column that hangs by five inches": p(r(SEEN), says='<w:pStyle w:val="Dates"/>'),
    "hanging of the style taken back": p(r(SEEN), says='<w:pStyle w:val="Hanging"/><w:ind w:firstLine="0"/>'),
    "low lines of the style taken back": p(r(SEEN), says='<w:pStyle w:val="Thin"/><w:spacing w:line="240" w:lineRule="auto"/>'),
    "right-to-left letters of usual size": p(r(SEEN, '<w:rtl/><w:szCs w:val="24"/>')),
    "small size of right-to-left letters on others": p(r(SEEN, '<w:sz w:val="22"/><w:szCs w:val="2"/>')),
    "theme white, darker by a half": p(r(SEEN, '<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="80"/>')),
    "letter effect in white, darker by a half": p(r(SEEN, effect('<w14:lumMod w14:val="50000"/>'))),
    "white in a box of white, darker by three quarters": p(box(p(r(SEEN, WHITE)), fill=filled("bg1", '<a:lumMod val="25000"/>'))),
    "the same with a percent sign": p(box(p(r(SEEN, WHITE)), fill=filled("bg1", '<a:lumMod val="25%"/>'))),
    "white over an unseen gradient": p(box(p(r(SEEN, WHITE)), fill=gradient("FFFFFF", "FFFFFF", more='<a:alpha val="0"/>'))),
    "tight heading": p(r(SEEN, '<w:spacing w:val="-20"/><w:sz w:val="48"/><w:smallCaps/>'), says='<w:spacing w:line="400" w:lineRule="exact"/>'),
    "justified line": p(r(SEEN, '<w:spacing w:val="-6"/><w:w w:val="90"/>'), says='<w:jc w:val="both"/>'),
    "formula": formula(sign(SEEN)),
    "ruby": p(ruby(r(SEEN))),
}  # fmt: skip


def told(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    document = read(data, isolate=False)
    return document.text, [(finding.code, finding.quote) for finding in document.findings]


ONLY_SEEN = ("Python\nSQL", [("hidden-text", HIDDEN)])


@pytest.mark.parametrize("case", WORD_HIDDEN)
def test_word_leaves_hidden_text_out_and_tells(case: str) -> None:
    assert told(docx(p(r(SEEN)) + WORD_HIDDEN[case] + p(r("SQL")), parts={"word/styles.xml": SHEET})) == ONLY_SEEN


@pytest.mark.parametrize("case", WORD_SEEN)
def test_word_keeps_what_can_be_seen(case: str) -> None:
    assert told(docx(WORD_SEEN[case], parts={"word/styles.xml": SHEET})) == (SEEN, [])


def test_word_letters_follow_the_style_that_holds_by_default() -> None:
    body = p(r(SEEN, PLAIN)) + p(r(HIDDEN)) + p(r("SQL", PLAIN))
    assert told(docx(body, parts={"word/styles.xml": GHOST})) == ONLY_SEEN


def paragraphs(name: str, says: str, above: str = "") -> str:
    parent = f' style:parent-style-name="{above}"' if above else ""
    return f'<style:style style:name="{name}" style:family="paragraph"{parent}><style:paragraph-properties {says}/></style:style>'


def columns(says: str, cells: str) -> str:
    return (
        f"<table:table><table:table-column {says}/><table:table-column/><table:table-row>{cells}</table:table-row></table:table>"
    )


def cell(text: str) -> str:
    return f"<table:table-cell>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def written(text: str, style: str) -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def frame(says: str, text: str) -> str:
    return f'<text:p><draw:frame {says} svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></text:p>'


ODT_STYLES = (
    paragraphs("Out", 'fo:text-indent="-50cm"')
    + paragraphs("Far", 'fo:margin-left="60cm"')
    + paragraphs("Low", 'fo:line-height="1%"')
    + paragraphs("Column", 'fo:margin-left="16cm"')
    + paragraphs("Dates", 'fo:text-indent="-16cm"', "Column")
    + paragraphs("Usual", 'fo:line-height="100%"', "Low")
    + text_style("Faint", 'loext:opacity="8%" fo:color="#000000"', "paragraph")
    + text_style("Dot", 'style:text-position="super 1%" fo:letter-spacing="0cm" style:text-scale="100%"', "paragraph")
    + text_style("Tight", 'fo:letter-spacing="-0.01cm" style:text-position="0% 100%" style:text-scale="90%"', "paragraph")
    + '<style:style style:name="Zero" style:family="table-column"><style:table-column-properties style:column-width="0.001cm"/></style:style>'
)
ODT_HIDDEN = {
    "hidden column": columns('table:visibility="collapse"', cell(HIDDEN) + cell("")),
    "column of no width": columns('table:style-name="Zero"', cell(HIDDEN) + cell("")),
    "first line off the page": written(HIDDEN, "Out"),
    "beyond the right edge": written(HIDDEN, "Far"),
    "lines of one percent": written(HIDDEN, "Low"),
    "nearly transparent": written(HIDDEN, "Faint"),
    "superscript of no size, and usual width after it": written(HIDDEN, "Dot"),
    "frame moved off the page": frame('draw:transform="rotate (0.5) translate (-90cm -90cm)"', HIDDEN),
}
ODT_SEEN = {
    "visible column beside a hidden, empty one": columns('table:visibility="collapse"', cell("") + cell(SEEN)),
    "nested table in a column that is shown": columns(
        "", cell("") + f"<table:table-cell>{columns('', cell(SEEN) + cell(''))}</table:table-cell>"
    ),
    "hanging from the indent of the parent style": written(SEEN, "Dates"),
    "line height of the parent taken back": written(SEEN, "Usual"),
    "letters a little tight": written(SEEN, "Tight"),
    "frame moved on the page": frame('draw:transform="translate (3cm 4cm)"', SEEN),
}


@pytest.mark.parametrize("case", ODT_HIDDEN)
def test_opendocument_leaves_hidden_text_out_and_tells(case: str) -> None:
    text, findings = told(odt(f"<text:p>{SEEN}</text:p>{ODT_HIDDEN[case]}<text:p>SQL</text:p>", ODT_STYLES))
    assert (text, findings) == ONLY_SEEN


@pytest.mark.parametrize("case", ODT_SEEN)
def test_opendocument_keeps_what_can_be_seen(case: str) -> None:
    text, findings = told(odt(ODT_SEEN[case], ODT_STYLES))
    assert (text.strip(), findings) == (SEEN, [])


RTF_HIDDEN = {
    "first line off the page": rf"{{\pard\fi-20000 {HIDDEN}\par}}",
    "beyond the right edge": rf"{{\pard\li32000 {HIDDEN}\par}}",
    "row off the page": rf"\trowd\trleft-30000\cellx-25000\intbl {HIDDEN}\cell\row\pard ",
    "row off the page and of usual height": rf"\trowd\trleft-30000\trrh300\cellx-25000\intbl {HIDDEN}\cell\row\pard ",
    "letters on top of each other, in quarter points": rf"{{\expnd-80 {HIDDEN}}}\par ",
    "squeezed, and usual space after it": rf"{{\charscalex1\expndtw0 {HIDDEN}}}\par ",
    "colour of the paragraph's full pattern": rf"{{\pard\shading10000\cfpat3\cf3 {HIDDEN}\par}}",
    "colour of the letters' full pattern": rf"{{\chshdng10000\chcfpat3\cf3 {HIDDEN}}}\par ",
}
RTF_SEEN = {
    "list item that hangs": rf"\pard\fi-360\li720 {SEEN}\par ",
    "dates in a column that hangs": rf"\pard\li7200\fi-7200 {SEEN}\par ",
    "white on a dark pattern": rf"{{\pard\shading10000\cfpat3\cf1 {SEEN}\par}}",
    "plain ends the pattern of the letters": rf"\chshdng10000\chcfpat2\cf1\plain {SEEN}\par ",
    "tight letters": rf"\expnd-1\expndtw-6\charscalex90 {SEEN}\par ",
    "table a little left of the margin": rf"\trowd\trleft-108\cellx5000\intbl {SEEN}\cell\row\pard ",
}


@pytest.mark.parametrize("case", RTF_HIDDEN)
def test_rtf_leaves_hidden_text_out_and_tells(case: str) -> None:
    assert told(rtf(rf"\pard {SEEN}\par {RTF_HIDDEN[case]}\pard SQL\par ")) == ONLY_SEEN


@pytest.mark.parametrize("case", RTF_SEEN)
def test_rtf_keeps_what_can_be_seen(case: str) -> None:
    assert told(rtf(RTF_SEEN[case])) == (SEEN, [])


def test_rtf_shape_behind_the_page_is_no_text() -> None:
    body = rf"{SEEN}\par {{\*\background{{\shp{{\*\shpinst{{\shptxt {HIDDEN}\par}}}}}}}}"
    assert told(rtf(body)) == (SEEN, [])


NO_NUMBERS = pytest.mark.parametrize("number", ["\u00b2", "--5", "9" * 4_000, "9" * 5_000, ""], ids=["raised two", "two signs", "long", "longer", "none"])  # fmt: skip


@NO_NUMBERS
def test_word_reads_on_where_a_number_is_none(number: str) -> None:
    letters = (
        f'<w:sz w:val="{number}"/><w:spacing w:val="{number}"/><w:shd w:val="pct{number}" w:fill="FFFFFF" w:color="FFFFFF"/>'
    )
    letters += f'<w:color w:val="000000" w:themeColor="text1" w:themeTint="{number}"/><w14:textFill><w14:solidFill>'
    letters += f'<w14:srgbClr w14:val="000000"><w14:alpha w14:val="{number}"/></w14:srgbClr></w14:solidFill></w14:textFill>'
    placed = f'<w:tblpPr w:tblpX="{number}" w:tblpY="{number}"/><w:tblInd w:w="{number}"/><w:tblLook w:val="{number}"/>'
    fill = f'<a:solidFill><a:srgbClr val="FFFFFF"><a:lumMod val="{number}"/><a:alpha val="{number}"/></a:srgbClr></a:solidFill>'
    assert SEEN in told(docx(p(r(SEEN)) + p(r("SQL", letters)) + table(p(r("Go")), placed) + p(box(p(r("Java")), fill=fill))))[0]


@NO_NUMBERS
def test_opendocument_reads_on_where_a_number_is_none(number: str) -> None:
    says = f'fo:font-size="{number}%" style:text-position="{number}% {number}%" style:text-scale="{number}%" loext:opacity="{number}%"'
    styles = text_style("N", says, "paragraph") + text_style("E", 'style:text-position=""', "paragraph")
    styles += paragraphs("L", f'fo:line-height="{number}%" fo:margin-left="{number}cm" fo:text-indent="{number}cm"')
    body = f"<text:p>{SEEN}</text:p>" + "".join(written("SQL", name) for name in "NEL")
    body += columns(f'table:number-columns-repeated="{number}"', cell("Go")) + frame(f'svg:x="{number}cm"', "Java")
    assert SEEN in told(odt(body, styles))[0]


@NO_NUMBERS
def test_rtf_reads_on_where_a_number_is_none(number: str) -> None:
    shape = rf"{{\shp{{\*\shpinst\shpleft0\shpright3000{{\sp{{\sn fillColor}}{{\sv {number}}}}}{{\shptxt SQL\par}}}}}}"
    assert SEEN in told(rtf(rf"\fs{number}\plain {SEEN}\par {shape}"))[0]


def test_opendocument_place_of_many_commas_takes_no_time() -> None:
    begun = time.process_time()
    assert told(odt(frame(f'draw:transform="translate({"," * 20_000}"', SEEN)))[0] == SEEN
    assert time.process_time() - begun < 5
