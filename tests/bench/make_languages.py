#!/usr/bin/env python3
"""Writes a site of SIZE pages in five languages with facts and governance, to measure what those checks cost.

tests/bench/make_languages.py DIR [SIZE]      default: 300 pages, 1,500 files"""

import sys
from pathlib import Path

LANGUAGES = ["en", "es", "fr", "de", "ar"]
FACTS = "".join(f"fact_{i}:\n  value: {i + 2}\n  unit: weeks\n  source: Notes\n  checked: 2026-10-05\n  watch: [step{i}]\n  was: [{i + 40} weeks]\n"
                for i in range(20))


def page(number, language):
    head = [f"title: Page {number} {language}", "kind: treatment", "owner: Nurses", "reviewed: 2026-10-05", "review_due: 2028-10-05"]
    parts = [f"## Part {part} {{#part-{part}}}\n\nTake {part + 1} tablets of {number + part} mg at 8:00, and call 555-0142 above 38.5 °C.\n\n"
             f"Stay near us for {{{{ facts.fact_{part}.text }}}}. This text says what to do, who helps, and when to come again.\n" for part in range(8)]
    return "---\n" + "\n".join(head) + "\n---\n" + "\n".join(parts)


def main():
    content, size = Path(sys.argv[1]) / "content", int(sys.argv[2]) if len(sys.argv) > 2 else 300
    content.mkdir(parents=True)
    (content / "site.yaml").write_text(f"title: Example Clinic\nbase_url: https://clinic.example.org/\nlanguages: [{', '.join(LANGUAGES)}]\n")
    (content / "clinic.yaml").write_text('name: Example Clinic\nemergency: {number: "911", text: Call 911}\n'
                                         'phones:\n  nurse_line: {label: Nurse line, number: "555-0142", hours: Always}\n')
    (content / "facts.yaml").write_text(FACTS)
    for language in LANGUAGES:
        ending = ".md" if language == "en" else f".{language}.md"
        (content / f"_index{ending}").write_text(f"---\ntitle: Home {language}\n---\nWelcome.\n")
        for number in range(size):
            (content / f"page-{number:04}{ending}").write_text(page(number, language))


main()
