"""Saved job pages, postings in structured data, JSON Resume and mail: what is kept, what is stated, what is passed over."""

from __future__ import annotations

import base64
import json

import pytest
from made import docx, p, r

from dlmatch.reading import read

BODY = "You will train deep learning models in Python and bring them to production with PyTorch and Kubernetes. " * 4
PAGE = f"""<!DOCTYPE html><html><head><title>Job</title></head><body>
<a class="skip-link" href="#m">Skip to content</a>
<div id="cookie-banner"><p>We use cookies. Terraform.</p><button>Accept</button></div>
<header class="site-header"><nav><ul><li><a href="/">Home</a></li><li><a href="/java">Java jobs</a></li></ul></nav></header>
<main><h1>Machine Learning Engineer</h1><p>{BODY}</p><h2>Requirements</h2><ul><li>PyTorch</li><li>SQL</li></ul>
<select><option>Rust</option><option>Scala</option></select>
<section><h3>Similar jobs</h3><ul><li>Ruby developer</li></ul></section></main>
<aside><h3>Related</h3><p>Haskell jobs</p></aside>
<footer><p>Copyright. Perl.</p></footer>
</body></html>"""


def test_a_saved_job_page_gives_its_main_text() -> None:
    document = read(PAGE.encode(), isolate=False)
    assert document.text.split("\n") == ["Machine Learning Engineer", BODY.strip(), "Requirements", "PyTorch", "SQL"]
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "heading", "item", "item"]
    assert document.findings == ()


RESUMES = {
    "header and footer of a resume": "<body><header><h1>Jane Roe</h1><p>Rome</p></header><main><p>Python</p></main><footer><p>jane@x.org</p></footer></body>",
    "skills in an aside": "<body><h1>Jane Roe</h1><p>Rome</p><aside><p>Python</p></aside><p>jane@x.org</p></body>",
    "links as a list": "<body><h1>Jane Roe</h1><p>Rome</p><p>Python</p><ul><li><a href='x'>jane@x.org</a></li></ul></body>",
}


@pytest.mark.parametrize("case", RESUMES)
def test_a_resume_as_a_page_loses_nothing(case: str) -> None:
    assert read(f"<html>{RESUMES[case]}</html>".encode(), isolate=False).text.split("\n") == [
        "Jane Roe",
        "Rome",
        "Python",
        "jane@x.org",
    ]


LINES = {
    "inline elements don't part words": ("<p>Tensor<b>Flow</b> and <i>Py</i>Torch</p>", "TensorFlow and PyTorch"),
    "breaks": ("<p>a<br>b<br/>  c</p>", "a\nb\nc"),
    "blocks inside each other": ("<div>a<div>b</div>c</div>", "a\nb\nc"),
    "data table": (
        "<table><tr><th>Skill</th><th>Years</th></tr><tr><td>Python</td><td>5</td></tr></table>",
        "Skill\tYears\nPython\t5",
    ),
    "layout table": ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a\nb\nc"),
    "preformatted": ("<pre>a\n  b</pre>", "a\nb"),
    "entities": ("<p>C&#43;&#43; &amp; R&amp;D&nbsp;x</p>", "C++ & R&D\u00a0x"),
    "spans shown as blocks": ('<span style="display:block">a</span><span style="display:block">b</span>', "a\nb"),
    "ruby and abbreviations": ("<p><abbr title='no'>NLP</abbr></p>", "NLP"),
    "letters in a picture": ("<svg><title>no</title><text>Python</text></svg>", "Python"),
    "unclosed tags": ("<p>a<p>b<ul><li>c<li>d", "a\nb\nc\nd"),
}


@pytest.mark.parametrize("case", LINES)
def test_html_lines(case: str) -> None:
    markup, text = LINES[case]
    assert read(f"<html><body>{markup}".encode(), isolate=False).text == text


