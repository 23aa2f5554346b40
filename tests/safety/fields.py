"""A site with a slot in each place where somebody can write: files as lists of lines, with `@name@` for a slot.

A slot in YAML holds a quoted text, one in Markdown the text as it is, on one line. A slot whose name ends with `!` holds the payload
alone, as an address does; in the others a mark stands before it, by which it is found in what was built."""

import json
import re

MARKED = re.compile(r"Q[a-z][a-z]x")
HARMLESS = "harmless"

FILES = {
    "content/site.yaml": """
title: @site title@
description: @site description@
base_url: @base url!@
languages: [en, @language!@]
fallback: false
disclaimer: @disclaimer@
theme:
  name: @theme name!@
  settings:
    accent: { light: @colour!@, dark: "#8fd0cf" }
    font_heading: @font!@
    corner: @length!@
menu:
  - { page: page.md, title: @menu title@ }
  - { page: @menu page!@, title: Home }
taxonomies:
  tags:
    title: @taxonomy title@
    description: @taxonomy description@
    terms:
      one: { title: @term title@, description: @term description@ }
  topics: {}
""",
    "content/clinic.yaml": """
name: @clinic name@
department: @department@
emergency: { number: "911", text: @emergency text@ }
phones:
  nurse_line: { label: @phone label@, number: "555-0142", hours: @phone hours@ }
  other: { label: Other, number: @phone number!@, hours: Always }
email: @email!@
url: @clinic url!@
locations:
  - { name: @place@, street: @street@, city: @city@, postcode: @postcode@, region: @region@, country: US, access: @access@, directions: @directions@ }
hours:
  - { days: @days@, opens: "08:00", closes: "17:00" }
  - { days: Sunday, opens: @opens!@, closes: "17:00" }
holidays:
  - { name: @holiday@, date: 2026-12-25, closed: true }
departments:
  - { name: @another department@, phone: "555-0142", specialty: @specialty!@ }
services:
  - { name: @service@, type: therapy, page: page.md }
  - { name: Visits, page: @service page!@ }
""",
    "content/facts.yaml": """
rest: { value: 3, unit: @unit@, text: @fact text@, source: { title: @fact source@, url: @fact url!@, publisher: @fact publisher@ }, checked: 2025-12-01, owner: @fact owner@, note: @fact note@ }
""",
    "content/glossary.yaml": """
- { term: @glossary term@, plain: @glossary plain@ }
- { term: marrow, plain: @another plain@, forms: [@glossary form@] }
""",
    "content/handouts.yaml": """
booklets:
  - { name: guide, title: @booklet title@, description: @booklet description@, reference: @booklet reference@, version: @booklet version@, pages: [page.md] }
wallet_cards:
  - { name: card, title: @card title@, therapy: @card therapy@, text: @card text@, reference: @card reference@, version: "1" }
""",
    "themes/own/theme.yaml": """
name: own
extends: clinic
description: A theme of this test.
""",
    "themes/own/i18n/en.yaml": """
questions: @word of the theme@
skip_to_content: @another word@
""",
    "content/_index.md": """---
title: @home title@
description: @home description@
---
Text.
""",
    "content/page.md": """---
title: @title@
description: @description@
kind: treatment
tags: [one]
topics: [@topic@]
aliases: [@alias!@]
audience: @audience@
version: @version@
reference: @reference@
owner: @owner@
interests: @interests@
reviewed: 2025-12-01
review_due: 2026-12-01
reviewer: { role: @reviewer@ }
author: { role: @author@ }
patient_reviewer: { role: @patient reviewer@ }
sources:
  - { title: @source title@, publisher: @source publisher@, url: "https://example.org/" }
  - { title: Another, url: @source url!@ }
about: { name: @about name@, preparation: @preparation@, how_performed: @how performed@ }
sort_as: @sort as@
handout: true
---
@paragraph@

## Heading @heading@

> [!EMERGENCY] Call {{ clinic.emergency.number }} if @card title in the text@
> - @item of a card@

## Links

[@link text@](page.md "title")

[a](@link target!@)

[a](<@link target in brackets!@>)

[a](page.md "@link title@")

![@picture text@](leaf.svg)

![A leaf](leaf.svg "@picture title@")

[a][ref]

[ref]: @reference target!@ "@reference title@"

<@autolink!@>

## Values {.x}

{{ facts.rest.text }} {{ clinic.name }} {{ clinic.phones.nurse_line.hours }} {{ page.title }} {{ site.title }}

The word marrow.

| head @table head@ | two |
|-|-|
| @table cell@ | 2 |

`@code span@`

``` @info string@
@code block@
```

Note.[^1]

[^1]: @footnote@

Term
: @definition@

{{ snippet("note") }}

## Questions {.faq}

### @question@

@answer@
""",
    "content/_index.es.md": """---
title: @title in Spanish@
description: @description in Spanish@
---
Texto @paragraph in Spanish@
""",
    "content/_snippets/note.md": """@snippet@
""",
    "content/words.md": """---
title: Words
kind: glossary
---
""",
    "content/person.md": """---
title: @person title@
kind: person
person: { name: @person name@, role: @person role@ }
---
Text.
""",
    "content/news/first.md": """---
title: @news title@
description: @news description@
kind: news
date: 2025-12-01
---
Text.
""",
    "content/leaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><title>A leaf</title></svg>\n',
}

