"""Cases for what an ad asks: years, degree, seniority, title, remote work; and bad input."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.asks import job_facts, level_in, title_of
from dlmatch.model.document import Document
from dlmatch.model.report import JobFacts


def facts_of(text: str) -> JobFacts:
    return job_facts(Document(text=text))


# text, years_min, years_max, why
YEARS = [
    ("3+ years of experience with Python", 3, None, "the usual form"),
    ("At least 7 years of experience building systems", 7, None, "at least"),
    ("a minimum of five (5) years of experience", 5, None, "a word and its number"),
    ("Minimum 4 years in a similar role", 4, None, "minimum"),
    ("three or more years of professional experience", 3, None, "in words"),
    ("3-5 years of relevant experience", 3, 5, "a range"),
    ("between 3 and 5 years of experience with Python", 3, 5, "a range in words"),
    ("1 to 3 years experience with SQL", 1, 3, "a range with to"),
    ("6 – 8 yrs. experience", 6, 8, "a dash and yrs"),
    ("5+ yrs exp in ML", 5, None, "short words"),
    ("3 years' experience in an analytics role", 3, None, "an apostrophe"),
    ("Experience: 8 years", 8, None, "the word before"),
    ("or equivalent5+ years of research experience", 5, None, "a space lost"),
    ("FIVE (5) YEARS’ EXPERIENCE", 5, None, "capitals"),
    ("3 Jahre Berufserfahrung", 3, None, "German"),
    ("3+ años de experiencia", 3, None, "Spanish"),
    (
        "* 12+ years total experience\n* 5+ years as an engineer\n* 8+ years leading",
        12,
        None,
        "the general number is the largest",
    ),
    ("- 3+ years of Python\n- 8+ years of software engineering", 8, None, "also where it comes second"),
    (
        "- 2+ years of computer vision\n- 3 years of experience in web development",
        2,
        None,
        "the first, where no number is of the whole work",
    ),
    (
        "- 2 years with clouds\n- 5 years of professional experience",
        5,
        None,
        "years at work in general come before those with a tool",
    ),
    ("Stack: Python. Minimum Experience: 2 years Location: Pune", 2, None, "a label in running text"),
    ("You bring at least a couple of years' experience with data", 2, None, "a couple"),
    ("In a couple of years you will be leading", None, None, "a couple of years to come"),
    ("Duration: 3 years", None, None, "how long the job lasts"),
    ("2 years of experience with SQL, or 4 years if no Master's degree", 4, None, "without a degree, which is the lowest"),
    (
        "- Degree in physics or 4 years of equivalent experience\n- 2+ years of experience with SQL",
        2,
        None,
        "years that stand in for a degree",
    ),
    ("Bachelor's degree and 5 years of experience, or Master's degree and 3 years", 5, None, "beside the lowest degree"),
    ("PhD with 2+ years of experience or Master's with 4+ years of experience", 4, None, "beside the lowest, which comes second"),
    ("Preferred: 5+ years of experience", None, None, "only preferred"),
    ("## Nice to have\n\n- 5+ years with Kubernetes", None, None, "in a list of wishes"),
    ("5+ years of experience preferred", None, None, "preferred behind"),
    ("Ideally 5+ years of experience", None, None, "ideally before"),
    ("5+ years of experience, preferably in finance", 5, None, "only the field is preferred"),
    ("We are a company with more than 30 years of experience in the market", None, None, "the company's years"),
    ("Our team has 20 years of experience in search", None, None, "the team's years"),
    ("In just over two years, we reached customers everywhere", None, None, "a span of time"),
    ("a check every two years thereafter", None, None, "a rhythm"),
    ("recognized for four consecutive years", None, None, "an award"),
    ("You must be 18 years of age or older", None, None, "an age"),
    ("equity vests over 4 years with a one-year cliff", None, None, "vesting"),
    ("completion of a four-year college degree", None, None, "length of a study"),
    ("a two-year fixed contract", None, None, "length of a contract"),
    ("25 years of history", None, None, "history"),
    ("a few years ago; 10 years ago", None, None, "ago"),
    ("", None, None, "nothing"),
    ("years years years + 99 years 100+ years", None, None, "no number to believe"),
]


@pytest.mark.parametrize(("text", "least", "most", "why"), YEARS, ids=[row[3] for row in YEARS])
def test_years(text: str, least: int | None, most: int | None, why: str) -> None:
    facts = facts_of("Engineer\n\nText.\n\n" + text)
    assert (facts.years_min, facts.years_max) == (least, most), why


# text, degree, why
DEGREES = [
    ("Bachelor's degree in Computer Science", "bachelor", "the usual form"),
    ("BS/MS in Computer Science", "bachelor", "the lower of two"),
    ("University degree (Master, Diplom or equivalent) in CS", "master", "a bracket says which degree is meant"),
    ("University degree (Master's preferred)", "bachelor", "a bracket that wishes"),
    ("B.Tech or M.Tech from a reputed institute", "bachelor", "India's names"),
    ("B.E./B.Tech in CS", "bachelor", "and the other one"),
    ("BA/BS/MS in a related field or equivalent experience", "bachelor", "equivalent experience keeps it"),
    ("Degree in computer science, statistics or economics", "bachelor", "a degree without its level"),
    ("Successfully completed university studies with a quantitative background", "bachelor", "studies"),
    ("a four-year college degree is required", "bachelor", "by its length"),
    ("Master's degree in statistics", "master", "master"),
    ("MS or PhD in Computer Science", "master", "short forms"),
    ("skillsMS or PhD in Computer Science", "master", "a space lost"),
    ("experienceBachelor's degree in CS", "bachelor", "a space lost before the name"),
    ("a masterdegree in CS", "master", "a space lost within it"),
    ("Bachelor’s DegreeSkills with SQL", "bachelor", "a space lost behind it"),
    ("SQLDegree in statistics", "none", "but not before a word that is none"),
    ("PhD\u200b in physics", "phd", "an invisible character behind the name"),
    ("Ph\u00ad.D. in physics", "none", "and one within a short form, which is none then"),
    ("Licenciatura en informática", "bachelor", "Spanish"),
    ("an academic background in physics", "bachelor", "a background"),
    ("Advanced degree (PhD/Masters) in mathematics", "master", "an advanced degree"),
    ("Ph.D. in physics required", "phd", "phd"),
    ("A doctorate in a quantitative field", "phd", "in full"),
    ("Bachelor, Master, or PhD Degree in Statistics", "bachelor", "without 's"),
    ("BS in CS. MS and Ph.D are preferred.", "bachelor", "the higher ones are preferred"),
    ("Bachelor's degree required (post-graduate preferred) in data science", "bachelor", "preferred in brackets"),
    ("Bachelor's degree, Master's preferred", "bachelor", "preferred behind a comma"),
    ("have a BS (MS is a plus) in computer science", "bachelor", "a plus in brackets"),
    ("Master's degree preferred", "none", "only preferred"),
    ("Preferred Qualifications:\n- Master's degree in CS", "none", "in a list of wishes"),
    ("Preferred Qualifications:\n- BS in Computer Science is required.", "bachelor", "required, whatever the heading"),
    ("Founded by Matt Zeiler, Ph.D. in 2013", "none", "a founder's title"),
    ("Work with our team of PhDs", "none", "colleagues"),
    ("mentor PhD students and interns", "none", "students"),
    ("tuition for bachelor's degrees", "none", "a benefit"),
    ("a high degree of autonomy", "none", "a degree of something"),
    ("You will master the implementation. Scrum Master. Master data.", "none", "other masters"),
    ("MS Office, MS SQL and MS Teams", "none", "Microsoft"),
    ("Boston, MA or remote; be kind; to BE or not", "none", "a state and a verb"),
    ("No degree required", "none", "not asked"),
    ("UG: Any Graduate\nPG: Any Postgraduate", "bachelor", "India's two levels, the lower"),
    ("a relevant tertiary qualification (degree) and experience", "bachelor", "a degree in brackets"),
    ("Postdoctoral Associates of Doctorix", "none", "words that hold the letters"),
    ("Salary:\n\nEducational Qualifications:\n\n- B.Tech in CS", "bachelor", "under a heading of its own, below one on pay"),
    ("", "none", "nothing"),
]


@pytest.mark.parametrize(("text", "degree", "why"), DEGREES, ids=[row[2] for row in DEGREES])
def test_degree(text: str, degree: str, why: str) -> None:
    assert facts_of("Engineer\n\nText.\n\n" + text).degree_min == degree, why


LEVELS = [
    ("Machine Learning Intern", "intern"),
    ("Middle AI Engineer", "mid"),
    ("Middle School Teacher", None),
    ("Junior Data Scientist", "entry"),
    ("Associate Data Scientist", "entry"),
    ("Software Engineer I", "entry"),
    ("New Grad Software Engineer", "entry"),
    ("Software Engineer II", "mid"),
    ("Software Engineer 2", "mid"),
    ("Sr. ML Engineer", "senior"),
    ("Software Engineer III", "senior"),
    ("Senior Product Manager", "senior"),
    ("Senior Staff Engineer", "lead"),
    ("Principal Scientist", "lead"),
    ("Manager, Data Science", "lead"),
    ("Senior Manager, Data Science", "lead"),
    ("Head of Engineering", "lead"),
    ("VP of AI", "lead"),
    ("Associate Director", "lead"),
    ("Member of Technical Staff", None),
    ("Lead Generation Analyst", None),
    ("Research Fellow/Senior Research Fellow", None),
    ("Machine Learning Engineer or Senior Machine Learning Engineer", None),
    ("Machine Learning Engineer", None),
    ("", None),
]


@pytest.mark.parametrize(("title", "level"), LEVELS)
def test_level_of_a_title(title: str, level: str | None) -> None:
    assert level_in(title) == level


# text, seniority, why
SENIORITY = [
    ("ML Engineer\n\n2+ years of experience", "entry", "from the years, where the title names none"),
    ("ML Engineer\n\n4+ years of experience", "mid", "three to five"),
    ("ML Engineer\n\n6+ years of experience", "senior", "six and more"),
    ("Senior ML Engineer\n\n2+ years of experience", "senior", "the title goes before the years"),
    (
        "Data Scientist\n\nAs a Staff Data Scientist on our team, you lead. 5+ years of experience",
        "lead",
        "what the ad calls the holder",
    ),
    ("Data Scientist\n\nYou work with a Staff Engineer.", None, "a colleague's level"),
    ("ML Engineer\n\nText.", None, "nothing said"),
]


@pytest.mark.parametrize(("text", "level", "why"), SENIORITY, ids=[row[2] for row in SENIORITY])
def test_seniority(text: str, level: str | None, why: str) -> None:
    assert facts_of(text).seniority == level, why


TITLES = [
    ("# Senior ML Engineer\nAcme\n", "Senior ML Engineer", "a heading"),
    ("Acme Robotics\nMachine Learning Engineer\nBoston, MA\n", "Machine Learning Engineer", "the company first"),
    ("Job Title: Data Scientist\nLocation: Pune\n", "Data Scientist", "a label"),
    ("**Consultant with focus on Vision:**\nAcme\n", "Consultant with focus on Vision", "marks and a colon"),
    ("We are looking for people who like to build things with us. Apply now.", None, "prose"),
    ("# [ML Engineer (Lyon)](https://jobs.example/7)\n### Acme\n", "ML Engineer (Lyon)", "a link in a heading"),
    ("Acme (YC W99) | Staff ML Engineer | Remote (US) | $150k\n\nWe build.", "Staff ML Engineer", "a header line"),
    ("Acme - ML Engineer - Audio - REMOTE (US) - https://acme.example/1\n", "ML Engineer - Audio", "a header line with dashes"),
    ("Acme | Lyon | Full-time\n", None, "a header line without a title"),
    ("Head of Sales - Europe\n", "Head of Sales - Europe", "one dash makes no header line"),
    ("\U0001f4cd Overview\n\n  \u2022 Job Title: Data Engineer\n", "Data Engineer", "a label in a list"),
    ("Job Description for Data Engineer\n", "Data Engineer", "words before the title"),
    ("ML Engineer (contract, 40\u20ac/h)\n", "ML Engineer", "pay in brackets"),
    ("Job description\nWork on data.", None, "a heading that is no title"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("text", "title", "why"), TITLES, ids=[row[2] for row in TITLES])
def test_title(text: str, title: str | None, why: str) -> None:
    assert title_of(text) == title, why


REMOTE = [
    ("Engineer\nAcme\nUS,Remote\n", True, "the location line"),
    ("Engineer\nAcme\n\nThis is a fully remote position.", True, "a sentence"),
    ("Engineer\nAcme\n\n#LI-Remote", True, "a tag"),
    ("Engineer\nAcme\n\nThis is a hybrid role, 3 days a week in our office.", False, "hybrid"),
    ("Engineer\nAcme\n\nHow we workHybrid role", False, "a space lost before"),
    ("Engineer\nAcme\n\nWork from homeBenefits", True, "a space lost behind"),
    ("Engineer\nAcme\n\nin-person days in Lyon", False, "in person"),
    ("Engineer\nAcme\n\n2 days per week from our office", False, "days a week"),
    ("Engineer\nAcme\n\non-site position", False, "on site"),
    ("Engineer\nAcme\n\nteammates in person and in office", None, "in person, but no role"),
    ("Engineer\nAcme\n\n80% of our team is remote.", None, "said of a share of the people"),
    ("Engineer\nAcme\n\nWe use remote sensing and hybrid retrieval models.", None, "other senses"),
    ("Engineer\nAcme\nPune, India\n", None, "nothing said"),
]


@pytest.mark.parametrize(("text", "remote", "why"), REMOTE, ids=[row[2] for row in REMOTE])
def test_remote(text: str, remote: bool | None, why: str) -> None:
    assert facts_of(text).remote is remote, why


@dataclass(frozen=True)
class Part:
    start: int
    end: int
    kind: str


def test_sections_say_what_is_preferred() -> None:
    text = "Engineer\nMust\n3+ years of experience\nWishes\n8+ years of experience, PhD in physics\n"
    cut = text.index("Wishes")
    facts = job_facts(Document(text=text), (Part(0, cut, "required"), Part(cut, len(text), "preferred")))
    assert (facts.years_min, facts.degree_min) == (3, "none")


def test_structured_data_goes_first() -> None:
    stated = {
        "title": "Staff Engineer",
        "seniority": "lead",
        "years_min": 9,
        "degree_min": "master",
        "country": "IN",
        "city": "Pune",
        "remote": False,
        "pay": {"min": 1, "max": 2, "currency": "INR", "period": "year"},
    }
    facts = job_facts(Document(text="Junior Engineer\nAcme\nRemote, US\n\n2+ years of experience, BS in CS", stated=stated))
    assert facts.pay is not None
    found = (
        facts.title,
        facts.seniority,
        facts.years_min,
        facts.degree_min,
        facts.country,
        facts.city,
        facts.remote,
        facts.pay.currency,
    )
    assert found == ("Staff Engineer", "lead", 9, "master", "IN", "Pune", False, "INR")


@pytest.mark.parametrize(
    "stated", [{"pay": 5}, {"pay": {}}, {"years_min": "five"}, {"country": 7}, {"seniority": "boss"}, {"title": ["x"]}]
)
def test_odd_structured_data_is_passed_over(stated: dict[str, object]) -> None:
    assert job_facts(Document(text="Engineer\n\n3+ years of experience", stated=stated)).years_min == 3


@given(st.text(alphabet="0123456789+-–' years ofxpBMSPhD.degr()\n•:*#İ", max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    job_facts(Document(text=text))


@pytest.mark.parametrize("currency", ["", "1.2.3", "euro", 5, None])
def test_a_currency_that_is_none_is_left_out(currency: object) -> None:
    pay = {"min": 1, "max": 2, "currency": currency, "period": "year"}
    facts = job_facts(Document(text="Engineer", stated={"pay": pay}))
    assert facts.pay is not None
    assert facts.pay.currency is None
