"""Reports made by hand, for the tests of everything that shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dlmatch.model.document import Finding, ReadWarning
from dlmatch.model.report import (
    Coverage,
    Evidence,
    Gap,
    Group,
    JobFacts,
    MadeWith,
    Pay,
    PayBand,
    PayStep,
    Read,
    Rejected,
    Report,
    ResumeFacts,
    Role,
    SkillFound,
    Source,
)

NAMES = {"aws": "AWS", "azure": "Microsoft Azure", "gcp": "Google Cloud Platform", "mlops": "MLOps", "java": "Java", "r": "R"}
MADE = MadeWith(dlmatch="0.1.0", taxonomy="3b9f" * 16, seeds="c04d" * 16, as_of="2025-01-01")

GROUPS = (
    Group(id="frameworks", name="A deep-learning framework", area="frameworks", weight=14.0, enough=1, credit=1.0,
          met=("pytorch",), missing=("tensorflow", "keras")),
    Group(id="python", name="Python", area="programming", weight=12.0, enough=1, credit=1.0, met=("python",), missing=()),
    Group(id="second-language", name="A second language", area="programming", weight=4.0, enough=1, credit=0.0, met=(),
          missing=("java", "r")),
    Group(id="networks", name="Neural networks", area="deep-learning", weight=30.0, enough=2, credit=1.0,
          met=("convolutional-neural-networks", "deep-learning"), missing=("autoencoders",)),
    Group(id="data", name="Preparing data", area="data", weight=20.0, enough=2, credit=0.5, met=("data-cleaning",),
          missing=("data-labeling", "data-augmentation")),
    Group(id="cloud", name="A cloud platform", area="deployment", weight=12.0, enough=1, credit=0.0, met=(),
          missing=("aws", "azure", "gcp")),
    Group(id="teamwork", name="Working with others", area="soft-skills", weight=8.0, enough=2, credit=0.8,
          met=("communication",), missing=("leadership",)),
)  # fmt: skip


def evidence(quote: str, start: int = 0, page: int | None = 1, section: str = "experience") -> Evidence:
    """A piece of evidence."""
    return Evidence(quote=quote, start=start, end=start + len(quote), page=page, bbox=(72.0, 90.5, 120.0, 101.0), section=section)


def shown(
    skill_id: str, name: str, category: str, level: Any = "demonstrated", quote: str = "", months: int | None = None
) -> SkillFound:
    """A skill of a resume."""
    proof = evidence(quote or name, section="experience" if level == "demonstrated" else "skills")
    used = "2025-01" if months else None
    return SkillFound(id=skill_id, name=name, category=category, shown=level, months=months, last_used=used, evidence=(proof,))


def asked(skill_id: str, name: str, category: str, need: Any = "required", quote: str = "") -> SkillFound:
    """A skill of an ad."""
    return SkillFound(
        id=skill_id, name=name, category=category, need=need, evidence=(evidence(quote or name, 10, None, "requirements"),)
    )


def coverage(groups: tuple[Group, ...] = GROUPS) -> Coverage:
    """A coverage whose score follows from its groups."""
    return Coverage(score=round(sum(group.weight * group.credit for group in groups), 1), groups=groups)


def beside(kind: str, name: str, low: float, high: float, unit: str, source: str, open_ended: bool = False) -> dict[str, Any]:
    """A figure that stands beside the band."""
    return {"kind": kind, "name": name, "low": low, "high": high, "open_ended": open_ended, "unit": unit, "period": "year",
            "note": "", "source": source}  # fmt: skip


def effect(mid: float) -> dict[str, Any]:
    """What a gap means for pay."""
    return {
        "mid": mid,
        "currency": "USD",
        "period": "year",
        "premiums": {"aws": ["seeds/us-2024.md:90 (L152)"]},
        "note": f"mid +{mid:g}",
    }


def us_band() -> PayBand:
    """A senior band in San Francisco."""
    return PayBand(
        region="US", currency="USD", period="year", low=187500.0, mid=214000.0, high=250000.0, level="senior",
        steps=(
            PayStep(rule="base band", before=None, after=(150000.0, 200000.0), source="seeds/us-2024.md:61 (L189)",
                    note="senior, 7 completed years"),
            PayStep(rule="city", before=(150000.0, 200000.0), after=(187500.0, 250000.0), source="seeds/us-2024.md:70 (L197)",
                    note="San Francisco, +25%"),
        ),
        assumptions=("The years are those of dated roles.", "The city's figure is read as a factor on the base band."),
        beside=(beside("bonus", "bonus", 10, 20, "%", "seeds/us-2024.md:80 (L210)"),
                beside("equity", "equity", 50000, 300000, "USD", "seeds/us-2024.md:79 (L209)", open_ended=True)),
        seed="us-2024.md",
    )  # fmt: skip


def indian_band() -> PayBand:
    """A mid-level band in India, with what an ad states."""
    return PayBand(
        region="IN", currency="INR", period="year", low=700000.0, mid=950000.0, high=1200000.0, level="mid",
        steps=(PayStep(rule="base band", before=None, after=(700000.0, 1200000.0), source="seeds/india-2024.md:88 (L167)"),),
        assumptions=(), beside=(),
        stated={"min": 1400000.0, "max": 1800000.0, "currency": "INR", "period": "year", "relation": "above", "by": 200000.0,
                "percent": 16.7, "why": ""},
    )  # fmt: skip


def resume_report(**changes: Any) -> Report:
    """A senior engineer's report; any field can be changed."""
    report = Report(
        kind="resume",
        source=Source(name="maya_lindqvist.pdf", sha256="ab" * 32, media_type="application/pdf", bytes=48213),
        read=Read(status="ok", reader="pdfium", pages=2, characters=4120,
                  warnings=(ReadWarning(code="columns", message="The page has two columns.", page=1),)),
        facts=ResumeFacts(
            title="Senior deep learning engineer", experience_years=7.2, degree_max="phd", seniority="senior", country="US",
            city="San Francisco", region="California",
            roles=(Role(title="Senior deep learning engineer", start="2020-04", end="present", months=58),
                   Role(title="Machine learning engineer", start="2018-01", end="2020-03", months=27),
                   Role(title="Research assistant", start="2016-09", end="2017-02", months=6, kind="assistant")),
        ),
        skills=(
            shown("python", "Python", "programming", "demonstrated", months=85),
            shown("pytorch", "PyTorch", "frameworks-and-libraries", "demonstrated", months=58),
            shown("convolutional-neural-networks", "Convolutional neural networks", "deep-learning", "demonstrated", "CNNs", 27),
            shown("deep-learning", "Deep learning", "deep-learning", "demonstrated", months=85),
            shown("data-cleaning", "Data cleaning", "data", "demonstrated", "cleaned sensor data", 27),
            shown("git", "Git", "tools", "listed"),
            shown("communication", "Communication", "soft-skills", "listed", "written and verbal"),
        ),
        rejected=(Rejected(id="r", quote="R&D", start=400, end=403, reason="homograph", why="research and development"),),
        findings=(Finding(code="hidden-text", message="White text on white was left out.", page=2, quote="Keras AWS"),),
        coverage=coverage(),
        gaps=(
            Gap(requirement="cloud", missing=("aws", "azure", "gcp"), gain=12.0, pay_effect=effect(7500), why="no cloud"),
            Gap(requirement="data", missing=("data-labeling", "data-augmentation"), gain=10.0, pay_effect=None, why="one of two"),
            Gap(requirement="second-language", missing=("java", "r"), gain=4.0, pay_effect=None, why="no second language"),
        ),
        salary=us_band(),
        salary_reason=None,
        made_with=MADE,
    )  # fmt: skip
    return replace(report, **changes)


