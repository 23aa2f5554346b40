"""What PDFs say, word by word, against their source: as a screen reader has it from the tags, and as `pdftotext` has it from the pages."""

import difflib
import re
import subprocess
from collections import Counter

from pdfua import tagged_text

MILLIMETRE = 72 / 25.4
MARGINS = {False: (16, 26), True: (22, 46)}  # top and bottom, of print and of large print: print.css
PAPERS = {"a4": (595, 842), "letter": (612, 792)}
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


def printed_text(path, paper, large):
    """What pdftotext reads between the margins. Without -layout it would join what a hyphen at the end of a line parts: `Tcells`."""
    top, bottom = (margin * MILLIMETRE for margin in MARGINS[large])
    width, height = PAPERS[paper]
    area = ["-x", "0", "-y", str(int(top)), "-W", str(width), "-H", str(int(height - top - bottom))]
    return subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", *area, path, "-"], capture_output=True, text=True, check=True).stdout


def page_problems(pdf, path, handout):
    """Pages show each word that the tags say, as often as they do, and no other but numbers of lists and links, and addresses.

    poppler 22.12 reads Arabic in the order of painting and turns it round: it gets the two letters of lam-alef and the marks on letters
    in the wrong order, and breaks words before a mark. Of Arabic only the letters are compared."""
    text = printed_text(path, handout["paper"], handout["large_print"])
    tags = tagged_text(pdf, without=("/Lbl", "/Figure"))
    arabic = re.search("[\u0621-\u064a]", tags)
    said, printed = (letters(tags), letters(text)) if arabic else (plain(tags), plain(text))
    copies = 8 if handout["kind"] == "wallet" else 1  # of the cards on a sheet one is read
    most = Counter({word: copies * number for word, number in said.items()})
    others = " ".join(word for word in words(tags) if "/" in word) + tagged_text(pdf, within="/Figure")
    missing = [word for word in (said - printed).elements() if "/" not in word]
    more = [word for word in (printed - most).elements() if not re.fullmatch(NUMBER, word) and word.strip("-") not in others]
    return ([f"pages lack: {' '.join(missing)}"] if missing else []) + ([f"pages show: {' '.join(more)}"] if more else [])


def plain(text):
    """Words without the marks at their ends that paper adds, a colon behind a term, and without numbers of links and addresses of sources.
    A word may break behind a hyphen; a number never does."""
    text = re.sub(r"\(\s*https?://[^)]*\)", " ", re.sub(r"\[\d+\]", " ", text))
    text = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])(?!\S*/)", "- ", text)
    return Counter(stripped for word in words(text) if (stripped := word.strip(":,.;()")))


def letters(text):
    return Counter(re.sub("[^\u0621-\u064a]", "", text))
