"""Text that can't be seen is left out exactly, and told of; what only looks like it stays, and raises nothing."""

from __future__ import annotations

import pytest
from made import box, docx, odt, p, part, r, rtf, text_style

from dlmatch.reading import read

SEEN = "Python"
HIDDEN = "Terraform"
WHITE = '<w:color w:val="FFFFFF"/>'
DARK_FILL = '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'
STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Ghost"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Pale"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Banner"><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Trick"><w:tblStylePr w:type="firstRow"><w:rPr><w:vanish/></w:rPr></w:tblStylePr></w:style>',
)
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    '<a:dk2><a:srgbClr val="1F497D"/></a:dk2><a:lt2><a:srgbClr val="EEECE1"/></a:lt2></a:clrScheme></a:themeElements></a:theme>'
)
PARTS = {"word/styles.xml": STYLES, "word/theme/theme1.xml": THEME}


def table(cell: str, *, says: str = "", row: str = "", of: str = "") -> str:
    return f"<w:tbl><w:tblPr>{says}</w:tblPr><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{of}</w:tcPr>{cell}</w:tc></w:tr></w:tbl>"


def positioned(across: int) -> str:
    return f'<wp:positionH relativeFrom="page"><wp:posOffset>{across}</wp:posOffset></wp:positionH>'


