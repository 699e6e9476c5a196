"""Turns a resume into the place where its person lives: the address beside the e-mail and telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from dlmatch.finding.anchors import spots
from dlmatch.finding.localities import Locality, localities_of, stated_place
from dlmatch.finding.pieces import Piece, pieces_of
from dlmatch.finding.scan import Scan, scan_of, whole_words
from dlmatch.finding.zones import Part
from dlmatch.model.document import Document

TOP = 700  # characters; the contact block of nearly every resume ends before
AROUND = 220  # characters around an e-mail or telephone that stands elsewhere
CONTACT = re.compile(
    r"(?<=[\w+-])@[\w-]+\.[\w.]{2,}|\b(?:e-?mail|phone|tel(?:ephone)?|mobile|cell|contact)(?: (?:no|number|me))?\s?[.:]"
    r"|\+\d[\d ()-]{7,}|\(\d{3}\)\s?\d{3}|\bpersonal (?:details|information|data)\b|(?-i:\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b)",
    re.I,
)
# what a contact begins with: a sign, a word, or a British postcode, whose second half stands behind a space
CONTACT_SIGNS = "@+("
CONTACT_WORDS = {
    "email": whole_words("email"),
    "e-mail": whole_words("mail"),
    "phone": whole_words("phone"),
    "tel": whole_words("tel telephone"),
    "mobile": whole_words("mobile"),
    "cell": whole_words("cell"),
    "contact": whole_words("contact"),
    "personal ": whole_words("personal"),
}
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
LABEL = re.compile(
    r"\b(?:address|location|residence|residing (?:in|at)|lives? in|living in|based in|city|country|home"
    r"|nationality)\W{0,4}$",
    re.I,
)
ELSEWHERE = re.compile(
    r"\b(?:relocat\w*(?: to)?|preferred location|clients?|customers?|born|birth|place of birth|travel\w*"
    r"|visa)\b[^\n]{0,60}$",
    re.I,
)
SCHOOL = re.compile(
    r"\b(?:university|institute|college|school|polytechnic|academy|iit|nit|bank|corporation|inc|ltd|llc"
    r"|gmbh)\b[^\n,;|]{0,25}$",
    re.I,
)
SCHOOL_BEHIND = re.compile(
    r"\s?(?:state |national |technical |central )?(?:university|institute|college|school|polytechnic"
    r"|bank|times|office|team)\b",
    re.I,
)
HEADING = re.compile(
    r"(?:^|\n|\s\s|\\n)[ \t#*_]*(?:(?:professional |career |executive |work |technical |academic |key |core "
    r"|research )?(?:summary|objective|profile|experience|employment|education|skills|interests?|"
    r"qualifications?|highlights|competenc\w+|projects?|publications?|overview|history|background|expertise))\b",
    re.I,
)
DIALLED = re.compile(r"(?:\+|\b00|\(\+)\s?(\d{1,3})(?=[\d ().-]{6,})")
# +1 is shared by the United States, Canada and others
_DIALLED = (
    "91=IN 44=GB 49=DE 33=FR 34=ES 39=IT 31=NL 32=BE 41=CH 43=AT 45=DK 46=SE 47=NO 48=PL 55=BR 52=MX 54=AR 56=CL 57=CO "
    "60=MY 61=AU 62=ID "
    "63=PH 64=NZ 65=SG 66=TH 81=JP 82=KR 84=VN 86=CN 90=TR 92=PK 94=LK 98=IR 20=EG 27=ZA 30=GR 36=HU 40=RO 51=PE "
    "351=PT 353=IE 358=FI 359=BG "
    "370=LT 371=LV 372=EE 380=UA 381=RS 385=HR 386=SI 420=CZ 421=SK 234=NG 254=KE 233=GH 212=MA 216=TN 213=DZ 251=ET "
    "852=HK 880=BD 886=TW "
    "966=SA 971=AE 972=IL 977=NP 961=LB 962=JO 974=QA 965=KW 593=EC 598=UY 506=CR 502=GT"
)
BY_CODE = dict(pair.split("=") for pair in _DIALLED.split())
ENOUGH = 2
MOST_CONTACTS = 5  # places below the top that are looked at for an address


def home_of_resume(document: Document, sections: Sequence[Part] = (), resume: Scan | None = None) -> Locality | None:
    """Where the person lives by the contact block or by the telephone's country code."""
    stated = stated_place(document.stated)
    if stated is not None:
        return stated
    resume = scan_of(document.text) if resume is None else resume
    text = resume.text
    top = _end_of_top(text, sections)
    windows = [(0, top)]
    home = _best(resume, 0, top)
    if home is None:
        for contact in islice(_contacts(resume, top, len(text)), MOST_CONTACTS):
            windows.append((max(0, contact.start() - AROUND), min(len(text), contact.end() + AROUND)))
            home = _best(resume, *windows[-1])
            if home is not None:
                break
    return home or _by_telephone(text, windows)


