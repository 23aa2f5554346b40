#!/usr/bin/env python3
"""Writes a clinic's site of any size, the same bytes each time: make_site.py PAGES FOLDER [--dialect pamphlet|hugo]

PAGES counts every Markdown file: the home page, a hundred section pages (a tenth of small sites) and the rest below them.
A page has the front matter of a real one and about 4 KB of Markdown: headings, paragraphs with emphasis, links to other pages
by file name, lists and a table; some have cards, questions and answers, steps, tasks or a footnote.

The dialect `hugo` says the same to Hugo: its own name for `kind`, and clinic data filled in, which it lacks."""

import argparse
import random
from pathlib import Path

BODY_BYTES = 4096
SECTIONS_MOST = 100

CLINIC = {"clinic.emergency.number": "911", "clinic.phones.nurse_line": "555-0142", "clinic.phones.out_of_hours": "555-0143"}

SITE_YAML = """title: Example Hospital
description: Plain facts about care, tests and treatment, and how to reach us day or night.
base_url: https://hospital.example.org/
languages: [en]
taxonomies: []
theme:
  name: clinic
  settings: {}
menu:
"""

CLINIC_YAML = """name: Example Hospital
department: All departments
emergency:
  number: "911"
  text: Call 911 for an ambulance, at any time.
phones:
  nurse_line:
    label: Nurse line
    number: "555-0142"
    hours: Monday to Friday, 8 am to 5 pm
  out_of_hours:
    label: Nights and weekends
    number: "555-0143"
    hours: Nights, weekends and holidays
  reception:
    label: Reception
    number: "555-0144"
    hours: Monday to Friday, 8 am to 4 pm
email: care@example.org
locations:
  - name: Main building
    street: 100 Example Street
    city: Sampleville
    postcode: "00000"
    region: Sample State
    country: US
    access: No steps at the main door.
    directions: Take bus 10 to the Example Street stop.
hours:
  - days: Monday to Friday
    opens: "08:00"
    closes: "17:00"
  - days: Saturday and Sunday
    closed: true
"""

TOPICS = ("blood count", "bone marrow", "breathing", "chest scan", "cold cap", "cough", "diet", "drip", "eye drops", "fever", "foot care",
          "hand washing", "heart rate", "hip brace", "infection", "insulin", "joint pain", "kidney test", "low sugar", "mouth care",
          "nerve pain", "oxygen", "pain relief", "platelets", "rash", "salt", "sleep", "stitches", "swelling", "tiredness", "wound care")
PEOPLE = ("your nurse", "your doctor", "the care team", "the person with you", "your pharmacist")
ACTIONS = ("checks", "writes down", "asks about", "looks at", "talks through", "plans", "explains", "keeps an eye on")
THINGS = ("your temperature", "the dose", "how you feel", "each medicine", "the dressing", "what you eat and drink", "your weight",
          "the date of the next visit", "any new sign", "the results of the test", "what helps", "how well you sleep")
TIMES = ("each morning", "before the visit", "on the day itself", "in the first week", "after two weeks", "at every visit", "at night",
         "when you get home", "once a day", "as soon as you can")
REASONS = ("because small changes matter", "so that nothing is missed", "and tells you what comes next", "even when all seems well",
           "which helps your body to heal", "so that you can rest", "and keeps a note of it", "because early help works best")


def sentence(rng):
    words = f"{rng.choice(PEOPLE)} {rng.choice(ACTIONS)} {rng.choice(THINGS)} {rng.choice(TIMES)}, {rng.choice(REASONS)}"
    chance = rng.random()
    if chance < 0.10:
        words += f", and **{rng.choice(TOPICS)}** comes first"
    elif chance < 0.18:
        words += f"; this is *not* the same as {rng.choice(TOPICS)}"
    elif chance < 0.22:
        words += f" -- it isn't \"{rng.choice(TOPICS)}\" alone"
    return words[0].upper() + words[1:] + "."


def paragraph(rng, count):
    return " ".join(sentence(rng) for _ in range(count)) + "\n"


