"""Words that newer ways of CSS, drawings and Markdown take out of sight are left out; what only looks like it stays."""

from __future__ import annotations

import time

import pytest

from dlmatch.reading import read

SEEN = "Python"
HIDDEN = "Terraform"


def styles(text: str) -> str:
    return f"<style>{text}</style>"


HTML_HIDDEN = {
    "variable inside a variable": styles(":root{--a:#fff;--b:var(--a)}") + f'<p style="color:var(--b)">{HIDDEN}</p>',
    "variable of a class around it": styles(".t{--c:white}") + f'<div class="t"><p style="color:var(--c)">{HIDDEN}</p></div>',
    "variable of a style attribute": f'<div style="--c:#fff"><p style="color:var(--c)">{HIDDEN}</p></div>',
    "default of a variable that is a function": f'<p style="color:var(--x, rgb(255, 255, 255))">{HIDDEN}</p>',
    "oklch": f'<p style="color:oklch(1 0 0)">{HIDDEN}</p>',
    "lab": f'<p style="color:lab(100% 0 0)">{HIDDEN}</p>',
    "hwb": f'<p style="color:hwb(0 100% 0%)">{HIDDEN}</p>',
    "color function": f'<p style="color:color(srgb 1 1 1)">{HIDDEN}</p>',
    "mixed colour": f'<p style="color:color-mix(in srgb, white 98%, black)">{HIDDEN}</p>',
    "colour of the letters as ground": f'<p style="color:navy;background:currentColor">{HIDDEN}</p>',
    "media range": styles("@media (width >= 600px){.x{display:none}}") + f'<p class="x">{HIDDEN}</p>',
    "not print": styles("@media not print{.x{display:none}}") + f'<p class="x">{HIDDEN}</p>',
    "rule in a rule": styles(".a{ .x{display:none} }") + f'<div class="a"><p class="x">{HIDDEN}</p></div>',
    "rule in a rule with its sign": styles(".a{color:red; &.x{display:none} }") + f'<p class="a x">{HIDDEN}</p>',
    "rule in a rule for several": styles(":is(.a, .b){ .x{display:none} }") + f'<div class="a"><p class="x">{HIDDEN}</p></div>',
    "opacities that multiply": f'<div style="opacity:.3"><div style="opacity:.3"><p style="opacity:.3">{HIDDEN}</p></div></div>',
    "matrix of nothing": f'<p style="transform:matrix(0,0,0,0,0,0)">{HIDDEN}</p>',
    "matrix that moves": f'<p style="transform:matrix(1,0,0,1,-9999,0)">{HIDDEN}</p>',
    "moved in three dimensions": f'<p style="transform:translate3d(-9999px,0,0)">{HIDDEN}</p>',
    "turned on its edge": f'<p style="transform:rotateY(90deg)">{HIDDEN}</p>',
    "scaled in three dimensions": f'<p style="transform:scale3d(0,0,1)">{HIDDEN}</p>',
    "clip path in pixels": f'<p style="clip-path:inset(0 0 999px 0)">{HIDDEN}</p>',
    "logical inset": f'<p style="position:absolute;inset-inline-start:-9999px">{HIDDEN}</p>',
    "size of a product": f'<p style="font-size:calc(1px * 0)">{HIDDEN}</p>',
    "size of a sum in brackets": f'<p style="font-size:calc((1px + 1px) * 1)">{HIDDEN}</p>',
    "the smaller size": f'<p style="font-size:min(0px, 10px)">{HIDDEN}</p>',
    "size between two": f'<p style="font-size:clamp(0px, 1px, 2px)">{HIDDEN}</p>',
    "indented by the whole line": f'<p style="text-indent:100%;white-space:nowrap;overflow:hidden">{HIDDEN}</p>',
    "white letters in a drawing": f'<svg><text y="20" fill="white">{HIDDEN}</text></svg>',
    "group of a drawing": f'<svg><g display="none"><text y="20">{HIDDEN}</text></g></svg>',
    "drawn off the picture": f'<svg><text x="-5000" y="20">{HIDDEN}</text></svg>',
    "popover": f"<div popover>{HIDDEN}</div>",
    "white to white": f'<div style="background:linear-gradient(#fff,#fff)"><p style="color:#fff">{HIDDEN}</p></div>',
    "white shown through letters": f'<p style="background:#fff;-webkit-background-clip:text;color:transparent">{HIDDEN}</p>',
    "escapes in a name": styles(".x{d\\69splay:none}") + f'<p class="x">{HIDDEN}</p>',
    "escapes in a value": styles(".x{display:n\\6fne}") + f'<p class="x">{HIDDEN}</p>',
}
UNTOLD = {"brackets of old browsers": f"<ruby>a<rp>{HIDDEN}</rp></ruby>"}
TAILWIND = ":root{--blue:oklch(54.6% .245 262.881);--white:#fff} .bg{background-color:var(--blue)} .t{color:var(--white)}"
TAILWIND_3 = ".bg{--o:1;background-color:rgb(37 99 235/var(--o))} .t{--p:1;color:rgb(255 255 255/var(--p))}"
HTML_SEEN = {
    "badge": styles(TAILWIND) + f'<span class="bg t">{SEEN}</span>',
    "badge with an opacity": styles(TAILWIND_3) + f'<span class="bg t">{SEEN}</span>',
    "button whose class sets the variables": (
        styles(".b{--f:#222;--g:transparent;color:var(--f);background-color:var(--g)} .p{--f:#fff;--g:#0d6efd}")
        + f'<span class="b p">{SEEN}</span>'
    ),
    "dark page": f'<div style="background:#111;color:#eee"><p>{SEEN}</p></div>',
    "dark by the class of the page": (
        styles(".dark{--g:222 84% 5%;--f:#f8fafc} .page{background:hsl(var(--g));color:var(--f)}")
        + f'<div class="dark"><div class="page">{SEEN}</div></div>'
    ),
    "dark windows only": styles("@media (prefers-color-scheme: dark){p{color:#fff}}") + f"<p>{SEEN}</p>",
    "hidden on phones": (
        styles(".hidden{display:none} @media (min-width:768px){.md\\:block{display:block}}")
        + f'<div class="hidden md:block">{SEEN}</div>'
    ),
    "hidden on phones by nesting": (
        styles("@layer u{.hidden{display:none} .md\\:block{@media (width >= 48rem){display:block}}}")
        + f'<div class="hidden md:block">{SEEN}</div>'
    ),
    "not on screens": styles("@media not screen{p{display:none}}") + f"<p>{SEEN}</p>",
    "shadow": f'<p style="color:#fff;text-shadow:0 0 2px #000">{SEEN}</p>',
    "stroke": f'<p style="color:#fff;-webkit-text-stroke:1px #000">{SEEN}</p>',
    "painted by a shadow inside": f'<p style="color:#fff;box-shadow:inset 0 0 0 999px #123">{SEEN}</p>',
    "rare names": f'<div style="background:darkorchid"><p style="color:#fff">{SEEN}</p></div>',
    "rule in another rule": styles(":is(.a, .b){ p{display:none} }") + f"<p>{SEEN}</p>",
    "rule in a scope": styles("@scope (.card){ p{display:none} }") + f"<p>{SEEN}</p>",
    "narrow boxes only": styles("@container side (max-width: 300px){ p{display:none} }") + f"<p>{SEEN}</p>",
    "far down a long page": f'<div style="position:absolute;left:50px;top:14000px">{SEEN}</div>',
    "drawing in hundredths of a millimetre": f'<svg viewBox="0 0 21000 29700"><text x="15000" y="20000">{SEEN}</text></svg>',
    "drawing of few units": f'<svg viewBox="0 0 10 10"><text y="5" font-size="1">{SEEN}</text></svg>',
    "two half opacities": f'<div style="opacity:.6"><p style="opacity:.6">{SEEN}</p></div>',
}


