"""Cases for places: location lines, ads, resumes, and bad input."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.gazetteer import MOST_WORDS, _lines, _meanings, begins_name, folded, meanings
from dlmatch.finding.pieces import pieces_of
from dlmatch.finding.places import home_of_ad, home_of_resume, place_of, places_in
from dlmatch.model.document import Document

# the words of a location line, city, region, country, why the row is here
LINES = [
    ("US,Bellevue, WA,Remote", "Bellevue", "Washington", "US", "the nation first, then a city in it"),
    ("Tucson, AZ,Springfield, VA,US,Remote", "Tucson", "Arizona", "US", "the first of several"),
    ("US,Remote,San Francisco, CA", "San Francisco", "California", "US", "remote in between; CA is a state here"),
    ("San Francisco, CA | New York City, NY", "San Francisco", "California", "US", "a bar between places"),
    ("TELECOMMUTE Buenos Aires, Buenos Aires, Argentina", "Buenos Aires", None, "AR", "a way to work before the city"),
    ("Bengaluru, Karnataka, India", "Bengaluru", "Karnataka", "IN", "city, state, nation"),
    ("Bangalore", "Bangalore", "Karnataka", "IN", "the older name stays as written"),
    ("Gurgaon", "Gurgaon", "Haryana", "IN", "the older name again"),
    ("Chennai, TAMIL NADU, IN", "Chennai", "Tamil Nadu", "IN", "IN is India behind an Indian state"),
    ("Indianapolis, IN", "Indianapolis", "Indiana", "US", "IN is Indiana behind its city"),
    ("Kanpur, UP, INDIA", "Kanpur", "Uttar Pradesh", "IN", "a state's short form"),
    ("IN-KA-Bangalore", "Bangalore", "Karnataka", "IN", "codes joined with hyphens"),
    ("US-CA-San Francisco", "San Francisco", "California", "US", "codes joined with hyphens, American"),
    ("Vancouver, BC", "Vancouver", "British Columbia", "CA", "Canada's Vancouver"),
    ("Vancouver, WA", "Vancouver", "Washington", "US", "and the other one"),
    ("London, ON, Canada", "London", "Ontario", "CA", "the smaller London, by its province"),
    ("London", "London", "England", "GB", "the larger one without support"),
    ("Cambridge, MA", "Cambridge", "Massachusetts", "US", "by its state"),
    ("Paris, TX", "Paris", "Texas", "US", "by its state"),
    ("Atlanta, Georgia", "Atlanta", "Georgia", "US", "Georgia the state"),
    ("Tbilisi, Georgia", "Tbilisi", None, "GE", "Georgia the nation"),
    ("New York", "New York", "New York", "US", "the city, not the state"),
    ("NYC", "New York", "New York", "US", "a nickname is spelt out"),
    ("San Francisco Bay Area", "San Francisco", "California", "US", "an area named for its city"),
    ("Greater Seattle Area", "Seattle", "Washington", "US", "words around the name"),
    ("Washington, D.C.", "Washington", "District of Columbia", "US", "dots in the code"),
    ("Someville, MO 65401", "Someville", "Missouri", "US", "a town too small for the table, by state and postcode"),
    ("San Francisco CA", "San Francisco", "California", "US", "no comma"),
    ("München", "München", "Bavaria", "DE", "another tongue's name stays as written"),
    ("Zurich, Switzerland", "Zurich", None, "CH", "as written, without the accent"),
    ("ZÜRICH", "Zürich", None, "CH", "capitals become a name"),
    ("Singapore", "Singapore", None, "SG", "city and nation alike"),
    ("Germany,Warsaw, Poland,Remote,UK", "Warsaw", None, "PL", "a city is more than the nations of a list"),
    ("Remote,British Columbia", None, "British Columbia", "CA", "a province alone"),
    ("United States (Remote)", None, None, "US", "a nation alone"),
    ("Remote-US", None, None, "US", "a hyphen without spaces"),
    ("Türkiye, Remote", None, None, "TR", "the new name"),
    ("Trinidad and Tobago", None, None, "TT", "`and` within a name"),
    ("Hyderabad, Telangana, India - Hybrid", "Hyderabad", "Telangana", "IN", "a way to work behind a dash"),
    ("Dublin, Ireland or London, UK", "Dublin", None, "IE", "`or` between places"),
    ("Hoboken, NJ (Hybrid, 3 days a week)", "Hoboken", "New Jersey", "US", "brackets with days"),
]


@pytest.mark.parametrize(("line", "city", "region", "country", "why"), LINES, ids=[row[0] for row in LINES])
def test_location_lines(line: str, city: str | None, region: str | None, country: str, why: str) -> None:
    place = place_of(line)
    assert place is not None, why
    assert (place.city, place.region, place.country) == (city, region, country), why


NO_PLACE = [
    "",
    "  ",
    "Remote",
    "Remote, anywhere in LATAM",
    "Discord",
    "Full-time",
    "12345",
    "\x00\ufffd",
    "—",
    "Machine Learning Reply",
    "()[]|;,",
]


@pytest.mark.parametrize("line", NO_PLACE)
def test_lines_without_a_place(line: str) -> None:
    assert place_of(line) is None


# an ad, city, country, why
ADS = [
    ("ML Engineer\nAcme\nUS,Remote\n\nWe build.", None, "US", "the line under title and company"),
    (
        "ML Engineer\nAcme\nUnited Kingdom\n\nWe have a new office in London for you.",
        "London",
        "GB",
        "the nation above, the city in prose",
    ),
    ("ML Engineer\nAcme\nFrance\n\nWith offices in London and Paris.", None, "FR", "other offices are not where the job is"),
    ("ML Engineer\n\nLocation: Bengaluru, India\n\nWe build.", "Bengaluru", "IN", "a label"),
    ("ML Engineer\n\n**Location**\n\nBerlin, Germany\n\nText.", "Berlin", "DE", "a heading with the place below"),
    (
        "ML Engineer\n\n**Location:**\n\nHybrid, working onsite at our Mysore / Bangalore, India 3 days per week.",
        "Mysore",
        "IN",
        "a sentence under it",
    ),
    ("ML Engineer\n\nWe are hiring. This role is based in Toronto, Canada.\n", "Toronto", "CA", "a sentence on the role"),
    (
        "ML Engineer\n\nAcme was founded in Boston. You will work from our Austin office.",
        "Austin",
        "US",
        "our office, not the founding",
    ),
    ("ML Engineer\n\nAcme is headquartered in Boston, MA.\n", None, None, "the seat of the company is not the job's place"),
    ("ML Engineer (Remote, US)\n\nText.", None, "US", "in the title"),
    ("ML Engineer - London\n\nText.", "London", "GB", "behind the dash of the title"),
    ("Reading Specialist\n\nMost of our Mobile developers read.", None, None, "words that are also towns"),
    ("ML Engineer (ID: 2215)\n\nRemote\n", None, None, "ID is a number here, not Idaho"),
    ("ML Engineer\n\nYou must be authorized to work in the United States.", None, "US", "the law names the nation"),
    ("Engineer\n\nWe serve customers in Japan and Germany.", None, None, "customers are elsewhere"),
    ("Acme - ML Engineer - REMOTE in CA/OR/WA - Full-time - https://a.example/1", None, "US", "states in a header line"),
    ("Acme | ML Engineer | REMOTE (US timezones) | Full-time", None, "US", "a nation in a header line"),
    ("Acme | ML Engineer | Onsite 3 days (Lyon, France)", "Lyon", "FR", "a city in a header line"),
    ("Paris | ML Engineer | REMOTE | Full-time\n\nWe build.", None, None, "a firm with a city's name"),
    ("ML Engineer\n\nLondon | Hybrid | \u00a350,000\n\nWe build.", "London", "GB", "a line of place, way of work and pay"),
    ("ML Engineer\nAcme\n  \u2022 Location: Berlin, Germany\n", "Berlin", "DE", "a label in a list"),
    ("ML Engineer\n\nHobart, TAS\n", "Hobart", "AU", "a state of Australia"),
    ("ML Engineer\nToronto, Canada (we do not sponsor visas)\n\nWe build.", "Toronto", "CA", "a remark in brackets behind it"),
    ("ML Engineer\nAcme\nCanada,United States\n\nWe build.", None, None, "several nations are not where the job is"),
    (
        "ML Engineer\n\nText.\n\nWe are based in Walworth, London. Say hello.",
        "London",
        "GB",
        "the team's seat, with the district",
    ),
    ("ML Engineer\n\nWe have offices in Leeds, Bristol and York.", "Leeds", "GB", "offices of one nation"),
    ("ML Engineer\n\nWe have offices in Leeds, Berlin and Tokyo.", None, None, "offices of several nations"),
    ("ML Engineer\n\nText.\n\nWe\u2019re based in Berlin. Say hello.", "Berlin", "DE", "a curly apostrophe"),
    ("ML Engineer\nRemote\n\nWe are based in London.", None, None, "a remote job is not where the team is"),
    (
        "ML Engineer\n\nYou must be eligible to work in the UK. We are based in Leeds.",
        "Leeds",
        "GB",
        "the law's nation, the team's city",
    ),
    (
        "ML Engineer - Remote (Global) - Full-time\n\n$150k. For US employees: 401k",
        None,
        None,
        "a job anywhere, with a benefit for some",
    ),
    ("ML Engineer\n\n$120,000. 401k for US-based employees outside of the US too", None, "US", "the law of the United States"),
    ("", None, None, "nothing"),
    ("Engineer", None, None, "a title alone"),
]


@pytest.mark.parametrize(("text", "city", "country", "why"), ADS, ids=[row[3] for row in ADS])
def test_home_of_an_ad(text: str, city: str | None, country: str | None, why: str) -> None:
    home = home_of_ad(Document(text=text))
    assert ((home.city, home.country) if home else (None, None)) == (city, country), why


def test_structured_data_goes_first() -> None:
    document = Document(text="Engineer\nAcme\nParis, France", stated={"city": "Pune", "country": "India"})
    home = home_of_ad(document)
    assert home is not None
    assert (home.city, home.region, home.country) == ("Pune", "Maharashtra", "IN")


# a resume, city, country, why
RESUMES = [
    ("Ann Lee\nChennai, Tamil Nadu, IN - Email me: ann@example.com\n\nSkills", "Chennai", "IN", "beside the e-mail"),
    (
        "Ann Lee  1234 West 68 Street  Carlisle, MA 01741  Cell: (123)345 7890",
        "Carlisle",
        "US",
        "an address whose lines were lost",
    ),
    (
        "Ann Lee\nann@example.com | San Francisco, CA\n\nEducation\nUniversity of Texas, Austin, TX",
        "San Francisco",
        "US",
        "the university is elsewhere",
    ),
    ("Ann Lee\nPhone: +91 98450 12345\n\nSUMMARY\nEngineer.", None, "IN", "the telephone's country code"),
    ("Ann Lee\n\nExperience\nAcme, Pune, India\nEngineer, 2019 - Present\n", None, None, "a job is no address: see whereabouts"),
    ("Ann Lee\n\nExperience\nAcme, Pune, India\nEngineer, 2011 - 2013\n", None, None, "a past job says nothing"),
    ("Ann Lee\n\nEducation\nRochester Institute of Technology, Rochester, NY\n", None, None, "a school says nothing"),
    ("Highlights\n  Python, IT, SQL\n", None, None, "IT is no nation here"),
    ("", None, None, "nothing"),
]


@pytest.mark.parametrize(("text", "city", "country", "why"), RESUMES, ids=[row[3] for row in RESUMES])
def test_home_of_a_resume(text: str, city: str | None, country: str | None, why: str) -> None:
    home = home_of_resume(Document(text=text))
    assert ((home.city, home.country) if home else (None, None)) == (city, country), why


def test_places_in_running_text_carry_their_spans() -> None:
    text = "We are based in San Francisco, California and have an office in London. Mobile developers welcome."
    found = [(text[place.start : place.end], place.sure) for place in places_in(text)]
    assert found == [("San Francisco, California", True), ("London", True), ("Mobile", False)]


@given(st.text(alphabet=string.printable + "éü–—•\uf0b7İ\u200b", max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for place in places_in(text):
        assert 0 <= place.start < place.end <= len(text)
    home_of_ad(Document(text=text))
    home_of_resume(Document(text=text))
    place_of(text)


def test_codes_count_in_capitals_only() -> None:
    assert meanings("CA")
    assert not meanings("ca")


def test_no_name_has_more_words_than_are_looked_up() -> None:
    assert max(line.partition("\t")[0].count(" ") + 1 for line in _lines()) == MOST_WORDS


def test_every_longer_name_begins_with_a_word_that_may_begin_one() -> None:
    names = [line.partition("\t")[0] for line in _lines()]
    assert all(meanings(name) for name in names if " " in name)
    assert not begins_name("looking")


@pytest.mark.parametrize("name", ["New - York", "東京 大 阪 a b c d e New York", "a b c d e f g h", "a & b & c & d & e & f & g"])
def test_signs_make_no_name_too_long(name: str) -> None:
    assert meanings(name) == _meanings(name)


FILLERS = (
    "fully 100%|remote|remotely|hybrid|on-site|onsite|in office|in-person|anywhere|telecommuting|wfh|virtual"
    "|headquarters|hq|offices|metro area|metropolitan area|greater|city of|downtown|central|region|based|only|multiple locations"
    "|various locations|flexible|preferred|eligible|friendly|first|available|time zones|timezone|legal to work|full-time|permanent"
    "|contract|the|state of|province of|other|emea|apac|latam|amer|americas|europe|eu|european union|worldwide|global|asia"
    "|nationwide|latin america|north america|south america|2 days per week|3 times"
)


@pytest.mark.parametrize("filler", FILLERS.split("|"))
def test_filler_around_a_name_is_left_out(filler: str) -> None:
    for text in (f"{filler} Toulouse", f"Toulouse {filler}", f"Toulouse {filler.capitalize()}"):
        assert [piece.text for piece in pieces_of(text)] == ["Toulouse"], text


@pytest.mark.parametrize(
    ("name", "key"),
    [("Saint-Étienne", "saint etienne"), ("St. Louis", "saint louis"), ("Łódź", "lodz"), ("", ""), ("  New   York ", "new york")],
)
def test_keys(name: str, key: str) -> None:
    assert folded(name) == key