class Site:
    """Where each page stands, so that any page can link any other by file name."""

    def __init__(self, pages, dialect):
        self.dialect = dialect
        self.sections = max(1, min(SECTIONS_MOST, pages // 10))
        self.articles = max(0, pages - 1 - self.sections)

    def section(self, index):
        return f"section-{index % self.sections:03d}"

    def link(self, rng, own_section):
        """A Markdown link to a page that exists, relative to a page in `own_section`."""
        if self.articles == 0:
            return "the home page"
        index = rng.randrange(self.articles)
        section = self.section(index)
        way = "" if section == own_section else f"../{section}/"
        fragment = "#in-short" if rng.random() < 0.3 else ""
        return f"[{title_of(index).lower()}]({way}page-{index:05d}.md{fragment})"

    def data(self, name, tight=False):
        """A reference to clinic data; `tight` inside a link target, where spaces end the link."""
        if self.dialect == "hugo":
            return CLINIC[name]
        return "{{" + name + "}}" if tight else "{{ " + name + " }}"


def title_of(index):
    return f"{TOPICS[index % len(TOPICS)].capitalize()} guide {index}"


def emergency_card(site, _rng):
    return (f"> [!EMERGENCY] Call {site.data('clinic.emergency.number')} if you have:\n> - trouble breathing\n> - a seizure (a fit)\n"
            "> - new confusion\n>\n> Say what treatment you had.\n")


def urgent_card(site, _rng):
    line = f"[{site.data('clinic.phones.nurse_line')}](tel:{site.data('clinic.phones.nurse_line', True)})"
    return f"> [!URGENT] Call us now if you have a fever or feel unwell\n> By day, call {line}. Do not wait for the next visit.\n"


def bullet_list(site, rng, section):
    return "".join(f"- {sentence(rng)}\n" for _ in range(4)) + f"- Read more about {site.link(rng, section)}.\n"


def table(rng):
    rows = "".join(f"| {rng.choice(TIMES)} | {rng.choice(THINGS)} | {rng.randrange(1, 9)} |\n" for _ in range(5))
    return "| When | What we look at | Times |\n|---|---|--:|\n" + rows


def steps(rng):
    return "## Step by step {.steps}\n\n" + "".join(f"{number}. {sentence(rng)}\n" for number in range(1, 5))


def questions(rng):
    asked = rng.sample(TOPICS, 4)
    return "## Questions and answers {.faq}\n\n" + "\n".join(f"### What about {topic}?\n\n{paragraph(rng, 2)}" for topic in asked)


def tasks(rng):
    return "## What to bring {.checklist}\n\n" + "".join(f"- [ ] A note of {rng.choice(THINGS)}\n" for _ in range(4))


def body(site, rng, index, section):
    """The Markdown of a page, grown with paragraphs to BODY_BYTES."""
    parts = [paragraph(rng, 2)]
    if index % 3 == 0:
        parts.append(emergency_card(site, rng))
    if index % 5 == 0:
        parts.append(urgent_card(site, rng))
    parts += ["## In short\n", bullet_list(site, rng, section)]
    headings = rng.sample(TOPICS, 8)
    parts += [f"## How {headings[0]} is checked\n", paragraph(rng, 3), table(rng)]
    parts += [f"### Notes on {headings[1]}\n", paragraph(rng, 2), f"See {site.link(rng, section)} and {site.link(rng, section)}.\n"]
    if index % 4 == 0:
        parts.append(questions(rng))
    if index % 6 == 1:
        parts.append(steps(rng))
    if index % 7 == 2:
        parts.append(tasks(rng))
    if index % 10 == 3:
        parts.append(f"A number to keep in mind.[^1]\n\n[^1]: {sentence(rng)}\n")
    for heading in headings[2:]:
        if sum(map(len, parts)) >= BODY_BYTES - 300:
            break
        parts += [f"## More on {heading}\n", paragraph(rng, 4), f"Next: {site.link(rng, section)}, or ~~wait~~ ask about {heading}.\n"]
    text = "\n".join(parts)
    return text + "".join("\n" + paragraph(rng, 1) for _ in range(max(0, BODY_BYTES - len(text)) // 130))


def front_matter(site, rng, title, weight, kind):
    kind_key = "page_kind" if site.dialect == "hugo" else "kind"
    month, day = rng.randrange(1, 13), rng.randrange(1, 29)
    tags = ", ".join(rng.sample(TOPICS, 2))
    return (f"---\ntitle: {title}\ndescription: What {title.lower()} means for you, what we check, and when to call us.\n"
            f"{kind_key}: {kind}\nweight: {weight}\ntags: [{tags}]\nabout: {title}\naudience: patients\nversion: \"1.{weight % 10}\"\n"
            f"reference: EH-{weight:05d}\nowner: Ward nurse lead\nreviewed: 2025-{month:02d}-{day:02d}\n"
            f"review_due: 2027-{month:02d}-{day:02d}\nauthor: {{role: Patient information writer}}\nreviewer: {{role: Physician}}\n"
            "sources:\n  - title: Ward handbook for patients and families\n    publisher: Example Hospital\n---\n\n")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_pages(site, content):
    for index in range(site.articles):
        rng = random.Random(index)
        section = site.section(index)
        kind = ("treatment", "condition", "procedure", "page")[index % 4]
        head = front_matter(site, rng, title_of(index), index + 1, kind)
        write(content / section / f"page-{index:05d}.md", head + body(site, rng, index, section))
    for number in range(site.sections):
        rng = random.Random(-1 - number)
        head = front_matter(site, rng, f"Department {number}", number + 1, "page")
        write(content / f"section-{number:03d}" / "_index.md", head + paragraph(rng, 4))
    links = "".join(f"- [Department {number}](section-{number:03d}/_index.md)\n" for number in range(min(8, site.sections)))
    write(content / "_index.md", "---\ntitle: Example Hospital\ndescription: Care explained in plain words.\n---\n\n"
          "We explain tests and treatments in plain words.\n\n## Where to start\n\n" + links)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dialect", choices=("pamphlet", "hugo"), default="pamphlet")
    arguments = parser.parse_args()
    site = Site(arguments.pages, arguments.dialect)
    content = arguments.folder / "content"
    write_pages(site, content)
    if arguments.dialect == "pamphlet":
        menu = "".join(f"  - page: section-{number:03d}/_index.md\n" for number in range(min(5, site.sections)))
        write(content / "site.yaml", SITE_YAML + menu)
        write(content / "clinic.yaml", CLINIC_YAML)


if __name__ == "__main__":
    main()
