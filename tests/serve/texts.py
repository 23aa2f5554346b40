"""Edits of text alone, which the preview takes without connecting the site anew: after each few the pages and the messages are
those of a clean build. The site has what can follow from a text: translations, fallbacks, anchors that are linked, questions
that two pages ask, reviews, a handout that is printed."""

import json
import random
import shutil
import subprocess

import sites
from edits import differences, swap
from preview import wait_for

FILES = {
    **sites.FILES,
    "content/site.yaml": sites.FILES["content/site.yaml"] + "fallback: true\n",
    "themes/tiny/templates/base.html": sites.FILES["themes/tiny/templates/base.html"].replace("<main>", "<pre>{{ page.json_ld }}</pre><main>"),
    "content/ask.md": "---\ntitle: Ask\nkind: faq\n---\n## May I drive?\n\nNo.\n\n## May I eat?\n\nYes.\n",
    "content/plain.md": "---\nkind: page\n---\n# Plain\n",
    "content/pill.md": "---\ntitle: A pill\nkind: treatment\nhandout: true\n---\nTake it.\n\n## Questions {.faq}\n\n### May I eat? {#q}\n\nYes.\n",
    "content/pill.es.md": "---\ntitle: Una pastilla\nkind: treatment\nsource_hash: x\n---\nTome la pastilla.\n",
}

PARTS = ("Rest a little.", "Drink enough.", "## Fever\n\nMeasure it.", "## Pain\n\nSay where.", "See [two](two.md).", "> [!NOTE] A note\n> Keep it.", "## Questions {.faq}\n\n### May I drive?\n\nNot yet.",
         "## Questions {.faq}\n\n### May I swim?\n\nLater.")
MISTAKES = ("[no such place](two.md#nowhere)", "![](leaf.svg)", "Take 7 tablets.")
# One after the other; what each means for another page is in the comment.
STEPS = (("two.md", "No heading."),  # a link to it is wrong
         ("two.md", "## Fever\n\nMeasure it."),  # and right again
         ("pill.md", "## Questions {.faq}\n\n### May I drive? {#q}\n\nNot yet."),  # asked on another page first: no longer told to machines here
         ("pill.md", "## Questions {.faq}\n\n### May I swim? {#q}\n\nNot yet."),
         ("ask.md", "## May I swim?\n\nNo."),  # told to machines there from now on
         ("plain.md", "# A page"),  # comes earlier among the pages
         ("one.md", "Another first paragraph."),  # the text of a fallback too
         ("_index.md", "Another text."))  # its translation is of an older one
EDITED = ("one.md", "two.md", "ask.md", "pill.md", "pill.es.md", "_index.md", "_index.es.md", "ward/day.md")


def write(path, text, rng):
    """The text below the front matter that is there, in place or by rename."""
    head = path.read_text(encoding="utf-8")[4:].split("---\n", 1)[0]
    rng.choice((swap, lambda place, new: place.write_text(new, encoding="utf-8")))(path, f"---\n{head}---\n{text}\n")


def edit(folder, rng, name):
    """Another text below the same front matter, mostly one that differs little from what was there. True: with a mistake."""
    path = folder / "content" / name
    text = path.read_text(encoding="utf-8")[4:].split("---\n", 1)[1]
    blocks = [block for block in text.strip().split("\n\n") if not any(mistake in block for mistake in MISTAKES)]
    mistake = rng.random() < 0.1
    if mistake:
        blocks.append(rng.choice(MISTAKES))
    elif rng.random() < 0.7:
        blocks.append(f"Said again, {'and again, ' * rng.randrange(4)}in other words.")
    else:
        blocks = rng.sample(PARTS, rng.randrange(1, 4))
    if name == "two.md":  # another page links there
        blocks = [block for block in blocks if "## Fever" not in block] if mistake else ["## Fever", *(block for block in blocks if "## Fever" not in block)]
    if path.parent.name == "ward":
        blocks = [block.replace("(two.md", "(../two.md") for block in blocks]
    write(path, "\n\n".join(blocks[:3] + blocks[3:][-4:]), rng)
    return mistake


def reports(text):
    """What is wrong and where."""
    return sorted((entry["id"], entry["file"], entry.get("line", 0), entry.get("column", 0), entry["message"]) for entry in json.loads(text)["diagnostics"])


def compare(preview, program, environment, out):
    """What differs from a clean build; None: nothing, but there are mistakes, so that only messages were compared."""
    built = subprocess.run([program, "build", "--out", str(out), "--format", "json"], cwd=preview.folder, env=environment, capture_output=True, text=True, check=False)
    said = reports(built.stdout)
    if not wait_for(lambda: reports(preview.body("/__messages?format=json")) == said, 5):
        shown = reports(preview.body("/__messages?format=json"))
        return [f"only the build: {[one for one in said if one not in shown]}", f"only the preview: {[one for one in shown if one not in said]}"]
    if built.returncode != 0:
        return None
    files = sites.published(out)
    shutil.rmtree(out)
    return [] if wait_for(lambda: not differences(preview, files), 20) else differences(preview, files)


def check_texts(suite, preview, program, environment, count):
    rng = random.Random(11)
    for number, (name, text) in enumerate(STEPS):
        write(preview.folder / "content" / name, text, rng)
        suite.check(f"step {number + 1}, {name}", compare(preview, program, environment, preview.folder.parent / f"step-{number}"))
    whole = 0
    name = wrong = None
    for number in range(1, count + 1):
        name = name if wrong else rng.choice(EDITED)
        wrong = edit(preview.folder, rng, name)
        wait_for(lambda: preview.get("/pill/")[0] in (200, 500))
        if rng.random() < 0.5:
            continue
        out = preview.folder.parent / f"texts-{number}"
        problems = compare(preview, program, environment, out)
        whole += problems == []
        if problems:
            suite.check(f"after {number} edits of texts", problems)
    suite.check("now and then the bytes were compared too", [] if whole >= count // 5 else [f"{whole} times of {count}"])