@pytest.mark.parametrize("case", HTML_HIDDEN)
def test_html_leaves_words_out_of_sight_out_and_tells(case: str) -> None:
    document = read(f"<html><body><p>{SEEN}</p>{HTML_HIDDEN[case]}<p>SQL</p></body></html>".encode(), isolate=False)
    assert document.text == "Python\nSQL"
    assert [finding.quote for finding in document.findings] == [HIDDEN]


@pytest.mark.parametrize("case", UNTOLD)
def test_html_leaves_out_what_no_browser_shows(case: str) -> None:
    document = read(f"<html><body><p>{SEEN}</p>{UNTOLD[case]}<p>SQL</p></body></html>".encode(), isolate=False)
    assert HIDDEN not in document.text
    assert document.text.startswith(SEEN)


@pytest.mark.parametrize("case", HTML_SEEN)
def test_html_keeps_words_in_sight(case: str) -> None:
    document = read(f"<html><body>{HTML_SEEN[case]}</body></html>".encode(), isolate=False)
    assert (document.text, document.findings) == (SEEN, ())


MARKDOWN_HIDDEN = {  # with: is it told of?
    "title of a link": (f'[site](https://x.org "{HIDDEN}")', False),
    "title of a link on its next line": (f'[site](https://x.org\n"{HIDDEN}")', False),
    "title of a link definition": (f'[site]\n\n[site]: https://x.org "{HIDDEN}"', False),
    "definition as a comment": (f"[//]: # ({HIDDEN})", True),
    "definition of another name as a comment": (f"[note]: # ({HIDDEN})", True),
    "definition of nothing": (f"[hidden]: <> ({HIDDEN})", True),
    "attribute": (f'<span title="{HIDDEN}">x</span>', False),
    "hidden input": (f'<input type="hidden" value="{HIDDEN}">', False),
    "class of a style sheet": (f'<style>.h{{display:none}}</style>\n<p class="h">{HIDDEN}</p>', True),
    "text for programs": (f"<![CDATA[{HIDDEN}]]>", True),
    "instruction": (f"<?php {HIDDEN} ?>", True),
    "declaration": (f"<!DOCTYPE {HIDDEN}>", True),
    "words behind a language": (f"```text {HIDDEN}\ncode\n```", True),
    "words behind a language, with waves": (f"~~~~ text {HIDDEN}\ncode\n~~~~", True),
    "list to choose from": (f"<select><option>{HIDDEN}</option></select>", True),
    "closed dialog": (f"<dialog>{HIDDEN}</dialog>", True),
}
MARKDOWN_SEEN = {
    "text in place of a picture": "![Python](x.png)",
    "code": "`Python`",
    "code in a block": '```\n[a](b "Python")\n<p title="Python">\n```',
    "fence in a longer fence": "````\n``` text Python\n````",
    "text of a link": "[Python](https://x.org)",
    "quotes behind a colon": '[Skills]: worked with "Python"',
    "white on dark": '<div style="background:#123"><span style="color:#fff">Python</span></div>',
    "styles in code": '```\n<style>p{display:none}</style>\n```\n\n<p class="a">Python</p>',
}


