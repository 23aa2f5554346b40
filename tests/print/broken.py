"""A good PDF broken in one place for each rule of pdfua.py, which must then find it: a check that cannot fail is worth nothing."""

import copy
import re

from pdf_model import structure, to_unicode
from pdfua import findings


def elements(pdf, role):
    return [element for top in structure(pdf) for element in top.walk() if element.role == role]


def first(pdf, role):
    return elements(pdf, role)[0].dictionary


def info(pdf):
    return pdf.get(pdf.trailer["/Info"])


def root(pdf):
    return pdf.get(pdf.catalog["/StructTreeRoot"])


def xmp(pdf, before, after):
    reference = pdf.catalog["/Metadata"]
    data = pdf.stream(reference).decode()
    assert re.search(before, data, re.S), before
    pdf.set_stream(reference, re.sub(before, after, data, count=1, flags=re.S).encode())


def content(pdf, before, after):
    """Changes the first page's content; `before` must be there."""
    reference = pdf.get(pdf.pages[0])["/Contents"]
    data = pdf.stream(reference)
    assert re.search(before, data, re.S), before
    pdf.set_stream(reference, re.sub(before, after, data, count=1, flags=re.S))


def link(pdf):
    return next(pdf.get(note) for page in pdf.pages for note in pdf.get(pdf.get(page).get("/Annots")) or [])


def page_with_links(pdf):
    return next(pdf.get(page) for page in pdf.pages if pdf.get(pdf.get(page).get("/Annots")))


def any_font(pdf):
    """A composite font of the first page: (its dictionary, the one inside)."""
    fonts = pdf.get(pdf.resources(pdf.pages[0])["/Font"])
    font = next(pdf.get(font) for font in fonts.values() if pdf.get(font)["/Subtype"] == "/Type0")
    return font, pdf.get(pdf.get(font["/DescendantFonts"])[0])


def all_fonts(pdf):
    return {reference for page in pdf.pages for reference in pdf.get(pdf.resources(page)["/Font"]).values()}


def forget_text(pdf):
    for font in all_fonts(pdf):
        pdf.get(font).pop("/ToUnicode", None)


def empty_map(pdf):
    for font in all_fonts(pdf):
        table = pdf.get(font).get("/ToUnicode")
        data = pdf.stream(table)
        pdf.set_stream(table, re.sub(rb"(begincodespacerange.*?endcodespacerange).*?endcmap", rb"\1 1 beginbfchar <FFFE> <0041> endbfchar endcmap", data, flags=re.S))
        assert to_unicode(pdf, font) == {0xFFFE: "A"}


def set_key(dictionary, key, value):
    dictionary[key] = value


def same_ids(pdf):
    heads = [element.dictionary for element in elements(pdf, "/TH") if "/ID" in element.dictionary]
    heads[1]["/ID"] = heads[0]["/ID"]


def drop_attributes(dictionary):
    dictionary.pop("/A")


def lost_head(pdf):
    for part in first(pdf, "/TD")["/A"]:
        if "/Headers" in part:
            part["/Headers"] = ["u:nowhere"]


def repeat_mark(pdf):
    """The content of one element given to another too."""
    owners = [element for top in structure(pdf) for element in top.walk() if element.content]
    place = owners[0].content[0]
    kids = owners[1].dictionary["/K"]
    kids.append({"/Type": "/MCR", "/MCID": place[1], "/Pg": place[0]})


def swap_parents(pdf):
    tree = pdf.get(root(pdf)["/ParentTree"])
    row = tree["/Nums"][1]
    row[0], row[1] = row[1], row[0]


def swap_link_parent(pdf):
    tree = pdf.get(root(pdf)["/ParentTree"])
    tree["/Nums"][tree["/Nums"].index(link(pdf)["/StructParent"]) + 1] = elements(pdf, "/H1")[0].reference


def detach_link(pdf):
    for element in elements(pdf, "/Link"):
        element.dictionary["/K"] = [kid for kid in element.dictionary["/K"] if not (isinstance(kid, dict) and kid.get("/Type") == "/OBJR")]


def marked_form(pdf):
    """A form with marks of its own, painted as an artifact."""
    pdf.objects["obj:9999 0 R"] = {"stream": {"data": "", "dict": {"/Type": "/XObject", "/Subtype": "/Form"}}}
    pdf.set_stream("9999 0 R", b"/P <</MCID 0>> BDC 0 0 1 1 re f EMC")
    pdf.resources(pdf.pages[0])["/XObject"] = {"/Broken": "9999 0 R"}
    content(pdf, rb"\Z", b" /Artifact BMC /Broken Do EMC")


def move_content(pdf):
    """What a list item says, put into the list itself."""
    body = next(element for element in elements(pdf, "/LBody") if element.content)
    listed = body.parent.parent
    listed.dictionary["/K"].append(body.dictionary["/K"].pop(0))


