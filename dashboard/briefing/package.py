"""A file of Office Open XML as parts in a zip: read, looked through by relationship, written back.

A part that nobody has changed is written as the bytes that it was read as.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import Final

from lxml import etree

from dashboard.briefing import xml
from dashboard.briefing.xml import Element
from pipelines.contracts.errors import BurdenError

CONTENT_TYPES: Final = "[Content_Types].xml"
LARGEST = 500_000_000  # bytes unpacked: more is no deck


class DeckError(BurdenError):
    """A file that is no deck, or one that cannot be read or written."""


@dataclass(frozen=True)
class Relation:
    """A relationship of a part; `target` is the full name of a part, or an address where `external`."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: `slide`, `chart`, `package`."""
        return self.type.rsplit("/", 1)[-1]


class Package:
    """The parts of a file by name, without a leading slash."""

    def __init__(self, content: bytes, name: str = "") -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                if sum(info.file_size for info in infos) > LARGEST:
                    raise _unreadable(name)
                self._bytes = {info.filename: archive.read(info) for info in infos}
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
            raise _unreadable(name) from None
        if CONTENT_TYPES not in self._bytes:
            raise _unreadable(name)
        self._name = name
        self._roots: dict[str, Element] = {}
        self._changed: set[str] = set()

    def __contains__(self, part: str) -> bool:
        return part in self._bytes

    @property
    def changed(self) -> bool:
        """Was any root said to be changed?"""
        return bool(self._changed)

    @property
    def parts(self) -> list[str]:
        """Names of all parts, in the order of the file."""
        return list(self._bytes)

    def read(self, part: str) -> bytes:
        """The bytes of a part as they will be written. Raises DeckError where there is no such part."""
        if part in self._changed and part in self._roots:
            return xml.serialise(self._roots[part])
        if part not in self._bytes:
            raise _unreadable(self._name)
        return self._bytes[part]

    def root(self, part: str) -> Element:
        """The parsed part; call `touch` after a change. Raises DeckError."""
        if part not in self._roots:
            try:
                self._roots[part] = xml.parse(self.read(part))
            except etree.XMLSyntaxError:
                raise _unreadable(self._name) from None
        return self._roots[part]

    def touch(self, part: str) -> None:
        """Say that the root of a part was changed."""
        self._changed.add(part)

    def write(self, part: str, content: bytes) -> None:
        """Put bytes in the place of a part, or at the end as a new one."""
        self._roots.pop(part, None)
        self._changed.discard(part)
        self._bytes[part] = content

    def remove(self, part: str) -> None:
        """Take a part out with its relationships and content type."""
        for name in (part, relations_of(part)):
            self._bytes.pop(name, None)
            self._roots.pop(name, None)
            self._changed.discard(name)
        types = self.root(CONTENT_TYPES)
        listed = [e for e in types if e.get("PartName") == f"/{part}"]
        if listed:
            xml.drop(listed)
            self.touch(CONTENT_TYPES)

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part (`""`: of the package) by id."""
        name = relations_of(part)
        if name not in self._bytes:
            return {}
        base = posixpath.dirname(part)
        found = {}
        for element in self.root(name):
            if not isinstance(element.tag, str):
                continue
            external = element.get("TargetMode") == "External"
            target = element.get("Target") or ""
            if not external:
                joined = target if target.startswith("/") else posixpath.join("/", base, target)
                target = posixpath.normpath(joined).lstrip("/")
            found[element.get("Id")] = Relation(element.get("Id"), element.get("Type") or "", target, external)
        return found

    def related(self, part: str, kind: str) -> list[Relation]:
        """The relationships of a kind inside the package whose parts are there."""
        return [r for r in self.relations(part).values() if r.kind == kind and not r.external and r.target in self]

    def relate(self, part: str, type_: str, target: str) -> str:
        """Add a relationship from a part to another; gives its id."""
        name = relations_of(part)
        if name not in self._bytes:
            self.write(name, xml.serialise(etree.Element(f"{{{xml.RELATIONS}}}Relationships", nsmap={None: xml.RELATIONS})))
        known = self.relations(part)
        number = next(n for n in range(1, len(known) + 2) if f"rId{n}" not in known)
        etree.SubElement(
            self.root(name), f"{{{xml.RELATIONS}}}Relationship", Id=f"rId{number}", Type=type_,
            Target=posixpath.relpath(target, posixpath.dirname(part) or "."),
        )  # fmt: skip
        self.touch(name)
        return f"rId{number}"

    def unrelate(self, part: str, id_: str) -> None:
        """Take a relationship out; its target too where nothing else leads to it."""
        name = relations_of(part)
        gone = self.relations(part)[id_]
        xml.drop([e for e in self.root(name) if e.get("Id") == id_])
        self.touch(name)
        if not gone.external and not any(gone.target in self._targets(p) for p in self.parts if p.endswith(".rels")):
            self.remove(gone.target)

    def _targets(self, relations: str) -> set[str]:
        folder, file = posixpath.split(relations)
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        return {r.target for r in self.relations(source).values()}

    def add(self, stem: str, extension: str, content: bytes, content_type: str, *, default: bool = False) -> str:
        """A new part `<stem><number>.<extension>`; `default` declares its type for the extension."""
        number = next(n for n in range(1, len(self._bytes) + 2) if f"{stem}{n}.{extension}" not in self._bytes)
        part = f"{stem}{number}.{extension}"
        self.write(part, content)
        self._declare(part, extension, content_type, default=default)
        return part

    def _declare(self, part: str, extension: str, content_type: str, *, default: bool) -> None:
        types = self.root(CONTENT_TYPES)
        defaults = {(e.get("Extension") or "").lower(): e.get("ContentType") for e in types}
        if defaults.get(extension) == content_type:
            return
        if default and extension not in defaults:
            types.insert(0, etree.Element(f"{{{xml.TYPES}}}Default", Extension=extension, ContentType=content_type))
        else:
            etree.SubElement(types, f"{{{xml.TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        self.touch(CONTENT_TYPES)

    def content_type(self, part: str) -> str | None:
        """The declared type of a part."""
        default = None
        for element in self.root(CONTENT_TYPES):
            if element.get("PartName") == f"/{part}":
                return str(element.get("ContentType"))
            if (element.get("Extension") or "").lower() == part.rsplit(".", 1)[-1].lower():
                default = str(element.get("ContentType"))
        return default

    def save(self) -> bytes:
        """The whole file."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in self._bytes:
                archive.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), self.read(part), zipfile.ZIP_DEFLATED)
        return out.getvalue()


def relations_of(part: str) -> str:
    """The part that holds the relationships of a part."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _unreadable(name: str) -> DeckError:
    return DeckError(
        f"“{name}”不是可读的演示文稿；请给出 PowerPoint 或 WPS 存成的 .pptx 文件。",
        f"“{name}” is not a readable deck; give a .pptx file as PowerPoint or WPS saves it.",
    )