def job_report(**changes: Any) -> Report:
    """An ad's report; any field can be changed."""
    report = Report(
        kind="job",
        source=Source(name="ad_bengaluru.html", sha256="cd" * 32, media_type="text/html", bytes=9120),
        read=Read(status="ok", reader="html", pages=None, characters=2890),
        facts=JobFacts(title="Machine Learning Engineer II", seniority="mid", years_min=3, years_max=5, degree_min="bachelor",
                       country="IN", city="Bengaluru", region="Karnataka", remote=False,
                       pay=Pay(min=1400000.0, max=1800000.0, currency="INR", period="year", quote="14 to 18 LPA", end=12)),
        skills=(
            asked("python", "Python", "programming"),
            asked("pytorch", "PyTorch", "frameworks-and-libraries"),
            asked("tensorflow", "TensorFlow", "frameworks-and-libraries"),
            asked("aws", "AWS", "cloud", "preferred", "Amazon Web Services"),
            asked("communication", "Communication", "soft-skills", "required", "explain your work"),
            asked("mlops", "MLOps", "deployment", "mentioned"),
        ),
        rejected=(),
        findings=(),
        coverage=coverage((replace(GROUPS[0], met=("pytorch", "tensorflow"), missing=("keras",)), *GROUPS[1:])),
        gaps=(Gap(requirement="second-language", missing=("java", "r"), gain=4.0, pay_effect=None, why="no second language"),),
        salary=indian_band(),
        salary_reason=None,
        made_with=MADE,
    )  # fmt: skip
    return replace(report, **changes)
