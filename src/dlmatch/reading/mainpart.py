"""Decides which elements of a saved page are not its main text: menus, banners, page footers, lists of other jobs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dlmatch.reading.csslook import Look

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ROLES = frozenset(
    {"navigation", "search", "menu", "menubar", "banner", "contentinfo", "alertdialog", "dialog", "toolbar", "tablist"}
)
# Words of class and id names, between hyphens, underscores and capitals.
_BANNER = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookie-?(?:banner|consent|notice|bar)|consent|gdpr|onetrust|breadcrumbs?|"
    r"navbar|nav-?(?:bar|menu|links)|main-?(?:nav|menu)|top-?(?:bar|nav)|mega-?menu|skip-?(?:link|nav|to-content)|"
    r"(?:site|global)-?(?:header|footer|nav)|page-?footer|newsletter|sign-?in|log-?in|"
    r"social-?(?:share|links|media)|share-?(?:buttons|bar|links)|"
    r"(?:similar|related|recommended|other|more)-?(?:jobs|postings|openings|positions|searches|listings))(?:$|[\s_-])",
    re.I,
)
_OTHER_JOBS = re.compile(
    r"^\W*(?:(?:similar|related|recommended|other|more|latest)\s+"
    r"(?:jobs|openings|positions|roles|postings|searches|opportunities)|"
    r"people also (?:viewed|searched)|jobs you (?:may|might) .{0,20}|you (?:may|might) also (?:like|be interested in).{0,20})",
    re.I,
)
# Letters that the main element of a site must hold to be taken for its main text.
_ENOUGH = 200
# A list of this many short links, and little else, is a menu.
_MENU_LINKS = 4
_MENU_SHARE = 0.8
_MENU_WORDS = 5.0


class Judge:
    """Looks at the page as a whole once, then at each element.

    A page counts as a part of a site if it has a navigation, or states a JobPosting. Only there do headers, footers and
    asides outside the main element go; a resume saved as HTML often keeps its contacts or skills in one.
    """

    def __init__(self, parser: LexborHTMLParser) -> None:
        self.main = self._main(parser)
        navigation = parser.css_first("nav, [role=navigation], [role=menubar]") is not None
        self.is_site = navigation or "JobPosting" in (parser.raw_html or b"").decode("utf-8", "ignore")[:2_000_000]

    @staticmethod
    def _main(parser: LexborHTMLParser) -> LexborNode | None:
        for found in parser.css("main, [role=main]")[:3]:
            if sum(map(str.isalpha, found.text())) >= _ENOUGH:
                return found
        return None

    def skips(self, node: LexborNode, look: Look) -> bool:
        """Is this element, with all in it, no part of the main text?"""
        tag = look.tag
        if tag in ("body", "html", "main", "article", "h1"):
            return False
        if tag == "nav" or look.attributes.get("role") in _ROLES:
            return not self._holds_main(node)
        names = f"{look.attributes.get('class', '')} {look.identity}"
        if names != " " and _BANNER.search(_spaced(names)) and not self._holds_main(node):
            return True
        if not self.is_site:
            return False
        if tag in ("footer", "aside", "header") and not _within(look, ("article", "main", "section")):
            return not self._holds_main(node) and not (tag == "header" and node.css_first("h1") is not None)
        if tag in ("ul", "ol", "div", "section", "aside", "table"):
            return self._is_menu(node, look) or self._is_other_jobs(node)
        return False

    def _holds_main(self, node: LexborNode) -> bool:
        return node.css_first("main, [role=main], article, h1") is not None

    @staticmethod
    def _is_menu(node: LexborNode, look: Look) -> bool:
        if look.tag not in ("ul", "ol") and not (
            look.tag == "div" and node.css_first("p, h1, h2, h3, h4, li, table, div") is None
        ):
            return False
        links = node.css("a")
        if len(links) < _MENU_LINKS:
            return False
        all_text = len("".join(node.text().split()))
        texts = [link.text() for link in links]
        linked = sum(len("".join(text.split())) for text in texts)
        return linked >= _MENU_SHARE * max(all_text, 1) and sum(len(text.split()) for text in texts) <= _MENU_WORDS * len(links)

    def _is_other_jobs(self, node: LexborNode) -> bool:
        first = node.child
        while first is not None and (first.tag or "-").startswith("-"):
            if (first.text_content or "").strip():
                return False
            first = first.next
        if first is None or first.tag not in ("h2", "h3", "h4", "h5", "header"):
            return False
        return bool(_OTHER_JOBS.match(" ".join(first.text().split()))) and not self._holds_main(node)


def _spaced(names: str) -> str:
    """siteFooter -> site-Footer."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names)


def _within(look: Look, tags: tuple[str, ...]) -> bool:
    at = look.parent
    while at is not None:
        if at.tag in tags:
            return True
        at = at.parent
    return False
