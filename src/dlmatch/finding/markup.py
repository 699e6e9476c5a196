"""Blanks the marks of Markdown, HTML and LaTeX out of a text whose words alone are wanted; the length stays the same."""

from __future__ import annotations

import re

FILL = "\x1f"  # counts as white space for patterns, but is no double space: it never parts two lines
BULLET = "\u2022"

_RULER = re.compile(r"^[ \t]*+[|:=_*+-](?:[ \t]?[|:=_*+-]){2,}+[ \t]*+$", re.M)  # under a heading, between the rows of a table
_FRONT = re.compile(r"---[ \t]*\n(?:[^\n]*\n){1,60}?---[ \t]*(?=\n)")  # the page's own data, not the person's
_BLOCKS = "p|div|h[1-6]|li|ul|ol|tr|table|br|section|header|article|dt|dd|dl"
_SPANS = "b|i|u|em|strong|small|span|a|sub|sup|font|td|th|tbody|thead|time|img|center|code|hr|code|mark"
_MARKDOWN = re.compile(
    rf"""(?=[<*\#~`_({{&]|^[ \t])(?:(?P<block></?(?:{_BLOCKS})(?:\s[^<>]{{0,300}})?/?>)
    | (?P<cell></t[dh]>)
    | (?P<item>^[ \t]*+\*(?=[^\s*])(?![^*\n]*\*))
    | (?P<gone></?(?:{_SPANS})(?:\s[^<>]{{0,300}})?/?> | ^[ \t]*+\#{{1,6}}(?=[ \t]) | \*\*+ | ~~ | `+
      | (?<=\])\([^()\s]{{0,300}}\) | (?<![\s*])\* | \*(?![\s*]) | (?<![^\W_])_+(?=\S) | (?<=\S)_+(?!\w)
      | \{{%[^%\n]{{0,200}}%\}} | \{{\{{[^{{}}\n]{{0,200}}\}}\}} | &(?:nbsp|emsp|ensp);?))""",
    re.X | re.M | re.I,
)
_SIGNS = ("**", "](", "</", "<br", "\n#", "<p")
_EMPHASIS = re.compile(r"\*[^\s*]")
_LATEX = re.compile(
    r"""(?P<gone>(?<!\\)%[^\n]* | \\begin\{(?:tabular\w*|minipage|multicols|longtable)\*?\}(?:\[[^\]\n]{0,80}\]|\{[^{}\n]{0,80}\}){0,3}
      | \\(?:begin|end)\{[a-zA-Z*]{1,30}\}(?:\[[^\]\n]{0,80}\])?
      | \\(?:href|url)\{[^{}\s]{0,300}\} | \\[vh]space\*?\{[^{}\n]{0,30}\})
    | (?P<line>\\\\(?:\[[^\]\n]{0,20}\])?)
    | (?P<item>\\item\b(?:\[[^\]\n]{0,40}\])?)
    | (?P<sign>\\[&%$\#_])
    | (?P<field>\\hfill\b | (?<!\\)& | \}[ \t]{0,8}\{)
    | (?P<dash>-{2,3})
    | (?P<rest>\\[a-zA-Z@]+\*? | \\[ ,;:!] | [{}~])""",
    re.X,
)
_LATEX_SIGN = re.compile(r"\\(?:section|begin|item|textbf)\b")


def without_markup(text: str) -> str:
    """The text with its marks blanked: a mark that ends a line becomes a line end, one that opens an item a bullet."""
    if "\\" in text and _LATEX_SIGN.search(text):
        begin = text.find("\\begin{document}")
        text = re.sub(r"[^\n]", FILL, text[:begin]) + _LATEX.sub(_plain, text[begin:]) if begin > 0 else _LATEX.sub(_plain, text)
    elif text.startswith("#") or any(sign in text for sign in _SIGNS) or _EMPHASIS.search(text):
        if text.startswith("---"):
            text = _FRONT.sub(_blank, text, count=1)
        text = _MARKDOWN.sub(_plain, text)
    return _RULER.sub(_blank, text) if "---" in text or "===" in text or "___" in text or "***" in text else text


_BECOMES = {"block": "\n", "line": "\n", "item": BULLET, "field": "|", "cell": "|", "dash": "-"}


def _plain(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind == "sign":
        return FILL + found[0][1]
    if kind == "item" and found[0][0] in " \t":
        return found[0][:-1] + BULLET
    sign = _BECOMES.get(kind)
    return sign + FILL * (len(found[0]) - 1) if sign else _blank(found)


def _blank(found: re.Match[str]) -> str:
    """As many fillers; line ends stay."""
    return "".join("\n" if sign == "\n" else FILL for sign in found[0]) if "\n" in found[0] else FILL * len(found[0])
