"""PDF/UA-1 (ISO 14289-1), as far as a program can tell: `findings(pdf)` lists what is wrong, each as (rule, words).

Rules are named for what they ask; the clause stands beside each. tests/print/broken.py breaks every one of them.

    tests/print/pdfua.py FILE.pdf…      prints the findings"""

import re
import sys
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
from pdf_model import Pdf, attributes, codes, number_tree, painted, structure, to_unicode  # noqa: E402

STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
    Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""".split())
CHILDREN = {  # ISO 32000-1, 14.8.4: what may be directly in these
    "L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}, "Table": {"TR", "THead", "TBody", "TFoot", "Caption"}, "THead": {"TR"}, "TBody": {"TR"},
    "TFoot": {"TR"}, "TR": {"TH", "TD"}, "TOC": {"TOC", "TOCI", "Caption"}}
PARENTS = {"LI": {"L"}, "Lbl": {"LI", "TOCI", "Note", "BibEntry"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody", "TFoot"}, "THead": {"Table"},
           "TBody": {"Table"}, "TFoot": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "TOCI": {"TOC"}, "Caption": {"Table", "L", "Figure", "TOC"}}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
NAMES = {"dc": "http://purl.org/dc/elements/1.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
         "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}


def catalogue(pdf):
    """5, 7.1, 7.2: the document says that it is tagged, in which language, and shows its title."""
    marks = pdf.get(pdf.catalog.get("/MarkInfo")) or {}
    if marks.get("/Marked") is not True:
        yield "marked", "the catalogue does not say that the document is tagged"
    if marks.get("/Suspects") is True:
        yield "suspects", "the tags are called suspect"
    if not LANGUAGE.fullmatch(pdf.text(pdf.catalog.get("/Lang"))):
        yield "language", f"no language: {pdf.catalog.get('/Lang')!r}"
    if (pdf.get(pdf.catalog.get("/ViewerPreferences")) or {}).get("/DisplayDocTitle") is not True:
        yield "display-title", "a viewer would show the name of the file instead of the title"
    if "/StructTreeRoot" not in pdf.catalog:
        yield "tree", "there is no structure tree"


def metadata(pdf):
    """5, 7.1: XMP with a title and the mark of PDF/UA-1."""
    reference = pdf.catalog.get("/Metadata")
    if reference is None:
        yield "metadata", "there is no XMP"
        return
    try:
        xmp = ElementTree.fromstring(pdf.stream(reference).decode())
    except (ElementTree.ParseError, UnicodeDecodeError) as problem:
        yield "metadata", f"the XMP cannot be read: {problem}"
        return
    title = xmp.find(".//dc:title/rdf:Alt/rdf:li", NAMES)
    if title is None or not (title.text or "").strip():
        yield "title", "the XMP has no dc:title"
    elif title.text != pdf.text((pdf.get(pdf.trailer.get("/Info")) or {}).get("/Title")):
        yield "title", "the title of the XMP is not that of the document information"
    part = xmp.find(".//pdfuaid:part", NAMES)
    if part is None or part.text != "1":
        yield "part", "the XMP does not say PDF/UA-1"
    language = xmp.find(".//dc:language/rdf:Bag/rdf:li", NAMES)
    if language is None or language.text != pdf.text(pdf.catalog.get("/Lang")):
        yield "metadata-language", "dc:language is not the language of the document"


def roles(pdf, elements):
    """7.1: every type is a standard one or is mapped to one; standard ones are not given another meaning."""
    mapped = pdf.get((pdf.get(pdf.catalog.get("/StructTreeRoot")) or {}).get("/RoleMap")) or {}
    for name in mapped:
        if name[1:] in STANDARD:
            yield "role-standard", f"the standard type {name} is mapped to {mapped[name]}"
    for element in elements:
        if element.role is None or element.role[1:] not in STANDARD:
            yield "role", f"{element.type} means nothing"


def containment(elements):
    """7.4 to 7.8 and ISO 32000-1, 14.8.4: lists, tables and their parts."""
    for element in elements:
        role = (element.role or "/")[1:]
        parent = (element.parent.role or "/")[1:] if element.parent else None
        if role in PARENTS and parent not in PARENTS[role]:
            yield "containment", f"{role} in {parent}"
        if role in CHILDREN:
            for child in element.children:
                if (child.role or "/")[1:] not in CHILDREN[role]:
                    yield "containment", f"{(child.role or '/')[1:]} in {role}"
            if element.content:
                yield "containment", f"content directly in {role}"
        if role == "LI" and not any(child.role == "/LBody" for child in element.children):
            yield "list-body", "a list item without a body"
        if parent is None and role != "Document":
            yield "document", f"the tree begins with {role}"


def headings(elements):
    """7.4.2: from H1 on, none left out."""
    last = 0
    for element in elements:
        match = re.fullmatch(r"/H([1-6])", element.role or "")
        if element.role == "/H":
            yield "heading-order", "H and numbered headings"
        if not match:
            continue
        level = int(match.group(1))
        if level > last + 1:
            yield "heading-order", f"H{level} after {f'H{last}' if last else 'nothing'}"
        last = level
    if last == 0:
        yield "heading-order", "no heading at all"


def tables(pdf, elements):
    """7.5: heads say what they head; cells name heads that are there."""
    ids = [pdf.text(element.dictionary.get("/ID")) for element in elements if "/ID" in element.dictionary]
    for name in {name for name in ids if ids.count(name) > 1}:
        yield "id", f"the id {name} is given twice"
    for element in elements:
        table = attributes(pdf, element, "/Table")
        if element.role == "/TH" and table.get("/Scope") not in ("/Row", "/Column", "/Both"):
            yield "scope", "a TH without Scope"
        for head in table.get("/Headers", []):
            if pdf.text(head) not in ids:
                yield "headers", f"a cell names the head {pdf.text(head)}, which is not there"


def alternatives(pdf, elements):
    """7.3, 7.2: pictures have words; languages of parts are languages."""
    for element in elements:
        if element.role in ("/Figure", "/Formula") and not (pdf.text(element.dictionary.get("/Alt")).strip() or "/ActualText" in element.dictionary):
            yield "alternative", f"{element.role[1:]} without Alt"
        if "/Lang" in element.dictionary and not LANGUAGE.fullmatch(pdf.text(element.dictionary["/Lang"])):
            yield "language", f"{element.type} has the language {element.dictionary['/Lang']!r}"


def annotations(pdf, elements):
    """7.18: links are in Link, have words, are not hidden, and follow the tags when one presses Tab."""
    held = {}
    for element in elements:
        for annotation in element.annotations:
            held[annotation] = element
    parents = number_tree(pdf, (pdf.get(pdf.catalog.get("/StructTreeRoot")) or {}).get("/ParentTree"))
    for page in pdf.pages:
        references = pdf.get(pdf.get(page).get("/Annots")) or []
        if references and pdf.get(page).get("/Tabs") != "/S":
            yield "tabs", "a page with links whose order is not that of the tags"
        for reference in references:
            annotation = pdf.get(reference)
            if not pdf.text(annotation.get("/Contents")).strip():
                yield "contents", f"a link without Contents: {annotation.get('/A', annotation.get('/Dest'))}"
            if annotation.get("/F", 0) & (2 | 32):
                yield "hidden", "a hidden link"
            if reference not in held:
                yield "link", "a link that no tag holds"
            elif annotation["/Subtype"] == "/Link" and held[reference].role != "/Link":
                yield "link", f"a link in {held[reference].role}"
            elif parents.get(annotation.get("/StructParent")) != held[reference].reference:
                yield "parent-tree", "the parent tree does not lead from a link to its tag"


def marks(pdf, elements):
    """7.1: all that is painted is tagged or an artifact, once; the tree and the pages agree."""
    tagged = {}
    for element in elements:
        for place in element.content:
            if place in tagged:
                yield "mark-twice", f"the mark {place[1]} of a page is in two tags"
            tagged[place] = element
    parents = number_tree(pdf, (pdf.get(pdf.catalog.get("/StructTreeRoot")) or {}).get("/ParentTree"))
    seen = set()
    for index, page in enumerate(pdf.pages, 1):
        content = pdf.content(page)
        things, faults = painted(content)
        for fault in faults:
            yield "nesting", f"page {index}: {fault}"
        for thing in things:
            if thing.mark is None:
                yield "untagged", f"page {index}: {thing.kind} that is neither tagged nor an artifact"
        numbers = {int(number) for number in re.findall(rb"/MCID\s+(\d+)", content)}
        row = pdf.get(parents.get(pdf.get(page).get("/StructParents"))) or []
        for number in numbers:
            seen.add((page, number))
            element = tagged.get((page, number))
            if element is None:
                yield "mark", f"page {index}: the mark {number} is in no tag"
            elif number >= len(row) or row[number] != element.reference:
                yield "parent-tree", f"page {index}: the parent tree does not lead from the mark {number} to its tag"
        for name in {thing.name for thing in things if thing.name}:
            form = (pdf.get(pdf.resources(page).get("/XObject")) or {}).get(name)
            if form and pdf.get(form).get("/Subtype") == "/Form" and b"/MCID" in pdf.stream(form):
                yield "form", f"page {index}: marks inside of a form"
    for page, number in tagged:
        if (page, number) not in seen:
            yield "mark", f"a tag has the mark {number}, which its page lacks"


def fonts(pdf):
    """7.21: all embedded, every glyph has its text, and none is missing."""
    for index, page in enumerate(pdf.pages, 1):
        for name, font in (pdf.get(pdf.resources(page).get("/Font")) or {}).items():
            dictionary = pdf.get(font)
            inner = pdf.get(pdf.get(dictionary.get("/DescendantFonts", [dictionary]))[0])
            descriptor = pdf.get(inner.get("/FontDescriptor")) or {}
            if dictionary.get("/Subtype") != "/Type3" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                yield "embedded", f"the font {name} is not embedded"
            if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
                yield "glyph-map", f"the font {name} has no CIDToGIDMap"
        tables = {}
        for thing in painted(pdf.content(page))[0]:
            if thing.kind != "text":
                continue
            font = pdf.font(page, thing.font)
            if thing.font not in tables:
                tables[thing.font] = to_unicode(pdf, font)
                if tables[thing.font] is None:
                    yield "to-unicode", f"page {index}: the font {thing.font} has no ToUnicode"
            table = tables[thing.font]
            wide = pdf.get(font).get("/Subtype") == "/Type0"
            for code in codes(pdf, font, thing.shown):
                if code == 0 and wide:
                    yield "missing-glyph", f"page {index}: a letter that the font {thing.font} does not have"
                elif thing.actual is None and table and not table.get(code, "").strip("\0\ufffd"):
                    yield "to-unicode", f"page {index}: the glyph {code} of {thing.font} has no text"


def names(pdf):
    """ISO 32000-1, annex C: names have at most 127 bytes; poppler says so of each longer one."""
    def walk(value):
        if isinstance(value, str) and value.startswith("/"):
            yield value
        elif isinstance(value, dict):
            for key, below in value.items():
                yield key
                yield from walk(below)
        elif isinstance(value, list):
            for below in value:
                yield from walk(below)

    for entry in pdf.objects.values():
        for name in walk(entry["value"] if "value" in entry else entry["stream"]["dict"]):
            if len(name.encode()) - 1 > 127:
                yield "name", f"a name of {len(name.encode()) - 1} bytes: {name}"


def outline(pdf, elements):
    """Not a clause: bookmarks are the headings, in their order."""
    count = sum(1 for element in elements if re.fullmatch(r"/H[1-6]", element.role or ""))
    titles = outline_titles(pdf)
    if len(titles) != count:
        yield "outline", f"{len(titles)} bookmarks for {count} headings"
    for title in titles:
        if not title.strip():
            yield "outline", "a bookmark without words"


def outline_titles(pdf):
    titles = []

    def read(item):
        while item:
            dictionary = pdf.get(item)
            titles.append(pdf.text(dictionary.get("/Title")))
            read(dictionary.get("/First"))
            item = dictionary.get("/Next")

    read((pdf.get(pdf.catalog.get("/Outlines")) or {}).get("/First"))
    return titles


def findings(pdf):
    elements = [element for top in structure(pdf) if top for element in top.walk()]
    rules = [catalogue(pdf), metadata(pdf), roles(pdf, elements), containment(elements), headings(elements), tables(pdf, elements),
             alternatives(pdf, elements), annotations(pdf, elements), marks(pdf, elements), fonts(pdf), names(pdf), outline(pdf, elements)]
    return sorted({finding for rule in rules for finding in rule})


def tagged_text(pdf, without=(), within=None):
    """What a screen reader says, in the order of the tags; artifacts and what has one of the roles `without` are left out.
    `within`: of elements with this role alone."""
    shown = {}
    for page in pdf.pages:
        tables = {}
        for thing in painted(pdf.content(page))[0]:
            if thing.kind == "text" and isinstance(thing.mark, int):
                font = pdf.font(page, thing.font)
                if thing.font not in tables:
                    tables[thing.font] = to_unicode(pdf, font) or {}
                table = tables[thing.font]
                text = thing.actual if thing.actual is not None else "".join(table.get(code, "") for code in codes(pdf, font, thing.shown))
                shown[page, thing.mark] = shown.get((page, thing.mark), "") + text

    inline = {"/Span", "/Link", "/Quote", "/Code", "/Reference", "/NonStruct"}

    def say(element):
        if element.role in without:
            return ""
        if "/ActualText" in element.dictionary:
            return pdf.text(element.dictionary["/ActualText"])
        parts = [say(item) if hasattr(item, "items") else shown.get(item, "") for item in element.items]
        text = "".join(parts)
        return text if element.role in inline else f" {text} "

    tops = [top for top in structure(pdf) if top]
    if within:
        tops = [element for top in tops for element in top.walk() if element.role == within]
    return "".join(say(top) for top in tops)


if __name__ == "__main__":
    wrong = 0
    for path in sys.argv[1:]:
        for rule, words in findings(Pdf(path)):
            print(f"{path}: {words} [{rule}]")
            wrong += 1
    sys.exit(1 if wrong else 0)
