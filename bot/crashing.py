"""A crash tells its kind and its line and no more: its words could be a family's.

A traceback holds the text of the exception, and that may hold an answer, a token or a
row; a core file holds all memory. So there is neither.
"""

import asyncio
import contextlib
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

log = structlog.get_logger()

OURS = f"{Path(__file__).parent}{os.sep}"
FAILED = 1
NOT_DUMPABLE = 4
"""PR_SET_DUMPABLE of prctl(2): no core file, and no other process reads memory."""


def no_traces() -> None:
    """From now on no crash of this process leaves words behind. Call it first."""
    sys.excepthook = _main_crashed
    sys.unraisablehook = _unraisable
    threading.excepthook = _thread_crashed
    _no_core_files()


def watch_tasks() -> None:
    """The same for tasks that nobody waits for; call it inside the running loop."""
    asyncio.get_running_loop().set_exception_handler(_task_crashed)


def _main_crashed(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _tell(error)


def _thread_crashed(crash: threading.ExceptHookArgs) -> None:
    """A thread that is gone would leave the others waiting for it for ever."""
    if crash.exc_value is None or issubclass(crash.exc_type, SystemExit):
        return
    _tell(crash.exc_value)
    # What was not committed is done again by the next start, as after a power cut.
    os._exit(FAILED)


def _unraisable(crash: "sys.UnraisableHookArgs") -> None:
    if crash.exc_value is not None:
        _tell(crash.exc_value)


def _task_crashed(loop: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
    error = about.get("exception")
    if isinstance(error, BaseException):
        _tell(error)


def _tell(error: BaseException) -> None:
    # An error in here would make Python print both tracebacks.
    with contextlib.suppress(Exception):
        cause = _first(error)
        log.critical("crashed", kind=type(cause).__name__, where=_where(cause))
        sys.stderr.flush()


def _first(error: BaseException) -> BaseException:
    """Of a group of exceptions the first one; a group tells nothing by itself."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _where(error: BaseException) -> str:
    """`telegram/run.py:88`: the innermost line of ours; "" when there is none."""
    where, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(OURS):
            where = f"{Path(file.removeprefix(OURS)).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where


def _no_core_files() -> None:
    # Neither is there on every system; the bot runs without them, too.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(NOT_DUMPABLE, 0, 0, 0, 0)