SLOT = re.compile(r"@([a-zA-Z ]+)(!?)@")
SLOTS = [match for text in FILES.values() for match in SLOT.findall(text)]
NAMES = [name for name, _ in SLOTS]
MARKS = {name: f"Q{chr(97 + number // 26)}{chr(97 + number % 26)}x" for number, name in enumerate(NAMES)}  # letters: digits would be doses
FILE_NAME = "file name"  # a slot of its own: the name of a page and of a file
ORDER = {name: number for number, name in enumerate([*NAMES, FILE_NAME])}
# A translation has the numbers of its original.
ORDER |= {"title in Spanish": ORDER["home title"], "description in Spanish": ORDER["home description"]}
if len(set(NAMES)) != len(NAMES):
    raise ValueError("two slots have one name")

# What a slot for an address or a typed value holds when no payload stands there.
PLAIN = {"base url": "https://small.example.org/", "language": "es", "theme name": "own", "colour": "#0b5a60", "font": "serif", "length": "1rem", "menu page": "_index.md", "phone number": "555-0143", "email": "a@example.org",
         "clinic url": "https://example.org/", "opens": "08:00", "service page": "page.md", "fact url": "https://example.org/", "alias": "/old/",
         "source url": "https://example.org/", "link target": "page.md", "link target in brackets": "page.md", "reference target": "page.md",
         "autolink": "https://example.org/", "specialty": "Oncology"}


def text_of(name, alone, payload):
    """The text in a slot; payload None: the harmless one."""
    if alone:
        return PLAIN[name] if payload is None else payload
    return f"{MARKS[name]} {HARMLESS if payload is None else payload}"


class Site:
    """The files with payloads in all slots but those that were given up: one in all of them, or each slot in its turn."""

    def __init__(self, payloads, given_up=(), first=0):
        def payload_for(name):
            return payloads[(ORDER[name] + first) % len(payloads)]

        self.files, self.slots_of, self.texts = {}, {}, {}
        for path, text in FILES.items():
            lines = []
            in_front = path.endswith(".yaml")
            for number, line in enumerate(text.lstrip("\n").splitlines(), 1):
                if line == "---" and path.endswith(".md"):
                    in_front = number == 1
                if "[a][ref]" in line:
                    self.slots_of[path, number] = ["reference target", "reference title"]
                for name, alone in SLOT.findall(line):
                    self.slots_of.setdefault((path, number), []).append(name)
                    self.texts[name] = text_of(name, alone, None if name in given_up or not payloads else payload_for(name))
                quote = in_front
                lines.append(SLOT.sub(lambda match, quote=quote: self.written(match[1], quote), line))
            self.files[path] = "\n".join(lines) + "\n"
        if payloads and FILE_NAME not in given_up:
            name = payload_for(FILE_NAME).replace("/", "_").replace("\0", "_")[:100]
            self.files[f"content/files/{name}.md"] = "---\ntitle: A file\n---\nText.\n"
            self.files[f"content/files/{name}.txt"] = "Text.\n"

    def slots_at(self, path, line):
        """The slots that a report at a place is about."""
        return [FILE_NAME] if path.startswith("content/files/") else self.slots_of.get((path, line), [])

    def written(self, name, quote):
        if quote:
            return json.dumps(self.texts[name], ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        return re.sub(r"[\r\n]+", " ", self.texts[name])

    def write(self, folder):
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="")