CHARSETS = {
    "named cp1251": ('<html><meta charset="windows-1251"><p>Привет</p>'.encode("cp1251"), "Привет"),
    "named latin-1, which browsers take for cp1252": ('<html><meta charset="iso-8859-1"><p>“a”</p>'.encode("cp1252"), "“a”"),
    "named wrongly, UTF-8 in truth": ('<html><meta charset="iso-8859-1"><p>Zoë</p>'.encode(), "Zoë"),
    "named UTF-16, UTF-8 in truth": ('<html><meta charset="utf-16"><p>Zoë</p>'.encode(), "Zoë"),
    "named by nonsense": ('<html><meta charset="nonsense"><p>Zoë</p>'.encode(), "Zoë"),
    "named by a codec that is none": (b'<html><meta charset="base64"><p>Zoe</p>', "Zoe"),
    "UTF-16 with mark": ("\ufeff<html><p>Zoë</p>".encode("utf-16-le"), "Zoë"),
}


@pytest.mark.parametrize("case", CHARSETS)
def test_html_in_its_encoding(case: str) -> None:
    data, text = CHARSETS[case]
    assert read(data, isolate=False).text == text


POSTING = {
    "@context": "https://schema.org", "@type": "JobPosting", "title": "Senior ML Engineer", "datePosted": "2024-11-05T08:00",
    "description": "&lt;p&gt;We train models in &lt;b&gt;PyTorch&lt;/b&gt;.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Python&lt;/li&gt;&lt;/ul&gt;",
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Austin", "addressRegion": "TX", "addressCountry": {"name": "United States"}}},
    "jobLocationType": "TELECOMMUTE",
    "baseSalary": {"@type": "MonetaryAmount", "currency": "USD", "value": {"minValue": 150000, "maxValue": "190,000", "unitText": "YEAR"}},
}  # fmt: skip
STATED = {
    "title": "Senior ML Engineer", "country": "US", "region": "TX", "city": "Austin", "remote": True,
    "pay": {"min": 150000.0, "max": 190000.0, "currency": "USD", "period": "year"}, "date_posted": "2024-11-05",
}  # fmt: skip


def script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    "value", [POSTING, [POSTING], {"@graph": [{"@type": "Organization"}, POSTING]}, {**POSTING, "@type": ["Thing", "JobPosting"]}]
)
def test_a_posting_in_json_ld_states_its_facts(value: object) -> None:
    document = read(f"<html><body>{script(value)}<p>Loading</p></body></html>".encode(), isolate=False)
    assert document.stated == STATED
    assert document.text == "Loading\nSenior ML Engineer\nWe train models in PyTorch.\nPython"


def test_a_description_that_the_page_shows_is_not_repeated() -> None:
    body = "<h1>Senior ML Engineer</h1><p>We train models in <i>PyTorch</i>.</p><ul><li>Python</li></ul>"
    document = read(f"<html>{script(POSTING)}<body>{body}</body></html>".encode(), isolate=False)
    assert document.text == "Senior ML Engineer\nWe train models in PyTorch.\nPython"


def test_a_posting_as_a_json_file() -> None:
    document = read(json.dumps(POSTING).encode(), isolate=False)
    assert document.reader == "jobposting"
    assert document.stated == STATED
    assert document.text == "Senior ML Engineer\nWe train models in PyTorch.\nPython"


def test_a_posting_in_microdata() -> None:
    markup = """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">ML Engineer</h1>
    <span itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><span itemprop="address" itemscope>
    <span itemprop="addressLocality">Pune</span>, <meta itemprop="addressCountry" content="IN"></span></span>
    <span itemprop="baseSalary" itemscope><meta itemprop="currency" content="INR"><span itemprop="value" itemscope>
    <span itemprop="minValue">1800000</span><meta itemprop="unitText" content="YEAR"></span></span>
    <time itemprop="datePosted" datetime="2025-02-01">today</time></div>"""
    document = read(f"<html><body>{markup}</body></html>".encode(), isolate=False)
    assert document.stated == {
        "title": "ML Engineer", "country": "IN", "city": "Pune", "date_posted": "2025-02-01",
        "pay": {"min": 1800000.0, "max": None, "currency": "INR", "period": "year"},
    }  # fmt: skip
    assert "ML Engineer" in document.text


