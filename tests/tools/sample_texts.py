"""The invented people and the ad whose files make_samples.py writes: every name, firm and word here is made up."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job, internship or project with its lines."""

    title: str
    place: str
    when: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A resume's content; each file lays it out in its own way."""

    name: str
    title: str
    contact: tuple[str, ...]
    summary: str
    jobs: tuple[Job, ...]
    studies: tuple[tuple[str, str], ...]
    skills: tuple[tuple[str, str], ...]
    projects: tuple[Job, ...] = ()
    more: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


MAREN = Person(
    name="Maren Tolleskov",
    title="Senior Deep Learning Engineer",
    contact=("San Francisco, CA, USA", "maren@tolleskov.example", "+1 415 555 0142"),
    summary="I build vision systems that look at the sea floor. Seven years in industry, from the first labelled image to models "
    "that run on a boat.",
    jobs=(
        Job(
            title="Senior Deep Learning Engineer",
            place="Saltmarsh Robotics, San Francisco, CA",
            when="April 2021 - Present",
            lines=(
                "Trained convolutional neural networks in PyTorch that outline seagrass in sonar images; a third less error.",
                "Deployed the models to survey boats with TensorRT and built model monitoring on AWS.",
                "Built data pipelines for 40 TB of video and set up MLOps with CI/CD.",
                "Mentored three engineers and led the code reviews of the team.",
            ),
        ),
        Job(
            title="Machine Learning Engineer",
            place="Quillfeather Maps, Oakland, CA",
            when="January 2018 - March 2021",
            lines=(
                "Detected roads and roofs in aerial photographs with TensorFlow and Keras.",
                "Improved results through data augmentation, transfer learning and hyperparameter tuning.",
                "Wrote the C++ inference library together with the platform team.",
            ),
        ),
    ),
    studies=(
        ("PhD, Applied Mathematics, Redwood Coast University", "2013 - 2017"),
        ("BSc, Physics, University of Nordhavn", "2009 - 2013"),
    ),
    skills=(
        ("Languages", "Python, C++, SQL"),
        ("Deep learning", "PyTorch, TensorFlow, Keras"),
        ("Data", "NumPy, pandas, scikit-learn"),
        ("Platforms", "AWS, Linux, Git"),
        ("Mathematics", "linear algebra, probability, optimization"),
    ),
    more=(("Publications", ("Seagrass from sonar: a segmentation benchmark. Workshop on Ocean Vision, 2020.",)),),
)

ADVAITH = Person(
    name="Advaith Kurupath",
    title="Machine Learning Engineer",
    contact=("Bengaluru, Karnataka, India", "advaith@kurupath.example", "+91 80 5550 0187"),
    summary="Machine learning engineer with nine years of experience in speech and text for Indian languages.",
    jobs=(
        Job(
            title="Machine Learning Engineer",
            place="Nilavara Speech Systems, Bengaluru",
            when="07/2019 - Present",
            lines=(
                "Built speech recognition for Kannada and Malayalam with recurrent neural networks in TensorFlow.",
                "Fine-tuned pretrained language models for sentiment analysis of customer calls.",
                "Served the models with Flask on Azure and automated their releases with Jenkins (CI/CD).",
                "Worked closely with linguists to label 900 hours of audio.",
            ),
        ),
        Job(
            title="Software Engineer",
            place="Pepperleaf Logistics, Kochi",
            when="06/2015 - 06/2019",
            lines=(
                "Forecast parcel volumes with random forests in scikit-learn.",
                "Wrote backend services in Java and data cleaning jobs in Python and SQL.",
            ),
        ),
    ),
    studies=(("B.Tech, Computer Science and Engineering, Periyar Hills Institute of Technology", "2011 - 2015"),),
    skills=(
        ("Programming", "Python, Java, SQL, Linux"),
        ("Libraries", "TensorFlow, Keras, scikit-learn, NumPy, pandas"),
        ("Methods", "NLP, speech recognition, time series forecasting, cross-validation"),
        ("Tools", "Azure, Flask, Git, Jira"),
    ),
)