@pytest.mark.parametrize("case", MARKDOWN_HIDDEN)
def test_markdown_leaves_words_out_of_sight_out(case: str) -> None:
    source, told = MARKDOWN_HIDDEN[case]
    document = read(f"# Skills\n\n- {SEEN}\n\n{source}\n\n- SQL\n".encode(), name="cv.md", isolate=False)
    assert HIDDEN not in document.text
    assert SEEN in document.text
    assert "SQL" in document.text
    assert any(HIDDEN in finding.quote for finding in document.findings) == told


@pytest.mark.parametrize("case", MARKDOWN_SEEN)
def test_markdown_keeps_what_is_shown(case: str) -> None:
    text = f"# Skills\n\n{MARKDOWN_SEEN[case]}\n"
    document = read(text.encode(), name="cv.md", isolate=False)
    assert (document.text, document.findings) == (text, ())


ODD = (
    "font-size:calc(;left:1e999px;color:var(--x",
    "color:var(--a);--a:var(--b);--b:var(--a)",
    f"font-size:{'9' * 500}px;color:oklch({'9' * 500} 0 {'9' * 500})",
    f"color:lab(1e200 1e200 0);background:#123;fill:oklab(1e250 0 0);background:hsl({'9' * 500} 0% 0%)",
    f"color:rgb({'9' * 500}, 0, 0);transform:rotatey({'9' * 500}deg) matrix({'9' * 500},1,1,1,1,1)",
    "font-size:" + "calc(" * 1_000 + "16px" + ")" * 1_000,
    "transform:translate(" + "," * 50_000 + ")",
    "letter-spacing:calc(" + "- a" * 50_000 + "+)",
)


@pytest.mark.parametrize("style", ODD, ids=range(len(ODD)))
def test_odd_styles_lose_no_word(style: str) -> None:
    document = read(f'<html><body><p style="{style}">{SEEN}</p></body></html>'.encode(), isolate=False)
    assert (document.text, document.findings) == (SEEN, ())


SLOW = {
    "variables in a ring": styles(":root{" + "".join(f"--v{n}:var(--v{(n + 1) % 10_000});" for n in range(10_000)) + "}"),
    "long variable": styles(":root{--a:" + "x" * 1_000_000 + "} p{color:" + "var(--a)" * 100_000 + "}"),
    "rules in rules that double": styles("a " + "{ & & & & & & & & " * 19 + "{color:red}" + "}" * 19),
    "conditions turned over and over": styles("@media " + "not " * 100_000 + "print{p{color:red}}"),
    "brackets of a selector": styles("(" * 200_000 + "{color:red}"),
}


@pytest.mark.parametrize("case", SLOW)
def test_odd_sheets_take_no_time(case: str) -> None:
    begun = time.perf_counter()
    document = read(f'<html>{SLOW[case]}<body><p style="color:var(--v0)">{SEEN}</p></body></html>'.encode(), isolate=False)
    assert document.text == SEEN
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize("text", ["<?" * 100_000, "](" + " " * 100_000 + "(", "```" + " " * 100_000 + "`", "`a`[b](c)" * 20_000])
def test_odd_markdown_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    read(f"{SEEN}\n\n{text}\n".encode(), name="cv.md", isolate=False)
    assert time.perf_counter() - begun < 3
