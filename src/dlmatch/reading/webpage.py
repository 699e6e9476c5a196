"""HTML to its visible main text: lines, headings and items without menus, banners and what no reader of the page sees.

The parser is selectolax's Lexbor: a real HTML5 tree, wheels of 1.5 MB for every system, and twice lxml's speed. Its one
weakness, time that grows with the square of the nesting, is met by counting open tags before it starts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dlmatch.model.document import BlockKind, Document, ReadWarning
from dlmatch.reading import jobposting, mainpart
from dlmatch.reading.css import Sheet
from dlmatch.reading.csslook import Look
from dlmatch.reading.gather import Gathering, names
from dlmatch.reading.limits import MAX_HTML_NESTING, MAX_MARKUP_BYTES, MEGABYTE, LimitReached, spending
from dlmatch.reading.text import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})""", re.I)
# Every pattern here takes time in proportion to the page: an end that is missing is looked for once.
_TAGS = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|(script|style|textarea|title)\b[^<>]*>.*?(?:</\1\s*>|\Z)|(/?)([a-zA-Z][\w:-]*)([^<>]*)>)", re.S | re.I
)
# Tags that HTML closes by itself, or that never hold anything: they don't nest in each other.
_NO_DEPTH = names(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option optgroup thead tbody "
    "tfoot colgroup rp rt html head body"
)
_BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul xmp listing plaintext text"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What an old or lame browser shows in place of the thing itself.
_FALLBACKS = names("iframe object canvas video audio noframes datalist")
# Never text, for anybody.
_SILENT = names(
    "script style head iframe object embed canvas video audio map select option datalist button input textarea applet "
    "frameset noframes defs metadata symbol progress meter rp clippath mask marker pattern lineargradient radialgradient"
)
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"[{}();=<>]|@import|//")


def read_webpage(data: bytes, name: str) -> Document:
    """HTML from bytes."""
    text, warnings = decode_html(data)
    with spending() as budget:
        page = _Page(Gathering(budget))
        for warning in warnings:
            page.gathering.warn(warning.code, warning.message)
        page.gathering.run(lambda: page.read(text))
        return page.gathering.document("webpage", "text/html")


