"""Small documents made by hand, byte for byte."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

# A printed line: text, left, foot, size.
Printed = tuple[str, float, float, float]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="{}"/></Relationships>'
)
STYLES = (
    f"<w:styles {W}>"
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="Our own"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="C"><w:name w:val="toc 1"/></w:style>'
    "</w:styles>"
)


def zipped(files: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(*paragraphs: str, part: str = "word/document.xml") -> bytes:
    """A Word document; paragraphs as `style|text`, or as XML of their own."""
    body = "".join(each if each.startswith("<") else _word_paragraph(each) for each in paragraphs)
    main = f"<?xml version='1.0'?><w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped({"_rels/.rels": RELATIONS.format(part), "word/styles.xml": STYLES, part: main})


def _word_paragraph(text: str) -> str:
    style, _, words = text.rpartition("|")
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{words}</w:t></w:r></w:p>"


def pdf(*pages: list[Printed]) -> bytes:
    """A PDF in Helvetica with its lines where they are told to stand."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT]
    kids = []
    for lines in pages:
        stream = "".join(
            f"BT /F {size} Tf {left} {foot} Td ({_escaped(text)}) Tj ET\n"
            for text, left, foot, size in lines
        ).encode("cp1252")
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (len(objects) + 2)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    named = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (named, len(kids))
    return _assembled(objects)


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, trailer, table,
    )  # fmt: skip
    return bytes(out)


def column(lines: list[str], left: float, top: float, size: float = 10) -> list[Printed]:
    """Lines one below the other."""
    return [(text, left, top - 12 * index, size) for index, text in enumerate(lines)]
