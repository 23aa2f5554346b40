"""A PDF as Python sees it through `qpdf --json`: objects, pages, the structure tree, and what pages paint under which marks.

It shares no code with the generator, which mends PDFs with its own reader of content streams."""

import base64
import json
import re
import subprocess
from pathlib import Path

TOKEN = re.compile(
    rb"""(?P<comment>%[^\r\n]*)|(?P<open><<|\[)|(?P<close>>>|\])|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<string>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))
       |(?P<name>/[^\s()<>\[\]{}/%]*)|(?P<word>[^\s()<>\[\]{}/%]+)""",
    re.X | re.S)
PAINT_TEXT = {b"Tj", b"TJ", b"'", b'"'}
PAINT_PATH = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}
PAINT_IMAGE = {b"Do", b"EI"}


class Painted:
    """One thing that a page paints: `kind` text, path or image; `mark` its MCID, "artifact" or None; `shown` the codes of text."""

    def __init__(self, kind, mark, font=None, shown=b"", actual=None, name=None):
        self.kind, self.mark, self.font, self.shown, self.actual, self.name = kind, mark, font, shown, actual, name


class Pdf:
    def __init__(self, path):
        run = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
                             capture_output=True, check=False)
        if run.returncode not in (0, 3):
            raise ValueError(f"{path}: qpdf says: {run.stderr.decode(errors='replace').strip()}")
        data = json.loads(run.stdout)
        self.path = Path(path)
        self.objects = data["qpdf"][1]
        self.pages = [page["object"] for page in data["pages"]]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.get(self.trailer["/Root"])

    def get(self, value):
        """What a value is: references followed, of a stream its dictionary."""
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.objects.get(f"obj:{value}")
            if entry is None:
                return None
            value = entry["value"] if "value" in entry else entry["stream"]["dict"]
        return value

    def stream(self, reference):
        entry = self.objects[f"obj:{reference}"]["stream"]
        return base64.b64decode(entry["data"])

    def set_stream(self, reference, data):
        self.objects[f"obj:{reference}"]["stream"]["data"] = base64.b64encode(data).decode()

    @staticmethod
    def text(value):
        """A text string, or nothing."""
        if isinstance(value, str) and value.startswith("u:"):
            return value[2:]
        if isinstance(value, str) and value.startswith("b:"):
            return bytes.fromhex(value[2:]).decode("latin-1")
        return ""

    # --- pages ---

    def content(self, page):
        contents = self.get(page)["/Contents"]
        return b"\n".join(self.stream(part) for part in (contents if isinstance(contents, list) else [contents]))

    def resources(self, page):
        return self.get(self.get(page).get("/Resources", {})) or {}

    def font(self, page, name):
        fonts = self.get(self.resources(page).get("/Font", {})) or {}
        return fonts.get(name)