ISHANI = Person(
    name="Ishani Deshmuth",
    title="Computer Engineering graduate",
    contact=("Pune, Maharashtra, India", "ishani@deshmuth.example", "+91 20 5550 0164"),
    summary="Final-year student who enjoys neural networks and honest error bars. Looking for a first job in deep learning.",
    jobs=(
        Job(
            title="Data Science Intern",
            place="Mangrove Credit, Pune",
            when="May 2024 - July 2024",
            lines=(
                "Cleaned loan records with pandas and explored them in Jupyter notebooks.",
                "Compared logistic regression and decision trees for fraud detection.",
            ),
        ),
    ),
    studies=(("B.E., Computer Engineering, Sahyadri College of Engineering and Design, Pune, CGPA 8.9", "2020 - 2024"),),
    skills=(
        ("Languages", "Python, C++, R"),
        ("Libraries", "PyTorch, NumPy, pandas, Matplotlib, scikit-learn"),
        ("Mathematics", "linear algebra, statistics, probability"),
        ("Tools", "Git, GitHub, Jupyter Notebook"),
    ),
    projects=(
        Job(
            title="Leaf disease from phone pictures",
            place="Final-year project",
            when="2024",
            lines=("Trained a CNN in PyTorch for image classification; 93% accuracy on 12 diseases with data augmentation.",),
        ),
        Job(
            title="Kaggle: predicting bus delays",
            place="Competition",
            when="2023",
            lines=("Top 8% with gradient boosting and careful cross-validation.",),
        ),
    ),
    more=(("Interests", ("Carnatic violin, trekking, running the college coding club",)),),
)

JONAS = Person(
    name="Jonas Fairweather",
    title="Physics teacher turning to data and machine learning",
    contact=("jonas@fairweather.example",),
    summary="Eleven years of explaining hard things simply. For a year I have studied machine learning in the evenings.",
    jobs=(
        Job(
            title="Physics Teacher",
            place="Hollowbrook Secondary School",
            when="Sep 2013 - Aug 2024",
            lines=(
                "Taught physics and mathematics to classes of thirty.",
                "Analysed exam results in R and presented them to parents and the school board.",
                "Led the science department of six.",
            ),
        ),
    ),
    studies=(("MSc, Physics, University of Elmsworth", "2010 - 2012"),),
    skills=(
        ("Comfortable with", "Python, pandas, Matplotlib, statistics"),
        ("Learning", "scikit-learn, supervised learning, SQL"),
    ),
    projects=(
        Job(
            title="Which pupils ask for help?",
            place="Own project",
            when="2024",
            lines=("Random forest on ten years of anonymous records; described the limits of the data in plain words.",),
        ),
    ),
    more=(("Please note", ("No experience with TensorFlow or cloud platforms yet.",)),),
)

PEOPLE = (MAREN, ADVAITH, ISHANI, JONAS)

LEAD_AD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Lead Deep Learning Engineer", ("Ashoka Meadow Diagnostics, Hyderabad, Telangana, India",)),
    (
        "Who we are",
        ("We read retina photographs from village clinics and tell nurses within a minute whom to send to an eye doctor.",),
    ),
    (
        "Responsibilities",
        (
            "Lead a team of five engineers",
            "Decide on the architecture of our medical imaging models, from convolutional networks to autoencoders",
            "Answer for explainability, fairness and patient privacy",
        ),
    ),
    (
        "Required qualifications",
        (
            "At least 9 years of experience in machine learning, of which 3 in deep learning",
            "M.Tech or PhD",
            "Python, PyTorch, Keras",
            "Computer vision and image processing",
            "Model deployment with Docker on any cloud platform",
            "Leadership, critical thinking and sound decision-making",
        ),
    ),
    ("Preferred qualifications", ("Generative adversarial networks", "Edge deployment on small devices", "Publications")),
    ("Compensation", ("Competitive, to be discussed.",)),
)
