"""A flow as a picture, with what is known of each of its questions."""

from bot.app import CouldNotRunError, content_of
from bot.authoring.checking import all_wrong
from bot.authoring.comparing import versions
from bot.changes import changes
from bot.content.read_library import read_draft
from bot.content.read_scenarios import read_scenarios
from bot.coverage import coverage
from bot.drawing.graph import Marks
from bot.drawing.marks import problems_of
from bot.drawing.picture import picture
from bot.library import Library
from bot.problems import Language, did_you_mean, told
from bot.scenarios import play
from bot.settings import Settings


def drawn(
    settings: Settings,
    flow: str,
    language: Language,
    *,
    since: str | None,
    mermaid: bool,
) -> str:
    """A flow, or all of them together, as SVG or as Mermaid; errors are shown in it.

    What changed `since` a revision of git is marked.
    """
    draft, problems = content_of(settings, read_draft)
    if draft is None:
        wrong = [one.shown(language) for one in problems]
        raise CouldNotRunError("\n".join(wrong))
    if flow and flow not in draft.flows:
        message = told(
            "There is no flow “{flow}”.{hint} There are: {flows}.",
            flow=flow,
            hint=did_you_mean(flow, draft.flows),
            flows=", ".join(draft.flows),
        )
        raise CouldNotRunError(message.words(language))
    found = all_wrong(settings, draft, problems, release=False)
    edited = _edited(settings, since, language) if since else frozenset()
    marks = Marks(_asked(settings, draft), problems_of(draft, found), edited)
    return picture(draft, flow, marks, language, mermaid=mermaid)


def _edited(settings: Settings, revision: str, language: Language) -> frozenset[str]:
    """Every question of which something is different since then."""
    before, after, _ = versions(settings, revision, language)
    about = (one.about.split(".") for one in changes(before, after))
    return frozenset(parts[1] for parts in about if parts[0] == "questions")


def _asked(settings: Settings, draft: Library) -> frozenset[str] | None:
    """Every question that the households meet; nothing of a draft with errors."""
    if not draft.machines:
        return None
    scenarios, _ = read_scenarios(settings.content, [])
    met = coverage(draft, (play(draft, one) for one in scenarios)).met
    return frozenset(part.name for part in met if part.sort == "question")