PAY = {
    "single value": ({"currency": "eur", "value": {"value": 60000, "unitText": "YEAR"}}, {"min": 60000.0, "max": 60000.0, "currency": "EUR", "period": "year"}),
    "value without an object": ({"currency": "USD", "value": 45.5, "unitText": "HOUR"}, {"min": 45.5, "max": 45.5, "currency": "USD", "period": "hour"}),
    "range on the amount itself": ({"currency": "GBP", "minValue": "500", "maxValue": "600", "unitText": "DAY"}, {"min": 500.0, "max": 600.0, "currency": "GBP", "period": "day"}),
    "words": ({"currency": "USD", "value": {"value": "competitive"}}, None),
    "nothing": ({"currency": "USD"}, None),
    "below zero and beyond all": ({"currency": "USD", "value": {"minValue": -5, "maxValue": 1e300}}, None),
}  # fmt: skip


@pytest.mark.parametrize("case", PAY)
def test_pay_as_postings_write_it(case: str) -> None:
    salary, pay = PAY[case]
    document = read(json.dumps({**POSTING, "baseSalary": salary}).encode(), isolate=False)
    assert document.stated.get("pay") == pay


ODD = [
    {"title": 5}, {"title": None}, {"jobLocation": "Rome"}, {"jobLocation": []}, {"jobLocation": {"address": "Rome, Italy"}}, {"jobLocation": [[]]},
    {"jobLocation": {"address": {"addressCountry": ["US"]}}}, {"baseSalary": "100000"}, {"baseSalary": [None]}, {"baseSalary": {"value": [1, 2]}},
    {"datePosted": {"x": 1}}, {"description": 7}, {"description": {"@value": "x"}}, {"qualifications": [{"name": "Python"}]}, {"@type": "JobPosting", "@id": {}},
]  # fmt: skip


@pytest.mark.parametrize("change", ODD, ids=str)
def test_odd_postings_are_read_all_the_same(change: dict[str, object]) -> None:
    document = read(json.dumps({**POSTING, "skills": "Kubernetes", **change}).encode(), isolate=False)
    assert "Kubernetes" in document.text


def test_scripts_that_are_no_json_harm_nothing() -> None:
    page = (
        '<html><script type="application/ld+json">{"a": [}</script><script type=application/ld+json>'
        + "[" * 90
        + "</script><p>Python"
    )
    assert read(page.encode(), isolate=False).text == "Python"


RESUME = {
    "basics": {"name": "Jane Roe", "label": "ML Engineer", "email": "j@x.org", "summary": "Builds models.", "location": {"city": "Rome", "countryCode": "IT"}},
    "work": [{"name": "Acme", "position": "Engineer", "startDate": "2019-03", "endDate": "2021-06", "summary": "Trained models.", "highlights": ["Used PyTorch"]},
             {"company": "Beta", "position": "Lead", "startDate": "2021-07"}],
    "education": [{"institution": "MIT", "area": "Physics", "studyType": "BSc", "endDate": "2018"}],
    "skills": [{"name": "Machine learning", "keywords": ["PyTorch", "SQL"]}, "Docker"],
    "projects": [{"name": "Reader", "description": "Reads.", "keywords": ["NLP"]}],
    "languages": [{"language": "Italian", "fluency": "native"}],
}  # fmt: skip


