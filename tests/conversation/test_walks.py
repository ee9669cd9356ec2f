"""Families that do anything at all, 100,000 turns long: what always holds."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import pytest

from bot.conversation import engine
from bot.conversation.facts import UNSURE
from bot.conversation.model import (
    CHILD,
    LANGUAGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Command,
    Conversation,
    Message,
    NotServed,
    Reply,
    Said,
    Tapped,
    Turn,
)
from bot.conversation.needed import NEEDED_WORDS
from bot.library import Library
from bot.outcome import MOST_ORGANISATIONS, facts_of, outcome
from bot.translations import Say, Sayable, placeholders
from tests.conftest import ID, PHONE, TUESDAY, taps_of, words_of

WALKS, TURNS = 25, 4_000
"""25 walks of 4,000 turns: 100,000 in all."""

DAYS = (
    "vandaag", "morgen", "gisteren", "3 december", "20-11-2026", "1 dec", "vrijdag",
    "over 3 weken", "2 weken geleden", "25 september", "2026-12-03", "٣/١٢/٢٠٢٦",
    "3 maanden geleden", "31 november", "tomorrow", "last friday", "1 2 3 4", "12-12",
)  # fmt: skip
PLAIN = (
    "ja", "nee", "JA!!", "weet ik niet", "❓", "ok", "klopt", "1", "2", "3", "5", "14",
    "4 en 9", "geen", "een baby en twee van 6", "huur", "DEURWAARDER", "vonnis",
)  # fmt: skip
RUBBISH = (
    "", " ", "?", "{}", "{geldfit_phone}", "}{", "%s", "\x00", "\ud800", "😀" * 50,
    "\u200b", "\u202e", "<b>", "&amp;", "a" * 5_000, "1" * 4_000, "٩" * 400, "İ", "ß",
    "-1", "NaN", "1e9", "0x10", "½", "፲፫", "null", "'; drop table", "\n\n", "🇳🇱",
    "ik ben heel boos", "waarom?", "bel mij 0612345678", "/", "//", "@yes", "unsure",
)  # fmt: skip
GLOBAL = (
    "terug", "stop", "opnieuw", "mens", "nood", "taal", "help", "privacy", "verder",
    "start", "English", "Nederlands", "BACK", "Stop!", "iemand spreken",
)  # fmt: skip
CRISIS = ("ik wil niet meer leven", "hij slaat mij", "ik ben 12", "er is brand")
COMMANDS = ("start", "help", "stop", "taal", "privacy", "sturt", "", "wipe")
UNSERVED = sorted(key for key in NEEDED_WORDS if key.startswith("not_served_"))
WAYS = ("terug", "stop", "opnieuw", "mens", "taal", "help", "back", "person", "language")


@dataclass
class Walk:
    """One family that goes on and on; every turn is looked at."""

    library: Library
    random: Random
    moment: object = TUESDAY
    current: Conversation = field(default_factory=lambda: Conversation(ID, "nl", ""))
    shown: list[Tapped] = field(default_factory=list)
    old: list[Tapped] = field(default_factory=list)
