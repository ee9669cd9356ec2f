"""The export of the Register van Overheidsorganisaties → a file per municipality.

It has the general number, the website and the e-mail address of each municipality.
What a volunteer wrote or checked is never overwritten.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from xml.etree import ElementTree

from bot.content.places.schema_places import MunicipalityFile
from bot.content.typed.strict_yaml import quoted
from bot.own_desks import DEBT_HELP

TOOI = re.compile(r"/gemeente/(gm\d{4})$")
GENERAL = "algemeen"
PHONE = re.compile(r"[0-9][0-9 -]*")
ABROAD = re.compile(r"^(?:\+|00)31 ?(?:\(0\))? ?")
BRACKETS = re.compile(r"[()]")
SOURCE = "Register van Overheidsorganisaties, algemeen nummer"


@dataclass(frozen=True, slots=True)
class Listed:
    """A municipality as the register has it."""

    code: str
    phone: str
    web: str
    email: str


def read_register(body: BinaryIO, today: date) -> Iterator[Listed]:
    """The municipalities that still exist, one by one: the file is large."""
    for _, node in ElementTree.iterparse(body):
        if _local(node.tag) != "organisatie":
            continue
        if "Gemeente" in _texts(node, "type") and not _has_ended(node, today):
            code = _code(node)
            if code:
                yield Listed(code, _phone(node), _web(node), _email(node))
            node.clear()


def updated(
    listed: Listed, name: str, file: MunicipalityFile | None, today: date
) -> str | None:
    """The text of the file, or None when it is to stay as it is."""
    if file is not None and not _is_ours(file):
        return None
    if not (listed.phone or listed.web):
        return None
    return "".join(f"{line}\n" for line in _lines(listed, name, today))


def file_name(municipality: str) -> str:
    """`'s-Hertogenbosch` as s_hertogenbosch."""
    plain = unicodedata.normalize("NFKD", municipality).encode("ascii", "ignore")
    return re.sub(r"[^a-z]+", "_", plain.decode().lower()).strip("_")


def _is_ours(file: MunicipalityFile) -> bool:
    """Nothing in it but what an earlier export gave, and nobody dialled it."""
    return set(file.desks) <= {DEBT_HELP} and all(
        desk.source.startswith(SOURCE)
        and desk.checked == "never"
        and not (desk.reach or desk.hours or desk.hours_text or desk.name)
        for desk in file.desks.values()
    )


def _lines(listed: Listed, name: str, today: date) -> Iterator[str]:
    yield f"municipality: {quoted(name) if _is_odd(name) else name}"
    yield f"code: {listed.code}"
    if listed.web:
        yield f"web: {listed.web}"
    if listed.email:
        yield f"email: {listed.email}"
    yield "desks:"
    yield f"  {DEBT_HELP}:"
    if listed.phone:
        yield f"    phone: {listed.phone}"
    if listed.web:
        yield f"    web: {listed.web}"
    yield f"    source: {SOURCE}, {today}"
    yield "    certainty: secondary"
    yield "    checked: never"


def _is_odd(name: str) -> bool:
    return not name[0].isalpha() or ": " in name or " #" in name


def _local(tag: str) -> str:
    """The namespace changes with each version of the export."""
    return tag.rpartition("}")[2]


def _own(node: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    """Those of the municipality itself, not of a person or a department in it."""
    for child in node:
        if _local(child.tag) == tag:
            yield child
        elif _local(child.tag) not in ("organisaties", "functies", "medewerkers"):
            yield from _own(child, tag)


def _texts(node: ElementTree.Element, tag: str) -> list[str]:
    return [(one.text or "").strip() for one in _own(node, tag)]


def _has_ended(node: ElementTree.Element, today: date) -> bool:
    try:
        return any(
            date.fromisoformat(day[:10]) < today for day in _texts(node, "eindDatum")
        )
    except ValueError:
        return False


def _code(node: ElementTree.Element) -> str:
    """From the TOOI address: an attribute in one version, an element in another."""
    named = [value for key, value in node.attrib.items() if "TOOI" in key]
    found = map(TOOI.search, [*named, *_texts(node, "resourceIdentifier")])
    return next((one[1].upper() for one in found if one), "")


def _best(node: ElementTree.Element, tag: str, value: str) -> str:
    """The one labelled as general, or else the first."""
    entries: list[Mapping[str, str]] = [
        {_local(part.tag): (part.text or "").strip() for part in one}
        for one in _own(node, tag)
    ]
    general = [one for one in entries if one.get("label", "").lower() == GENERAL]
    return next((one[value] for one in [*general, *entries] if one.get(value)), "")


def _phone(node: ElementTree.Element) -> str:
    """Only digits, spaces and hyphens; +31 becomes 0."""
    written = ABROAD.sub("0", _best(node, "telefoonnummer", "nummer"))
    plain = " ".join(BRACKETS.sub(" ", written).split())
    return plain if PHONE.fullmatch(plain) else ""


def _web(node: ElementTree.Element) -> str:
    address = _best(node, "internetadres", "url").replace("http://", "https://")
    return address if re.fullmatch(r"https://\S+", address) else ""


def _email(node: ElementTree.Element) -> str:
    address = _best(node, "emailadres", "email")
    return address if re.fullmatch(r"[^\s@]+@[^\s@]+", address) else ""