WORD_HIDDEN = {
    "vanish on the run": p(r(HIDDEN, "<w:vanish/>")),
    "vanish through a character style": p(r(HIDDEN, '<w:rStyle w:val="Ghost"/>')),
    "vanish through the style's base": p(r(HIDDEN, '<w:rStyle w:val="Child"/>')),
    "white on the run": p(r(HIDDEN, WHITE)),
    "near white": p(r(HIDDEN, '<w:color w:val="FDFDFD"/>')),
    "pale grey": p(r(HIDDEN, '<w:color w:val="E6E6E6"/>')),
    "white through the paragraph style": p(r(HIDDEN), says='<w:pStyle w:val="Pale"/>'),
    "white by theme though another colour is written": p(r(HIDDEN, '<w:color w:val="000000" w:themeColor="background1"/>')),
    "one point": p(r(HIDDEN, '<w:sz w:val="2"/>')),
    "three points": p(r(HIDDEN, '<w:sz w:val="6"/>')),
    "black on black shading": p(r(HIDDEN, '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')),
    "colour of the paragraph's shading": p(r(HIDDEN, '<w:color w:val="1F3864"/>'), says='<w:shd w:val="clear" w:fill="1F3864"/>'),
    "yellow on yellow highlight": p(r(HIDDEN, '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>')),
    "letters without fill": p(r(HIDDEN, "<w14:textFill><w14:noFill/></w14:textFill>")),
    "letters squeezed": p(r(HIDDEN, '<w:w w:val="1"/>')),
    "letters on top of each other": p(r(HIDDEN, '<w:spacing w:val="-400"/>')),
    "letters fitted into nothing": p(r(HIDDEN, '<w:fitText w:val="1"/>')),
    "letters above the page": p(r(HIDDEN, '<w:position w:val="3000"/>')),
    "table off the page": table(p(r(HIDDEN)), says='<w:tblpPr w:tblpX="-30000" w:tblpY="1"/>'),
    "lines of one point exactly": p(r(HIDDEN), says='<w:spacing w:line="20" w:lineRule="exact"/>'),
    "indent off the page": p(r(HIDDEN), says='<w:ind w:left="-20000"/>'),
    "hidden row": table(p(r(HIDDEN)), row="<w:hidden/>"),
    "row of no height": table(p(r(HIDDEN)), row='<w:trHeight w:val="10" w:hRule="exact"/>'),
    "white in a white cell of a dark table": table(
        p(r(HIDDEN, WHITE)), says='<w:shd w:val="clear" w:fill="000000"/>', of='<w:shd w:val="clear" w:fill="FFFFFF"/>'
    ),
    "vanish through a table style": table(p(r(HIDDEN)), says='<w:tblStyle w:val="Trick"/>'),
    "white in a white text box": p(box(p(r(HIDDEN, WHITE)))),
    "text box of no size": p(box(p(r(HIDDEN)), size=(0, 0))),
    "text box off the page": p(box(p(r(HIDDEN)), frame=positioned(-9_000_000))),
    "hidden drawing": p(box(p(r(HIDDEN)), frame='<wp:docPr id="1" name="x" hidden="1"/>')),
    "hidden VML shape": p(
        '<w:r><w:pict><v:shape style="visibility:hidden"><v:textbox><w:txbxContent>'
        + p(r(HIDDEN))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ),
    "hidden beside a visible run": p(r("", ""), r(HIDDEN, "<w:vanish/>")),
}
WORD_SILENT = {
    "deleted": p(f"<w:del><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del>"),
    "deleted though written as text": p(f"<w:del>{r(HIDDEN)}</w:del>"),
    "moved away": p(f"<w:moveFrom>{r(HIDDEN)}</w:moveFrom>"),
    "field code": p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + f"<w:r><w:instrText>{HIDDEN}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "text inside a field code": p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r(HIDDEN) + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "deleted row": f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r(HIDDEN))}</w:tc></w:tr></w:tbl>",
    "alternative text of a picture": p(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{HIDDEN}"/></wp:inline></w:drawing></w:r>'
    ),
}
WORD_SEEN = {
    "white on dark shading of the run": p(r(SEEN, WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>')),
    "white in a banner paragraph": p(r(SEEN), says='<w:pStyle w:val="Banner"/>'),
    "white in a dark cell": table(p(r(SEEN, WHITE)), of='<w:shd w:val="clear" w:fill="333333"/>'),
    "white header row of a table style": table(p(r(SEEN)), says='<w:tblStyle w:val="Grid"/>'),
    "white in a dark text box": p(box(p(r(SEEN, WHITE)), fill=DARK_FILL)),
    "white over a picture of a gradient": p(box(p(r(SEEN, WHITE)), fill="<a:gradFill/>")),
    "white right after a dark floating rectangle": p(box("", fill=DARK_FILL, size=(6_000_000, 900_000))) + p(r(SEEN, WHITE)),
    "white on dark highlight": p(r(SEEN, WHITE + '<w:highlight w:val="darkBlue"/>')),
    "vanish switched off": p(r(SEEN, '<w:vanish w:val="0"/>')),
    "vanish undone on the run": p(r(SEEN, '<w:rStyle w:val="Ghost"/><w:vanish w:val="false"/>')),
    "hidden only on the web": p(r(SEEN, "<w:webHidden/>")),
    "pale grey": p(r(SEEN, '<w:color w:val="BFBFBF"/>')),
    "small print": p(r(SEEN, '<w:sz w:val="10"/>')),
    "automatic colour on black": p(r(SEEN, '<w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/>')),
    "white with an outline": p(r(SEEN, WHITE + "<w:outline/>")),
    "field that never ends": p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r(SEEN)),
    "inserted": p(f"<w:ins>{r(SEEN)}</w:ins>"),
    "moved here": p(f"<w:moveTo>{r(SEEN)}</w:moveTo>"),
}


@pytest.mark.parametrize("case", WORD_HIDDEN)
def test_word_leaves_hidden_text_out_and_tells(case: str) -> None:
    document = read(docx(p(r(SEEN)) + WORD_HIDDEN[case] + p(r("SQL")), parts=PARTS), isolate=False)
    without = read(docx(p(r(SEEN)) + p(r("SQL")), parts=PARTS), isolate=False)
    assert document.text == without.text
    assert document.blocks == without.blocks
    assert [(finding.code, finding.quote) for finding in document.findings] == [("hidden-text", HIDDEN)]


@pytest.mark.parametrize("case", WORD_SILENT)
def test_word_leaves_out_what_nobody_meant_to_show(case: str) -> None:
    document = read(docx(p(r(SEEN)) + WORD_SILENT[case] + p(r("SQL")), parts=PARTS), isolate=False)
    assert document.text == "Python\nSQL"
    assert document.findings == ()


@pytest.mark.parametrize("case", WORD_SEEN)
def test_word_keeps_what_can_be_seen(case: str) -> None:
    document = read(docx(WORD_SEEN[case], parts=PARTS), isolate=False)
    assert document.text == SEEN
    assert document.findings == ()


def test_word_hidden_words_inside_a_word_leave_it_whole() -> None:
    body = p(r("Tensor"), r(HIDDEN, "<w:vanish/>"), r("Flow"))
    assert read(docx(body), isolate=False).text == "TensorFlow"


def test_white_text_far_below_a_small_dark_shape_is_hidden() -> None:
    body = p(box("", fill=DARK_FILL, size=(6_000_000, 300_000))) + p(r(SEEN)) * 30 + p(r(HIDDEN, WHITE))
    assert [finding.quote for finding in read(docx(body), isolate=False).findings] == [HIDDEN]


GHOST = text_style("H", 'text:display="none"')
PALE = text_style("W", 'fo:color="#ffffff"')
TINY = text_style("T", 'fo:font-size="1pt"')
CHILD = '<style:style style:name="C" style:family="text" style:parent-style-name="W"/>'
DARK = '<style:style style:name="D" style:family="paragraph"><style:paragraph-properties fo:background-color="#1f3864"/></style:style>'
CELL = '<style:style style:name="K" style:family="table-cell"><style:table-cell-properties fo:background-color="#000000"/></style:style>'
BOX = '<style:style style:name="B" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#1f3864"/></style:style>'
FLAT = '<style:style style:name="F" style:family="paragraph"><style:paragraph-properties fo:line-height="0.5pt"/></style:style>'
FLOAT = (
    '<style:style style:name="R" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#1f3864" '
    'style:wrap="run-through"/></style:style>' + text_style("P", 'fo:color="#ffffff"', "paragraph")
)
SUPER = FLOAT + text_style("S", 'style:text-position="super 1%"') + text_style("L", 'fo:letter-spacing="-1cm"')
ALL = SUPER + GHOST + PALE + TINY + CHILD + DARK + CELL + BOX + FLAT + text_style("G", 'style:text-scale="1%"')
ODT_HIDDEN = {
    "display none": f'<text:p><text:span text:style-name="H">{HIDDEN}</text:span></text:p>',
    "white": f'<text:p><text:span text:style-name="W">{HIDDEN}</text:span></text:p>',
    "white through the parent style": f'<text:p><text:span text:style-name="C">{HIDDEN}</text:span></text:p>',
    "one point": f'<text:p><text:span text:style-name="T">{HIDDEN}</text:span></text:p>',
    "squeezed": f'<text:p><text:span text:style-name="G">{HIDDEN}</text:span></text:p>',
    "hidden paragraph": f'<text:p>{HIDDEN}<text:hidden-paragraph text:is-hidden="true"/></text:p>',
    "superscript of no size": f'<text:p><text:span text:style-name="S">{HIDDEN}</text:span></text:p>',
    "letters on top of each other": f'<text:p><text:span text:style-name="L">{HIDDEN}</text:span></text:p>',
    "hidden section": f'<text:section text:display="none"><text:p>{HIDDEN}</text:p></text:section>',
    "hidden text field": f'<text:p><text:hidden-text text:is-hidden="true" text:string-value="{HIDDEN}"/></text:p>',
    "hidden row": f'<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>{HIDDEN}</text:p></table:table-cell></table:table-row></table:table>',
    "covered cell": f"<table:table><table:table-row><table:covered-table-cell><text:p>{HIDDEN}</text:p></table:covered-table-cell></table:table-row></table:table>",
    "box of no size": f'<text:p><draw:frame svg:width="0cm" svg:height="0cm"><draw:text-box><text:p>{HIDDEN}</text:p></draw:text-box></draw:frame></text:p>',
    "box off the page": f'<text:p><draw:frame svg:x="-90cm" svg:width="4cm"><draw:text-box><text:p>{HIDDEN}</text:p></draw:text-box></draw:frame></text:p>',
    "lines of no height": f'<text:p text:style-name="F">{HIDDEN}</text:p>',
}
ODT_SEEN = {
    "white on a dark paragraph": f'<text:p text:style-name="D"><text:span text:style-name="W">{SEEN}</text:span></text:p>',
    "white in a dark cell": f'<table:table><table:table-row><table:table-cell table:style-name="K"><text:p><text:span text:style-name="W">{SEEN}</text:span></text:p></table:table-cell></table:table-row></table:table>',
    "white in a dark box": f'<text:p><draw:frame draw:style-name="B"><draw:text-box><text:p><text:span text:style-name="W">{SEEN}</text:span></text:p></draw:text-box></draw:frame></text:p>',
    "white right after a dark floating rectangle": (
        f'<text:p><draw:custom-shape draw:style-name="R" svg:width="17cm" svg:height="2cm"/></text:p><text:p text:style-name="P">{SEEN}</text:p>'
    ),
    "section shown by its condition": f'<text:section text:display="condition"><text:p>{SEEN}</text:p></text:section>',
    "hidden text that is shown": f'<text:p>{SEEN}</text:p><text:p><text:hidden-text text:is-hidden="false" text:string-value=""/></text:p>',
}


@pytest.mark.parametrize("case", ODT_HIDDEN)
def test_opendocument_leaves_hidden_text_out_and_tells(case: str) -> None:
    document = read(odt(f"<text:p>{SEEN}</text:p>{ODT_HIDDEN[case]}<text:p>SQL</text:p>", ALL), isolate=False)
    assert document.text == "Python\nSQL"
    assert [finding.quote for finding in document.findings] == [HIDDEN]


@pytest.mark.parametrize("case", ODT_SEEN)
def test_opendocument_keeps_what_can_be_seen(case: str) -> None:
    document = read(odt(ODT_SEEN[case], ALL), isolate=False)
    assert (document.text, document.findings) == (SEEN, ())


RTF_HIDDEN = {
    "hidden": rf"{{\v {HIDDEN}}}\par ",
    "hidden, switched off again": rf"\v {HIDDEN}\v0\par ",
    "white": rf"{{\cf1 {HIDDEN}}}\par ",
    "one point": rf"{{\fs2 {HIDDEN}}}\par ",
    "black on black": rf"{{\cf2\chcbpat2 {HIDDEN}}}\par ",
    "black on black highlight": rf"{{\cf2\highlight2 {HIDDEN}}}\par ",
    "colour of the paragraph": rf"{{\pard\cbpat3\cf3 {HIDDEN}\par}}",
    "squeezed": rf"{{\charscalex1 {HIDDEN}}}\par ",
    "letters on top of each other": rf"{{\expndtw-400 {HIDDEN}}}\par ",
    "letters above the page": rf"{{\up3000 {HIDDEN}}}\par ",
    "exact lines of one point": rf"{{\pard\sl-20\slmult0 {HIDDEN}\par}}",
    "off the page": rf"{{\pard\li-20000 {HIDDEN}\par}}",
    "row of no height": rf"\trowd\trrh-10\cellx5000\intbl {HIDDEN}\cell\row\pard ",
    "hidden shape": rf"{{\shp{{\*\shpinst\shpleft0\shpright3000\shptop0\shpbottom900{{\sp{{\sn fHidden}}{{\sv 1}}}}{{\shptxt {HIDDEN}\par}}}}}}",
    "shape of no size": rf"{{\shp{{\*\shpinst\shpleft0\shpright0\shptop0\shpbottom0{{\shptxt {HIDDEN}\par}}}}}}",
    "letter by letter in hex": r"{\v " + "".join(f"\\'{ord(letter):02x}" for letter in HIDDEN) + r"}\par ",
}
RTF_SEEN = {
    "white on dark": rf"{{\cf1\chcbpat3 {SEEN}}}\par ",
    "white on a dark paragraph": rf"{{\pard\cbpat3\cf1 {SEEN}\par}}",
    "white in a dark cell": rf"\trowd\clcbpat3\cellx5000\intbl\cf1 {SEEN}\cell\row\pard ",
    "white in a dark shape": rf"{{\shp{{\*\shpinst\shpleft0\shpright3000\shptop0\shpbottom900{{\sp{{\sn fillColor}}{{\sv 6568991}}}}{{\shptxt\cf1 {SEEN}\par}}}}}}",
    "hidden ended with the group": rf"{{\v}}{SEEN}\par ",
    "plain ends hidden": rf"\v\plain {SEEN}\par ",
}


@pytest.mark.parametrize("case", RTF_HIDDEN)
def test_rtf_leaves_hidden_text_out_and_tells(case: str) -> None:
    document = read(rtf(rf"\pard {SEEN}\par {RTF_HIDDEN[case]}\pard SQL\par "), isolate=False)
    assert document.text == "Python\nSQL"
    assert [finding.quote for finding in document.findings] == [HIDDEN]


@pytest.mark.parametrize("case", RTF_SEEN)
def test_rtf_keeps_what_can_be_seen(case: str) -> None:
    document = read(rtf(RTF_SEEN[case]), isolate=False)
    assert (document.text, document.findings) == (SEEN, ())


@pytest.mark.parametrize(
    "silent",
    [
        rf"{{\deleted {HIDDEN}}}",
        rf"{{\*\unknown {HIDDEN}}}",
        rf"{{\info{{\title {HIDDEN}}}}}",
        rf"{{\field{{\*\fldinst {HIDDEN}}}{{\fldrslt }}}}",
        rf"{{\*\annotation {HIDDEN}}}",
    ],
)
def test_rtf_says_nothing_of_what_was_never_text(silent: str) -> None:
    document = read(rtf(rf"{SEEN}{silent}\par "), isolate=False)
    assert (document.text, document.findings) == (SEEN, ())


HTML_HIDDEN = {
    "display none": f'<p style="display:none">{HIDDEN}</p>',
    "display none, important and in capitals": f'<p style="DISPLAY : NONE !important">{HIDDEN}</p>',
    "hidden attribute": f"<p hidden>{HIDDEN}</p>",
    "visibility": f'<p style="visibility:hidden">{HIDDEN}</p>',
    "opacity": f'<p style="opacity:0">{HIDDEN}</p>',
    "opacity of the parent": f'<div style="opacity:.01"><p>{HIDDEN}</p></div>',
    "size 0": f'<p style="font-size:0">{HIDDEN}</p>',
    "size 1px": f'<span style="font-size:1px">{HIDDEN}</span>',
    "size 1% of the parent": f'<p style="font-size:1%">{HIDDEN}</p>',
    "white": f'<p style="color:#fff">{HIDDEN}</p>',
    "white by name": f'<font color="white">{HIDDEN}</font>',
    "near white": f'<p style="color:rgb(253, 253, 253)">{HIDDEN}</p>',
    "pale grey": f'<p style="color:#e6e6e6">{HIDDEN}</p>',
    "white by hsl": f'<p style="color:hsl(0, 0%, 100%)">{HIDDEN}</p>',
    "transparent": f'<p style="color:transparent">{HIDDEN}</p>',
    "nearly transparent": f'<p style="color:rgba(0,0,0,0.02)">{HIDDEN}</p>',
    "text fill": f'<p style="-webkit-text-fill-color:transparent">{HIDDEN}</p>',
    "same as its own background": f'<p style="color:#123456;background:#123456">{HIDDEN}</p>',
    "same as the parent's background": f'<div style="background-color:navy"><p style="color:navy">{HIDDEN}</p></div>',
    "off screen": f'<p style="position:absolute;left:-9999px">{HIDDEN}</p>',
    "indented away": f'<p style="text-indent:-9999px">{HIDDEN}</p>',
    "moved by transform": f'<p style="transform:translateX(-9999px)">{HIDDEN}</p>',
    "scaled to nothing": f'<p style="transform:scale(0)">{HIDDEN}</p>',
    "no height": f'<div style="height:0;overflow:hidden">{HIDDEN}</div>',
    "one pixel": f'<span style="position:absolute;width:1px;height:1px;overflow:hidden">{HIDDEN}</span>',
    "clipped": f'<p style="position:absolute;clip:rect(0,0,0,0)">{HIDDEN}</p>',
    "clip path": f'<p style="clip-path:inset(100%)">{HIDDEN}</p>',
    "by class": f"<style>.x{{display:none}}</style><p class='x'>{HIDDEN}</p>",
    "by id": f"<style>#x{{color:white}}</style><p id='x'>{HIDDEN}</p>",
    "by descendant": f"<style>div.a p{{font-size:0}}</style><div class='a'><p>{HIDDEN}</p></div>",
    "by a variable": f"<style>:root{{--c:#fff}} p.x{{color:var(--c)}}</style><p class='x'>{HIDDEN}</p>",
    "by a media rule for screens": f"<style>@media screen{{.x{{display:none}}}}</style><p class='x'>{HIDDEN}</p>",
    "by its place among its kin": f"<style>p:nth-of-type(2){{display:none}}</style><p>{HIDDEN}</p>",
    "by what it is not": f"<style>b:not(.a){{display:none}}</style><b>{HIDDEN}</b>",
    "by its neighbour": f"<style>b + i{{display:none}}</style><b></b><i>{HIDDEN}</i>",
    "by the start of an attribute": f"<style>[data-x^=ab]{{display:none}}</style><p data-x='abc'>{HIDDEN}</p>",
    "by a rule for wide windows": f"<style>@media (min-width: 600px){{.x{{display:none}}}}</style><p class='x'>{HIDDEN}</p>",
    "squeezed": f'<p style="letter-spacing:-1em">{HIDDEN}</p>',
    "font shorthand": f'<p style="font:0/0 a">{HIDDEN}</p>',
    "moved by translate": f'<p style="translate:-9999px">{HIDDEN}</p>',
    "inset": f'<p style="position:fixed;inset:-9999px auto auto -9999px">{HIDDEN}</p>',
    "computed": f'<p style="position:absolute;left:calc(-9999px)">{HIDDEN}</p>',
    "letters of a picture without fill": f'<svg><text fill="none">{HIDDEN}</text></svg>',
    "picture of no size": f'<svg width="0" height="0"><text>{HIDDEN}</text></svg>',
    "in place of a film": f"<video>{HIDDEN}</video>",
    "template": f"<template>{HIDDEN}</template>",
    "noscript": f"<noscript>{HIDDEN}</noscript>",
    "closed dialog": f"<dialog>{HIDDEN}</dialog>",
    "comment": f"<!-- {HIDDEN} -->",
    "words in a script": f"<script>{HIDDEN}</script>",
    "white table text": f'<table><tr><td bgcolor="white"><font color="#fefefe">{HIDDEN}</font></td></tr></table>',
}
HTML_SEEN = {
    "white on dark": f'<p style="color:#fff;background:#1f3864">{SEEN}</p>',
    "white on the parent's dark": f'<div style="background:#222"><b style="color:white">{SEEN}</b></div>',
    "white on a picture": f'<div style="background-image:url(a.png)"><p style="color:#fff">{SEEN}</p></div>',
    "white on a gradient": f'<div style="background:linear-gradient(#000,#111)"><p style="color:#fff">{SEEN}</p></div>',
    "visible inside invisible": f'<div style="visibility:hidden"><p style="visibility:visible">{SEEN}</p></div>',
    "hidden in print only": f"<style>@media print{{p{{display:none}}}}</style><p>{SEEN}</p>",
    "rule overruled": f"<style>p{{display:none}} p.x{{display:block}}</style><p class='x'>{SEEN}</p>",
    "hidden attribute overruled": f'<p hidden style="display:block">{SEEN}</p>',
    "in narrow windows only": f"<style>@media (max-width: 600px){{p{{display:none}}}}</style><p>{SEEN}</p>",
    "before and after": f"<style>p::after{{display:none}}</style><p>{SEEN}</p>",
    "on hover only": f"<style>p:hover{{display:none}}</style><p>{SEEN}</p>",
    "aria-hidden": f'<p aria-hidden="true">{SEEN}</p>',
    "small print": f'<p style="font-size:8px">{SEEN}</p>',
    "closed details": f"<details>{SEEN}</details>",
    "height 0 that overflows": f'<div style="height:0">{SEEN}</div>',
    "gradient letters": f'<p style="background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent">{SEEN}</p>',
    "a little to the left": f'<p style="position:relative;left:-10px">{SEEN}</p>',
    "class of a style sheet that was not saved": f'<link rel="stylesheet" href="x.css"><a class="button" style="color:#fff">{SEEN}</a>',
    "scripts and styles": f"<script>var a = 1;</script><style>b{{color:red}}</style><p>{SEEN}</p>",
}


@pytest.mark.parametrize("case", HTML_HIDDEN)
def test_html_leaves_hidden_text_out_and_tells(case: str) -> None:
    document = read(f"<html><body><p>{SEEN}</p>{HTML_HIDDEN[case]}<p>SQL</p></body></html>".encode(), isolate=False)
    assert document.text == "Python\nSQL"
    assert [finding.quote for finding in document.findings] == [HIDDEN]


@pytest.mark.parametrize("case", HTML_SEEN)
def test_html_keeps_what_can_be_seen(case: str) -> None:
    document = read(f"<html><body>{HTML_SEEN[case]}</body></html>".encode(), isolate=False)
    assert (document.text, document.findings) == (SEEN, ())


MARKDOWN_HIDDEN = {
    "comment": f"<!-- {HIDDEN} -->\n",
    "comment over lines": f"<!--\n{HIDDEN}\n-->\n",
    "link definition as a comment": f"[//]: # ({HIDDEN})\n",
    "hidden element": f'<div style="display:none">{HIDDEN}</div>\n',
    "white element": f'<span style="color:white">{HIDDEN}</span>\n',
}


@pytest.mark.parametrize("case", MARKDOWN_HIDDEN)
def test_markdown_leaves_hidden_text_out_and_tells(case: str) -> None:
    document = read(f"# Skills\n\n- {SEEN}\n\n{MARKDOWN_HIDDEN[case]}".encode(), name="cv.md", isolate=False)
    assert HIDDEN not in document.text
    assert HIDDEN in document.findings[0].quote


def test_markdown_keeps_code_as_it_is_shown() -> None:
    text = "Use `<!-- note -->` or:\n\n```\n<!-- Terraform -->\n```\n"
    document = read(text.encode(), name="a.md", isolate=False)
    assert (document.text, document.findings) == (text, ())