def _contacts(resume: Scan, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of CONTACT, tried only where one can begin."""
    text, reach = resume.text, start
    tries = spots(text, CONTACT_SIGNS, start, end) + spots(resume.lower, resume.standing(CONTACT_WORDS), start, end)
    for at in sorted(tries + _postcodes(resume, start, end)):
        contact = CONTACT.match(text, at, end) if at >= reach else None
        if contact is not None:
            reach = contact.end()
            yield contact


def _postcodes(resume: Scan, start: int, end: int) -> list[int]:
    if not resume.plain:
        return [code.start() for code in POSTCODE.finditer(resume.text, start, end)]
    codes = (POSTCODE.search(resume.text, max(start, gap - 4), gap + 4) for gap in spots(resume.digits, (" 0",), start, end))
    return [code.start() for code in codes if code is not None]


def _end_of_top(text: str, sections: Sequence[Part]) -> int:
    """Where the contact block ends: at the first section that is not the top, or at the first heading."""
    first = next((part.start for part in sections if part.kind not in ("top", "contact", "title")), None)
    heading = HEADING.search(text, 3, TOP + 40)
    ends = [end for end in (first, heading.start() if heading else None) if end]
    return min([TOP, *ends, len(text)])


def _best(resume: Scan, start: int, end: int) -> Locality | None:
    """The place of a contact block that reads most like an address; the first of equals."""
    pieces = pieces_of(resume.text, start, end)
    if not any(piece.entries for piece in pieces):
        return None
    contacts = [contact.start() for contact in _contacts(resume, start, end)]
    ranked = [(_grade(resume.text, place, pieces, contacts, start), -place.start, place) for place in localities_of(pieces)]
    good = [entry for entry in ranked if entry[0] >= ENOUGH]
    return max(good)[2] if good and len({e[:2] for e in good}) == len(good) else good[0][2] if good else None


def _grade(text: str, place: Locality, pieces: Sequence[Piece], contacts: Sequence[int], start: int) -> int:
    before = text[max(start, place.start - 70) : place.start]
    within = [piece for piece in pieces if place.start <= piece.start < place.end]
    if len(within) == 1 and len(within[0].text) == 2 and within[0].text not in ("US", "UK"):
        return -9  # IT, ID, IN alone: words more often than nations
    if (
        ELSEWHERE.search(before)
        or SCHOOL_BEHIND.match(text, place.end)
        or re.search(
            r"(?i)\b(?:university|institute|college"
            r"|school) of $",
            before,
        )
    ):
        return -9
    grade = 2 * (place.city is not None and place.country is not None and len(within) > 1) + (len(within) > 2)
    grade += 2 * any(
        piece.post in ("US", place.country) for piece in pieces if piece.post and place.start <= piece.start <= place.end + 6
    )
    grade += 2 * bool(LABEL.search(before)) + any(abs(place.start - at) < 130 for at in contacts)
    grade -= 2 * bool(SCHOOL.search(before)) and not contacts
    return grade + (1 if place.sure and (place.city or place.country) and place.start > start + 3 else -1)


def _by_telephone(text: str, windows: Sequence[tuple[int, int]]) -> Locality | None:
    for start, end in windows:
        for match in DIALLED.finditer(text, start, end):
            digits = match[1]
            code = next((BY_CODE[digits[:n]] for n in (3, 2) if digits[:n] in BY_CODE), None)
            if code is not None:
                return Locality(country=code, start=match.start(), end=match.end(), sure=False)
    return None
