"""Tables of RTF: character sets of fonts, control words that stand for a character, groups that show nothing."""

from __future__ import annotations

import codecs

from dlmatch.model.document import BlockKind
from dlmatch.reading.gather import names

CHARSETS: dict[int, str] = {
    77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 128: "cp932", 129: "cp949", 130: "johab",
    134: "cp936",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL_CHARSET = 2
CHARACTERS: dict[str, str] = {
    "tab": "\t", "emdash": "\u2014", "endash": "\u2013", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "\u2022",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "line": "\n", "lbr": "\n",
    "softline": "\n",
    "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
# Groups whose text is never shown, or shown by something else that is read.
SILENT = names(
    "fonttbl colortbl stylesheet info pict object objdata objclass objname fldinst datafield listtext pntext pn pntxta "
    "pntxtb xe tc tcn rxe txe bkmkstart bkmkend annotation atnid atnauthor atndate atnref atnicn atntime atnparent "
    "atrfstart atrfend revtbl rsidtbl listtable listoverridetable listpicture filetbl generator xmlnstbl latentstyles "
    "themedata colorschememapping datastore defchp defpap userprops nonshppict shppict shprslt background template "
    "wgrffmtfilter mmathPr private passwordhash ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn upr_ansi falt panose fname "
    "fontemb fontfile docvar pgptbl blipuid picprop keycode sp sn sv leveltext levelnumbers lsdlockedexcept formfield "
    "ffname ffdeftext ffformat ffhelptext ffstattext ffentrymcr ffexitmcr ffl hlinkbase hlloc hlsrc hlfr operator author "
    "title subject keywords comment doccomm company manager category oleclsid oldcprops oldpprops oldsprops oldtprops "
    "protusertbl mvfmf mvfml wptrmk factoidname htmltag mhtmltag do"
)
# Starred groups, which an older reader would skip, that hold visible text all the same.
STARRED_TEXT = frozenset({"shpinst", "shptxt", "ud", "moMath", "moMathPara", "ebcstart"})
# Groups that are stories of their own: the kind of block, and whether it waits for the end.
STORIES: dict[str, tuple[BlockKind, bool]] = {
    "header": ("header", False), "headerr": ("header", False), "headerl": ("header", False), "headerf": ("header", False),
    "footer": ("footer", True), "footerr": ("footer", True), "footerl": ("footer", True), "footerf": ("footer", True),
    "footnote": ("note", True), "shptxt": ("paragraph", False), "dptxbxtext": ("paragraph", False),
}  # fmt: skip


def code_page(number: int) -> str | None:
    """Python's name for a Windows code page; None if it has none."""
    name = {65001: "utf-8", 10000: "mac_roman", 708: "iso8859_6", 10007: "mac_cyrillic", 10029: "mac_latin2", 20127: "ascii"}.get(
        number, f"cp{number}"
    )
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name