def operators(content):
    """(operator, operands as bytes) of a content stream, in order."""
    operands, depth, begin, at = [], 0, 0, 0
    while match := TOKEN.search(content, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "comment":
            continue
        if kind == "open":
            begin = match.start() if depth == 0 else begin
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                operands.append(content[begin:at])
        elif depth:
            continue
        elif kind == "word" and not re.fullmatch(rb"[+-]?(\d+\.?\d*|\.\d+)", match.group()) and match.group() not in (b"true", b"false", b"null"):
            if match.group() == b"ID":
                end = re.compile(rb"\sEI(?=[\s])").search(content, at)
                at = end.end() if end else len(content)
                yield b"EI", operands
            else:
                yield match.group(), operands
            operands = []
        else:
            operands.append(match.group())


def hex_codes(operand):
    """The bytes of the hexadecimal strings in an operand of Tj or TJ."""
    return b"".join(bytes.fromhex(re.sub(rb"\s", b"", part).decode()) for part in re.findall(rb"<([0-9A-Fa-f\s]*)>", operand))


def actual_text(properties):
    """The bytes of /ActualText in a property list, decoded."""
    match = re.search(rb"/ActualText\s*(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)", properties, re.S)
    if not match:
        return None
    raw = match.group(1)
    if raw.startswith(b"<"):
        data = bytes.fromhex(re.sub(rb"[\s<>]", b"", raw).decode())
    else:
        data = re.sub(rb"\\([nrtbf()\\]|[0-7]{1,3})", lambda m: {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(
            m.group(1), bytes([int(m.group(1), 8) & 255]) if m.group(1)[:1].isdigit() else m.group(1)), raw[1:-1])
    return data.decode("utf-16") if data.startswith((b"\xfe\xff", b"\xff\xfe")) else data.decode("latin-1")


def painted(content):
    """All that a page paints, in order, and the marks that are wrongly nested."""
    things, faults, marks, font = [], [], [], None
    for operator, operands in operators(content):
        holder = next((mark for mark in marks if mark["holds"] is not None), None)
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else b""
            number = re.search(rb"/MCID\s+(\d+)", properties)
            holds = "artifact" if operands and operands[0] == b"/Artifact" else int(number.group(1)) if number else None
            if holds is not None and holder:
                faults.append(f"a mark ({holds}) inside another ({holder['holds']})")
            marks.append({"holds": holds, "actual": actual_text(properties), "said": False})
        elif operator == b"EMC":
            if not marks:
                faults.append("an end of a mark that was not begun")
            else:
                marks.pop()
        elif operator == b"Tf":
            font = operands[0].decode()
        else:
            kind = ("text" if operator in PAINT_TEXT else "path" if operator in PAINT_PATH
                    else "image" if operator in PAINT_IMAGE else None)
            if not kind:
                continue
            span = next((mark for mark in marks if mark["actual"] is not None), None)
            actual = None
            if span:
                actual = "" if span["said"] else span["actual"]
                span["said"] = True
            shown = hex_codes(operands[-1]) if kind == "text" and operands else b""
            name = operands[0].decode() if operator == b"Do" and operands else None
            things.append(Painted(kind, holder["holds"] if holder else None, font, shown, actual, name))
    if marks:
        faults.append("a mark that does not end")
    return things, faults


class Element:
    """A structure element: its type after the role map, its dictionary, children (elements), content [(page, MCID)] and annotations."""

    def __init__(self, reference, parent, type_, role, dictionary):
        self.reference, self.parent, self.type, self.role, self.dictionary = reference, parent, type_, role, dictionary
        self.children, self.content, self.annotations = [], [], []
        self.items = []  # all of these, in order

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def attributes(pdf, element, owner):
    """The attributes of an element that belong to `owner` ("/Table"), merged."""
    found = pdf.get(element.dictionary.get("/A")) or []
    merged = {}
    for part in found if isinstance(found, list) else [found]:
        part = pdf.get(part)
        if isinstance(part, dict) and part.get("/O") == owner:
            merged.update(part)
    return merged


def structure(pdf):
    """The elements at the top of the structure tree."""
    root = pdf.get(pdf.catalog.get("/StructTreeRoot")) or {}
    roles = pdf.get(root.get("/RoleMap")) or {}

    def role_of(type_):
        seen = set()
        while type_ in roles and type_ not in seen:
            seen.add(type_)
            type_ = roles[type_]
        return type_

    def read(reference, parent, page):
        dictionary = pdf.get(reference)
        if isinstance(dictionary, int):
            parent.content.append((page, dictionary))
            parent.items.append((page, dictionary))
        elif dictionary.get("/Type") == "/MCR":
            parent.content.append((dictionary.get("/Pg", page), dictionary["/MCID"]))
            parent.items.append(parent.content[-1])
        elif dictionary.get("/Type") == "/OBJR":
            parent.annotations.append(dictionary["/Obj"])
        else:
            element = Element(reference, parent, dictionary.get("/S"), role_of(dictionary.get("/S")), dictionary)
            if parent:
                parent.children.append(element)
                parent.items.append(element)
            kids = dictionary.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                read(kid, element, dictionary.get("/Pg"))
            return element
        return None

    tops = pdf.get(root.get("/K", [])) if not isinstance(root.get("/K"), str) else root["/K"]
    return [read(top, None, None) for top in (tops if isinstance(tops, list) else [tops])]


def number_tree(pdf, node):
    """A number tree as a dictionary."""
    node = pdf.get(node) or {}
    found = {}
    numbers = pdf.get(node.get("/Nums")) or []
    for at in range(0, len(numbers), 2):
        found[numbers[at]] = numbers[at + 1]
    for kid in pdf.get(node.get("/Kids")) or []:
        found.update(number_tree(pdf, kid))
    return found


def to_unicode(pdf, font):
    """Code → text of a font's ToUnicode map; None when it has none."""
    reference = (pdf.get(font) or {}).get("/ToUnicode")
    if reference is None:
        return None
    data = pdf.stream(reference).decode("latin-1")
    decode = lambda digits: bytes.fromhex(digits).decode("utf-16-be", errors="replace")  # noqa: E731
    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", data, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            table[int(code, 16)] = decode(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", data, re.S):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                start = decode(text)
                table[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
        for first, _last, texts in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\[(.*?)\]", block, re.S):
            for offset, text in enumerate(re.findall(r"<([0-9A-Fa-f]+)>", texts)):
                table[int(first, 16) + offset] = decode(text)
    return table


def codes(pdf, font, shown):
    """Character codes of shown text: two bytes each in composite fonts."""
    wide = (pdf.get(font) or {}).get("/Subtype") == "/Type0"
    return [int.from_bytes(shown[i:i + 2], "big") for i in range(0, len(shown), 2)] if wide else list(shown)