# (the rule that must speak, the damage)
DAMAGE = [
    ("marked", lambda pdf: pdf.catalog.pop("/MarkInfo")),
    ("suspects", lambda pdf: set_key(pdf.catalog, "/MarkInfo", {"/Marked": True, "/Suspects": True})),
    ("language", lambda pdf: pdf.catalog.pop("/Lang")),
    ("language", lambda pdf: set_key(first(pdf, "/P"), "/Lang", "u:not a language")),
    ("display-title", lambda pdf: pdf.catalog.pop("/ViewerPreferences")),
    ("tree", lambda pdf: pdf.catalog.pop("/StructTreeRoot")),
    ("metadata", lambda pdf: pdf.catalog.pop("/Metadata")),
    ("metadata", lambda pdf: xmp(pdf, r"</rdf:RDF>", "")),
    ("title", lambda pdf: xmp(pdf, r"<dc:title>.*</dc:title>", "")),
    ("title", lambda pdf: set_key(info(pdf), "/Title", "u:another")),
    ("part", lambda pdf: xmp(pdf, r"part>1<", "part>2<")),
    ("metadata-language", lambda pdf: xmp(pdf, r"<dc:language>.*</dc:language>", "")),
    ("role", lambda pdf: set_key(first(pdf, "/P"), "/S", "/Whatever")),
    ("role-standard", lambda pdf: set_key(root(pdf), "/RoleMap", {"/P": "/Span"})),
    ("containment", lambda pdf: set_key(first(pdf, "/LI"), "/S", "/P")),
    ("containment", lambda pdf: set_key(first(pdf, "/TR"), "/S", "/Div")),
    ("containment", lambda pdf: set_key(first(pdf, "/TD"), "/S", "/P")),
    ("containment", move_content),
    ("list-body", lambda pdf: set_key(first(pdf, "/LBody"), "/S", "/Span")),
    ("document", lambda pdf: set_key(first(pdf, "/Document"), "/S", "/Sect")),
    ("heading-order", lambda pdf: set_key(first(pdf, "/H1"), "/S", "/P")),
    ("heading-order", lambda pdf: set_key(first(pdf, "/H2"), "/S", "/H4")),
    ("heading-order", lambda pdf: set_key(first(pdf, "/H2"), "/S", "/H")),
    ("scope", lambda pdf: drop_attributes(first(pdf, "/TH"))),
    ("id", same_ids),
    ("headers", lost_head),
    ("alternative", lambda pdf: first(pdf, "/Figure").pop("/Alt")),
    ("alternative", lambda pdf: set_key(first(pdf, "/Figure"), "/Alt", "u: ")),
    ("contents", lambda pdf: link(pdf).pop("/Contents")),
    ("hidden", lambda pdf: set_key(link(pdf), "/F", 2)),
    ("tabs", lambda pdf: page_with_links(pdf).pop("/Tabs")),
    ("link", detach_link),
    ("link", lambda pdf: set_key(first(pdf, "/Link"), "/S", "/Span")),
    ("parent-tree", swap_parents),
    ("parent-tree", swap_link_parent),
    ("mark-twice", repeat_mark),
    ("mark", lambda pdf: content(pdf, rb"/MCID 1 ?>>", b"/MCID 999>>")),
    ("mark", lambda pdf: set_key(first(pdf, "/H1"), "/K", [998])),
    ("untagged", lambda pdf: content(pdf, rb"/Artifact <<[^>]*>> BDC\s(.*?)EMC", rb"\1")),
    ("untagged", lambda pdf: content(pdf, rb"\Z", b" 0 0 10 10 re f")),
    ("nesting", lambda pdf: content(pdf, rb"\Z", b" /Artifact BMC")),
    ("nesting", lambda pdf: content(pdf, rb"\Z", b" EMC")),
    ("nesting", lambda pdf: content(pdf, rb"\Z", b" /Artifact BMC /P <</MCID 0>> BDC 0 0 1 1 re f EMC EMC")),
    ("form", marked_form),
    ("embedded", lambda pdf: set_key(any_font(pdf)[1], "/FontDescriptor", {})),
    ("glyph-map", lambda pdf: any_font(pdf)[1].pop("/CIDToGIDMap")),
    ("to-unicode", forget_text),
    ("to-unicode", empty_map),
    ("missing-glyph", lambda pdf: content(pdf, rb"<[0-9a-fA-F]{4}", b"<0000")),
    ("name", lambda pdf: set_key(pdf.catalog, "/" + "م" * 64, 1)),
    ("outline", lambda pdf: pdf.catalog.pop("/Outlines")),
    ("outline", lambda pdf: set_key(pdf.get(pdf.get(pdf.catalog["/Outlines"])["/First"]), "/Title", "u:")),
]


def check(suite, pdf):
    """`pdf` must have none of these faults, a list, a table with heads, a link and a figure."""
    for number, (rule, damage) in enumerate(DAMAGE):
        damaged = copy.deepcopy(pdf)
        damaged.catalog = damaged.get(damaged.trailer["/Root"])
        damage(damaged)
        found = {name for name, _ in findings(damaged)}
        suite.check(f"a PDF broken for `{rule}` ({number})", "" if rule in found else f"found only {sorted(found)}")
