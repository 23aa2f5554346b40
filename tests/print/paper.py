"""How PDFs lie on paper: how many pages, what stands last on each, and what is left of cards on a printer that knows black and white alone."""

import html
import re
import subprocess
import tempfile
from pathlib import Path

from pdf_model import structure

DOTS = 150  # an inch
HEADS = re.compile(r"/H[1-6]|/Caption")


# --- pages ---

def expected_pages():
    """How many pages each sample handout has in DejaVu Sans, the typeface of the packages for tests."""
    lines = (Path(__file__).parent / "pages").read_text().splitlines()
    return {name: int(count) for name, count in (line.split() for line in lines if line and not line.startswith("#"))}


def leaves(element):
    for item in element.items:
        if isinstance(item, tuple):
            yield item
        else:
            yield from leaves(item)


def parted(pdf):
    """Headings and paragraphs that go on to another page; those of the samples are short enough for one."""
    problems = []
    for element in (element for top in structure(pdf) for element in top.walk()):
        blocks = {child.role for child in element.walk() if child is not element} & {"/P", "/L"}
        pages = list(dict.fromkeys(page for page, _ in leaves(element)))
        if re.fullmatch(r"/H[1-6]|/P|/LBody|/Caption", element.role or "") and not blocks and len(pages) > 1:
            problems.append(f"a {element.role[1:]} goes on from page {pdf.pages.index(pages[0]) + 1} to the next")
    return problems


def stranded(pdf):
    """Headings and captions with nothing below them on their page; the end of the document has none."""
    order = [leaf for top in structure(pdf) for leaf in leaves(top)]
    place = {leaf: at for at, leaf in enumerate(order)}
    problems = []
    for top in structure(pdf):
        for element in top.walk():
            own = list(leaves(element))
            if not HEADS.fullmatch(element.role or "") or not own:
                continue
            after = place[own[-1]] + 1
            if after < len(order) and order[after][0] != own[-1][0]:
                problems.append(f"{element.role[1:]} is the last on page {pdf.pages.index(own[-1][0]) + 1}")
    return problems


# --- black and white ---

class Bitmap:
    """A page in black and white: `black(x, y)` in pixels."""

    def __init__(self, data):
        head = re.match(rb"P4\s+(\d+)\s+(\d+)\s", data)
        self.width, self.height = int(head.group(1)), int(head.group(2))
        self.row = (self.width + 7) // 8
        self.bits = data[head.end():]

    def black(self, x, y):
        return bool(self.bits[y * self.row + x // 8] & (0x80 >> x % 8))

    def share(self, left, top, right, bottom):
        cells = [self.black(x, y) for y in range(top, bottom) for x in range(left, right)]
        return sum(cells) / max(len(cells), 1)


def bitmap(path, page):
    with tempfile.TemporaryDirectory() as holder:
        subprocess.run(["pdftoppm", "-mono", "-r", str(DOTS), "-f", str(page), "-l", str(page), path, f"{holder}/page"], check=True)
        return Bitmap(next(Path(holder).iterdir()).read_bytes())


EDGE = 25.4 / 6  # mm along the edges of the paper where usual printers print nothing


def page_words(path):
    """Each page as (width, height, [(text, left, top, right, bottom) of each word]), in points."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    pages = []
    for line in out.splitlines():
        if size := re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line):
            pages.append((float(size.group(1)), float(size.group(2)), []))
        if match := re.search(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line):
            pages[-1][2].append((html.unescape(match.group(5)), *map(float, match.groups()[:4])))
    return pages


def foot_of(pages, number):
    """Where the lower margin begins, whose first line has the emergency number; None when a page lacks it there."""
    tops = [max((box[2] for box in boxes if number in box[0]), default=0) for _, height, boxes in pages]
    return min(tops) - 2 if all(top > height * 0.75 for top, (_, height, _) in zip(tops, pages)) else None


def off_paper(pages):
    """Words that a printer would cut off."""
    edge = EDGE * 72 / 25.4
    return [f"page {number}: {text} stands at the edge of the paper" for number, (width, height, boxes) in enumerate(pages, 1)
            for text, left, top, right, bottom in boxes if left < edge or top < edge or right > width - edge or bottom > height - edge]


def word_boxes(path):
    """(page, text, left, top, right, bottom in pixels) of each word."""
    for page, (_, _, boxes) in enumerate(page_words(path), 1):
        for text, *edges in boxes:
            yield (page, text, *(round(point * DOTS / 72) for point in edges))


def label_box(path, label):
    """Where a card's label stands: the first line that is these words alone."""
    boxes, wanted = list(word_boxes(path)), label.split()
    for at in range(len(boxes) - len(wanted)):
        found = boxes[at:at + len(wanted)]
        next_word, before = boxes[at + len(wanted)], boxes[at - 1] if at else None
        alone = abs(next_word[3] - found[0][3]) > 3 and not (before and abs(before[3] - found[0][3]) <= 3)
        if [box[1] for box in found] == wanted and alone:
            return found[0][0], found[0][2], found[0][3], found[-1][4], found[-1][5]
    return None


def card_of(path, label):
    """What tells a card from others at its label: (points of its border, its sign as a set of black pixels, the share of black of its label)."""
    box = label_box(path, label)
    if box is None:
        return None
    page, left, top, right, bottom = box
    sheet = bitmap(path, page)
    middle = (top + bottom) // 2
    begin = next((x for x in range(left) if sheet.black(x, middle)), None)
    if begin is None:
        return None
    end = begin
    while sheet.black(end, middle):
        end += 1
    tall = bottom - top
    sign = {(x - end, y - top) for x in range(end + 2, left - 2) for y in range(top - tall // 2, bottom + tall) if sheet.black(x, y)}
    return (end - begin) * 72 / DOTS, sign, sheet.share(left, top, right, bottom)


def merged(path, labels):
    """What is wrong with cards of these labels, most urgent first, on a printer without colours."""
    cards = {label: card_of(path, label) for label in labels}
    problems = [f"no card with the label {label}" for label, card in cards.items() if card is None]
    known = [(label, *card) for label, card in cards.items() if card]
    for label, _, sign, ink in known:
        if not 0.05 < ink < 0.5:
            problems.append(f"the label {label} cannot be read: {ink:.0%} of it is black")
        if len(sign) < 40:
            problems.append(f"the card {label} has no sign")
    for (label, border, sign, _), (other, thinner, another, _) in zip(known, known[1:]):
        if border < thinner + 0.9:
            problems.append(f"the border of {label} ({border:.1f} pt) is not thicker than that of {other} ({thinner:.1f} pt)")
        if len(sign & another) * 2 > len(sign | another):
            problems.append(f"the signs of {label} and {other} look the same")
    return problems