def test_json_resume_becomes_a_resume() -> None:
    document = read(json.dumps(RESUME).encode(), isolate=False)
    assert document.reader == "jsonresume"
    assert document.text.split("\n") == [
        "Jane Roe", "ML Engineer", "Rome, IT", "j@x.org", "Builds models.", "Work experience", "Engineer, Acme  2019-03 - 2021-06",
        "Trained models.", "Used PyTorch", "Lead, Beta  2021-07 - present", "Projects", "Reader", "Reads.", "NLP", "Education",
        "BSc, Physics, MIT  2018", "Skills", "Machine learning: PyTorch, SQL", "Docker", "Languages", "Italian, native",
    ]  # fmt: skip


def test_other_json_is_read_as_its_texts() -> None:
    document = read(b'{"job": {"text": "<p>Python</p>", "url": "https://x.org/java", "tags": ["SQL"]}}', isolate=False)
    assert document.text == "Python\nSQL"
    assert [warning.code for warning in document.warnings] == ["unknown-json"]


def mail(*parts: str, kind: str = "mixed", subject: str = "Application") -> bytes:
    inner = "".join(f"--b\r\n{part}\r\n" for part in parts)
    head = (
        f"From: a@b\r\nTo: c@d\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary=b\r\n\r\n"
    )
    return (head + inner + "--b--\r\n").encode()


def attached(name: str, data: bytes, kind: str = "application/octet-stream") -> str:
    return (
        f'Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
        + base64.encodebytes(data).decode()
    )


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nDear all,"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Dear <b>all</b>,</p><p hidden>Rust</p>"
MAILS = {
    "body and a Word file": (mail(PLAIN, attached("cv.docx", docx(p(r("Python"))))), "Application\nDear all,\nPython"),
    "file without a right type or name": (mail(PLAIN, attached("x", b"{\\rtf1 Python}")), "Application\nDear all,\nPython"),
    "text as an attachment": (mail(PLAIN, attached("cv.txt", b"Python", "text/plain")), "Application\nDear all,\nPython"),
    "page instead of text": (mail(PLAIN, HTML, kind="alternative"), "Application\nDear all,"),
    "empty page beside text": (mail(PLAIN, "Content-Type: text/html\r\n\r\n", kind="alternative"), "Application\nDear all,"),
    "pictures are passed over": (mail(PLAIN, attached("a.png", b"\x89PNG\r\n\x1a\n", "image/png")), "Application\nDear all,"),
    "coded subject": (mail(PLAIN, subject="=?utf-8?q?Zo=C3=AB?="), "Zoë\nDear all,"),
    "badly coded subject": (mail(PLAIN, subject="=?nonsense?q?Zo?="), "=?nonsense?q?Zo?=\nDear all,"),
    "unknown charset": (mail("Content-Type: text/plain; charset=nonsense\r\n\r\nPython"), "Application\nPython"),
    "no end": (mail(PLAIN)[:-9], "Application\nDear all,"),
    "simple mail": (b"From: a\nTo: b\nSubject: Python\n\nHello", "Python\nHello"),
}


@pytest.mark.parametrize("case", MAILS)
def test_mail(case: str) -> None:
    data, text = MAILS[case]
    assert read(data, isolate=False).text == text


def test_an_attachment_that_can_not_be_read_is_a_warning() -> None:
    document = read(mail(PLAIN, attached("cv.pdf", b"\x1f\x8b nothing"), attached("cv.rtf", b"{\\rtf1 Python}")), isolate=False)
    assert document.text.endswith("Python")
    assert [(warning.code, warning.message) for warning in document.warnings] == [
        ("attachment-unread-1", "Attachment 1 was not read (unsupported-format).")
    ]


def test_hidden_text_in_an_attachment_is_told() -> None:
    data = mail(PLAIN, attached("cv.docx", docx(p(r("Python"), r("Rust", "<w:vanish/>")))))
    assert [finding.quote for finding in read(data, isolate=False).findings] == ["Rust"]


def test_a_page_saved_as_a_web_archive() -> None:
    data = mail(HTML, "Content-Type: text/css\r\n\r\nb{}", kind="related").replace(b"From: a@b", b"From: <Saved by Blink>")
    assert read(data, isolate=False).text == "Dear all,"
