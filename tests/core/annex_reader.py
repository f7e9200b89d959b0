"""Reads an annex back as a person would: its headings, its sentences, and its tables by their heads."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "hr"}
BLOCKS = {"p", "li", "h1", "h2", "h3", "caption"}


class Annex(HTMLParser):
    """One page; fails where a tag is not closed in order."""

    def __init__(self, content: str):
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.steps: list[str] = []
        self.sentences: list[str] = []
        self.tables: list[list[list[str]]] = []
        self._text: list[str] = []
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag in VOID:
            return
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        if tag in BLOCKS or tag in ("td", "th"):
            self._text = []

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        said = "".join(self._text)
        if tag in ("td", "th"):
            self.tables[-1][-1].append(said)
        elif tag in BLOCKS:
            self.sentences.append(said)
            if tag == "h2":
                self.steps.append(said)

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self._text.append(data)

    @property
    def shown(self) -> str:
        """All that is shown, one piece to a line."""
        cells = [cell for rows in self.tables for row in rows for cell in row]
        return "\n".join([*self.sentences, *cells])

    def table(self, *head: str) -> list[list[str]]:
        """The rows of the only table whose head begins with these words."""
        found = [rows for rows in self.tables if tuple(rows[0][: len(head)]) == head]
        assert len(found) == 1, (head, [rows[0] for rows in self.tables])
        return found[0][1:]
