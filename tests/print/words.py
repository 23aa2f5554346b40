"""What PDFs say, word by word, against their source: as a screen reader has it from the tags, and as `pdftotext` has it from the pages."""

import difflib
import re
import subprocess
from collections import Counter

from pdfua import tagged_text

MILLIMETRE = 72 / 25.4
TOPS = {False: 16, True: 22}  # the margin above the text, of print and of large print: print.css
LINE = 5  # what a second line in it makes it grow by
IN_MARGINS_MOST = 22  # words of review dates, reference and version, which paper has in its margins
NUMBER = r"\d+|[٠-٩]+"


def words(text):
    """The words of a text, without bidi controls and soft hyphens."""
    return re.sub("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u00ad]", "", text).split()


def tag_problems(source, pdf, contents=False):
    """The tags say each word of the source, in its order, and no other; numbers of lists and words in pictures are no text of it. What
    paper has in its margins may be missing, in two pieces (dates; reference and version). `contents`: page numbers of a booklet's contents are on paper alone."""
    said = words(tagged_text(pdf, without=("/Lbl", "/Figure")))
    wanted = words(source)
    problems, missing, pieces = [], 0, 0
    for kind, begin, end, first, last in difflib.SequenceMatcher(None, wanted, said, autojunk=False).get_opcodes():
        more = said[first:last] if kind in ("insert", "replace") else []
        if more and not (contents and all(re.fullmatch(NUMBER, word) for word in more)):
            problems.append(f"the tags say: {' '.join(more)}")
        if kind in ("delete", "replace"):
            missing += end - begin
            pieces += 1
    if missing > IN_MARGINS_MOST or pieces > 2:
        problems.append(f"{missing} words in {pieces} pieces are not in the tags")
    return problems


def printed_text(path, handout, foot):
    """What pdftotext reads between the margins; `foot`: where the lower ones begin, in points from the top. Without -layout it would join
    what a hyphen at the end of a line parts: `Tcells`."""
    top = TOPS[handout["large_print"]] + (LINE if handout["kind"] == "bilingual" and not handout["large_print"] else 0)  # two titles, two lines
    area = ["-x", "0", "-y", str(int(top * MILLIMETRE)), "-W", "1000", "-H", str(int(foot - top * MILLIMETRE))]
    return subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", *area, path, "-"], capture_output=True, text=True, check=True).stdout


def page_problems(pdf, path, handout, foot):
    """Pages show each word that the tags say, as often as they do, and no other but numbers of lists and links, and addresses; and in
    their order, from the top down, as pdftotext -layout reads a sheet line by line.

    poppler 22.12 reads Arabic in the order of painting and turns it round: it gets the two letters of lam-alef and the marks on letters
    in the wrong order, and breaks words before a mark. Of Arabic only the letters are compared, without their order. Nor is the order of
    what stands side by side: cells of tables, and two languages, unless large print has them one after the other."""
    text = printed_text(path, handout, foot)
    tags = tagged_text(pdf, without=("/Lbl", "/Figure"))
    arabic = re.search("[\u0621-\u064a]", tags)
    said, printed = (letters(tags), letters(text)) if arabic else (Counter(plain(tags)), Counter(plain(text)))
    copies = 8 if handout["kind"] == "wallet" else 1  # of the cards on a sheet one is read
    most = Counter({word: copies * number for word, number in said.items()})
    others = " ".join(word for word in words(tags) if "/" in word) + tagged_text(pdf, within="/Figure")
    missing = [word for word in (said - printed).elements() if "/" not in word]
    more = [word for word in (printed - most).elements() if not re.fullmatch(NUMBER, word) and word.strip("-") not in others]
    problems = ([f"pages lack: {' '.join(missing)}"] if missing else []) + ([f"pages show: {' '.join(more)}"] if more else [])
    if not problems and not arabic and (handout["kind"] != "bilingual" or handout["large_print"]):
        lost = out_of_order(plain(tagged_text(pdf, without=("/Lbl", "/Figure", "/Table"))), plain(text))
        problems += [f"pages have in another order than the tags: {' '.join(lost[:8])}"] if lost else []
    return problems


def out_of_order(said, printed):
    """Where the words of `said` that are no addresses cease to stand in `printed` in their order; others may stand between them."""
    wanted = [word for word in said if "/" not in word]
    at = 0
    for word in printed:
        at += at < len(wanted) and word == wanted[at]
    return wanted[at:]


def plain(text):
    """Words without the marks at their ends that paper adds, a colon behind a term, and without numbers of links and addresses of sources.
    A word may break behind a hyphen; a number never does."""
    text = re.sub(r"\(\s*https?://[^)]*\)", " ", re.sub(r"\[\d+\]", " ", text))
    text = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])(?!\S*/)", "- ", text)
    return [stripped for word in words(text) if (stripped := word.strip(":,.;()"))]


def letters(text):
    return Counter(re.sub("[^\u0621-\u064a]", "", text))