def decode_html(data: bytes) -> tuple[str, list[ReadWarning]]:
    """By the byte order mark, else the encoding the page names, else as any text."""
    named = _CHARSET.search(data[:4096])
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.startswith(b"\xef\xbb\xbf")
    if named and not wide and not data[:200].count(0):
        encoding = named[1].decode("ascii").lower()
        encoding = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}.get(encoding, encoding)
        try:
            if not encoding.startswith("utf") and encoding not in (
                "idna",
                "punycode",
                "unicode_escape",
                "raw_unicode_escape",
                "undefined",
            ):
                return (data.decode("utf-8"), []) if _looks_utf8(data) else (data.decode(encoding, "replace"), [])
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _looks_utf8(data: bytes) -> bool:
    """Pages saved by a browser are UTF-8, whatever their old meta tag says."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def html_lines(markup: str) -> list[tuple[str, BlockKind]]:
    """The lines of a piece of HTML that stands in a data field (a posting's description)."""
    with spending() as budget:
        page = _Page(Gathering(budget))
        page.walk(markup)
        text = page.gathering.text
        return [(text[block.start : block.end], block.kind) for block in page.gathering.blocks]


class _Page:
    """One page on its way to text."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self._pieces: list[str] = []
        self._kinds: list[BlockKind] = []
        self._comments: list[str] = []
        self._unstyled = False

    def read(self, markup: str) -> None:
        postings = jobposting.from_scripts(markup)
        self.walk(markup, is_page=True)
        self._tell_comments()
        posting = postings[0] if postings else None
        if posting is not None:
            self.gathering.stated.update(jobposting.stated(posting))
            self._describe(posting)

    def _describe(self, posting: jobposting.Posting) -> None:
        """Adds the posting's own description where the page's body does not show it (pages built by scripts)."""
        lines: list[tuple[str, BlockKind]] = []
        for part in jobposting.texts(posting):
            lines.extend(html_lines(part))
        title = self.gathering.stated.get("title")
        missing = jobposting.missing_lines(lines, self.gathering.text)
        if missing and isinstance(title, str) and title not in self.gathering.text:
            self.gathering.line(title, "heading")
        for text, kind in missing:
            self.gathering.line(text, kind)

    def walk(self, markup: str, *, is_page: bool = False) -> None:
        from selectolax.lexbor import LexborHTMLParser

        markup, limit = _cut(markup)
        try:
            parser = LexborHTMLParser(markup)
        except Exception:  # any bytes are HTML to it (it has an error of its own): it fails where it gets no memory
            raise LimitReached("memory", "the page is too large to be taken apart") from None
        sheet = Sheet([node.text() for node in parser.css("style")], lambda selector: _asked(parser, selector))
        links = parser.css("link[rel=stylesheet]") if is_page else []
        self._unstyled = bool(links)
        judge = mainpart.Judge(parser) if is_page else None
        if is_page and not self.gathering.stated:
            self.gathering.stated.update(jobposting.from_microdata(parser))
        body = parser.body or parser.root
        if body is not None:
            self._tree(body, sheet, judge)
        self._flush()
        if limit is not None:
            raise limit

    def _tree(self, body: LexborNode, sheet: Sheet, judge: mainpart.Judge | None) -> None:
        """Every node in order, without recursion."""
        looks: list[Look] = []
        html = body.parent
        above = sheet.look("html", html.attributes, None) if html is not None and html.tag == "html" else None
        node: LexborNode | None = body
        count = 0
        while node is not None:
            entered = False
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "", looks[-1] if looks else above)
            elif tag == "-comment":
                self._comments.append((node.html or "").removeprefix("<!--").removesuffix("-->"))
            elif not tag.startswith("-"):
                self.gathering.budget.element()
                count += 1
                if not count & 31:
                    self.gathering.budget.clock()
                look = sheet.look(tag, node.attributes, looks[-1] if looks else above, node.mem_id)
                entered = self._enters(node, look, judge)
                if entered:
                    looks.append(look)
                    self._enter(look)
            child = node.child if entered else None
            if child is not None:
                node = child
                continue
            if entered:
                self._leave(looks.pop())
            while node is not None and node.next is None:
                node = node.parent if looks else None
                if node is not None:
                    self._leave(looks.pop())
            node = node.next if node is not None and looks else None

    def _enters(self, node: LexborNode, look: Look, judge: mainpart.Judge | None) -> bool:
        """Does text inside this element count? Hidden text is told of, menus and the like are passed over."""
        tag = look.tag
        if tag in ("template", "noscript"):
            inner = node.html or ""
            self.gathering.hide(_TAG.sub(" ", inner), f"a <{tag}> element")
            return False
        if tag in _SILENT:
            inner = node.text() if tag in ("script", "style") or tag in _FALLBACKS else ""
            if inner and not _CODE.search(inner):  # words where code belongs
                self.gathering.hide(inner, f"a <{tag}> element")
            return False
        if tag in ("title", "desc") and look.parent is not None:
            return False
        if tag == "dialog" and "open" not in look.attributes:
            self.gathering.hide(node.text(separator=" "), "a closed dialog")
            return False
        if judge is not None and judge.skips(node, look):
            return False
        if look.hidden:
            self.gathering.hide(node.text(separator=" "), look.hidden)
            return False
        return True

    def _text(self, text: str, look: Look | None) -> None:
        if look is None:
            self._pieces.append(text)
            return
        why = look.unseen
        if why is None or not text.strip() or (self._unstyled and why.startswith("letters in") and _has_class(look)):
            keeps = look.tag == "pre" or (look.parent is not None and look.parent.tag == "pre")
            self._pieces.append(text.replace("\n", "\x0b") if keeps else text)
        else:
            self.gathering.hide(text, why)

    def _enter(self, look: Look) -> None:
        tag = look.tag
        if tag == "br":
            self._pieces.append("\x0b")
        elif _is_block(look):
            self._flush()
            if tag == "tr":
                self.gathering.open_row()
            elif tag in ("td", "th"):
                self.gathering.open_cell()
                self._kinds.append("cell")
            elif tag in _HEADINGS or look.attributes.get("role") == "heading":
                self._kinds.append("heading")
            elif tag in ("li", "dd"):
                self._kinds.append("item")

    def _leave(self, look: Look) -> None:
        tag = look.tag
        if not _is_block(look):
            return
        self._flush()
        if tag == "tr":
            self.gathering.close_row()
        elif self._kinds and (tag in _HEADINGS or tag in ("td", "th", "li", "dd") or look.attributes.get("role") == "heading"):
            self._kinds.pop()

    def _flush(self) -> None:
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        lines = (_SPACE.sub(" ", line).strip(" ") for line in text.split("\x0b"))
        self.gathering.line("\n".join(line for line in lines if line), self._kinds[-1] if self._kinds else "paragraph")

    def _tell_comments(self) -> None:
        words = " ".join(re.sub(r"<[^<>]*>|\[if[^\[\]]*\]>?|<?!\[endif\]", " ", comment) for comment in self._comments)
        if words and not _CODE.search(words):
            self.gathering.hide(words, "comments in the page")


def _asked(parser: LexborHTMLParser, selector: str) -> frozenset[int]:
    """The elements that a selector means, by the library's own matching; none for a selector it does not know."""
    try:
        return frozenset(node.mem_id for node in parser.css(selector))
    except Exception:  # it has errors of several kinds for selectors of a newer day
        return frozenset()


def _is_block(look: Look) -> bool:
    return look.tag in _BLOCKS if look.block is None else look.block or look.tag in ("tr", "td", "th", "li")


def _has_class(look: Look) -> bool:
    """Could a style sheet that was not saved with the page give this element its background?"""
    at: Look | None = look
    while at is not None and at.tag not in ("body", "html"):
        if at.classes or at.identity:
            return True
        at = at.parent
    return False


def _cut(markup: str) -> tuple[str, LimitReached | None]:
    """The markup up to where it gets too long or nests too deep."""
    limit = None
    if len(markup) > MAX_MARKUP_BYTES:
        markup = markup[:MAX_MARKUP_BYTES]
        limit = LimitReached("markup-bytes", f"the page is longer than {MAX_MARKUP_BYTES // MEGABYTE} MB")
    depth = 0
    for tag in _TAGS.finditer(markup):
        name = tag[3]
        if not name or name.lower() in _NO_DEPTH or tag[4].endswith("/"):
            continue
        depth = max(0, depth - 1) if tag[2] else depth + 1
        if depth > MAX_HTML_NESTING:
            message = f"elements lie more than {MAX_HTML_NESTING} deep inside each other"
            return markup[: tag.start()], LimitReached("nesting", message)
    return markup, limit
