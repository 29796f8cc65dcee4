"""Markdown as a reader sees it, each shown character with its place in the source.

The pages' own parser decides what is shown. Pictures and the marks of notes are not.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

InlineRule = Callable[[StateInline, bool], bool]
Shown = Iterator[tuple[str, int]]

_RULES: dict[str, InlineRule] = {
    "text": rules_inline.text,
    "newline": rules_inline.newline,
    "escape": rules_inline.escape,
    "backticks": rules_inline.backtick,
    "strikethrough": rules_inline.strikethrough.tokenize,
    "emphasis": rules_inline.emphasis.tokenize,
    "link": rules_inline.link,
    "image": rules_inline.image,
    "autolink": rules_inline.autolink,
    "entity": rules_inline.entity,
}
_LINE_END = re.compile(r"\r\n?|\n")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item: `places` has the source index of each shown character.

    A line break that is shown is a newline, any other a space. `start` and `end` bound the
    block's own text in the source, without the marks that make it a heading or an item.
    """

    shown: str
    places: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """What an inline rule took, from start to end of the content, and the tokens it made."""

    rule: str
    start: int
    end: int
    tokens: list[Token]


def blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text, in order."""
    lines = _LINE_END.split(source.replace("\0", "\ufffd"))
    offsets = [0, *(match.end() for match in _LINE_END.finditer(source))]
    references: dict[str, Any] = {}
    for token in _MARKDOWN.parse(source, references):
        if token.map and token.content.strip():
            first = _first_line(token, lines)
            places = _places(token.content, lines[first:], offsets[first:])
            yield _block(_shown(token, references), places)


def _block(shown: Shown, places: list[int]) -> Block:
    seen = list(shown)
    return Block(
        shown="".join(character for character, _ in seen),
        places=tuple(places[index] for _, index in seen),
        start=min(places),
        end=max(places) + 1,
    )


def _first_line(token: Token, lines: list[str]) -> int:
    """Return the line on which the content of a block begins: the parser trims blanks before."""
    first, end = token.map or (0, 0)
    words = token.content.partition("\n")[0].strip()
    after_fence = first + (token.type == "fence")
    return next(line for line in range(after_fence, end) if words in lines[line])


def _places(content: str, lines: list[str], offsets: list[int]) -> list[int]:
    """Return the source index of each character of a content that begins on the first line."""
    places: list[int] = []
    for taken, line, offset in zip(content.split("\n"), lines, offsets, strict=False):
        end = offset + len(line)
        # Where the parser has spread a tab, the line's words still stand as typed.
        words = taken.lstrip()
        first = offset + max(line.rfind(words), 0) - (len(taken) - len(words))
        places += (min(max(at, offset), end) for at in range(first, first + len(taken)))
        places.append(end)
    return places[: len(content)]


def _shown(token: Token, references: dict[str, Any]) -> Shown:
    if token.type != "inline":
        return zip(token.content, range(len(token.content)), strict=True)
    runs: list[_Run] = []
    _MARKDOWN.inline.parse(token.content, _MARKDOWN, {**references, "runs": runs}, [])
    return ((character, at) for run in runs for character, at in _seen(run, token.content))


def _seen(run: _Run, content: str) -> Shown:
    last = run.tokens[-1] if run.tokens else None
    kind = last.type if last else ""
    match run.rule:
        case "newline" | "escape" if kind in {"hardbreak", "softbreak"}:
            yield ("\n" if kind == "hardbreak" else " "), run.start
        case "entity" if last:
            yield from ((character, run.start) for character in last.content)
        case "escape" if last:
            yield from _literal(content, run.end - len(last.content), run.end)
        case "backticks" if last:
            inner = len(last.markup)
            yield from _literal(content, run.start + inner, run.end - inner)
        case "autolink":
            yield from _literal(content, run.start + 1, run.end - 1)
        case "emphasis":
            yield from _unpaired(run)
        case "text" | "backticks" | "any":
            yield from _literal(content, run.start, run.end)


def _literal(content: str, start: int, end: int) -> Shown:
    text = content[start:end].replace("\n", " ")
    return zip(text, range(start, end), strict=True)


def _unpaired(run: _Run) -> Shown:
    """Yield the stars and underscores that turned out to emphasise nothing."""
    marks = run.tokens[run.start - run.end :]
    for at, token in enumerate(marks, start=run.start):
        if token.type == "text":
            yield from ((character, at) for character in token.content)


def _recorded(name: str, rule: InlineRule, state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's signature
    start, made = state.pos, len(state.tokens)
    runs: list[_Run] = state.env.get("runs", [])
    known = len(runs)
    if not rule(state, silent):
        return False
    if name == "image":
        # The parser reads the picture's description as a text of its own, with other places.
        del runs[known:]
    if not silent:
        runs.append(_Run(name, start, state.pos, state.tokens[made:]))
    return True


def _note_mark(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001 -- the parser's signature
    match = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    if match:
        state.pos = match.end()
    return match is not None


def _any(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's signature
    if not silent:
        state.append_pending(state.src[state.pos])
    state.pos += 1
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default").disable(["table", "fragments_join"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    for name, rule in _RULES.items():
        parser.inline.ruler.at(name, partial(_recorded, name, rule))
    parser.inline.ruler.before("link", "note_mark", _note_mark)
    parser.inline.ruler.push("any", partial(_recorded, "any", _any))
    return parser


_MARKDOWN = _parser()
