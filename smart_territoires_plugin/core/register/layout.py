"""The layout of a register as pure data: its tables, and what each of their fields may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional, Union

AXES = ("innovation", "partnership", "data", "inclusion")
STAGES = ("idea", "candidate", "funded", "running", "done", "stopped")
SURVEY_STATUSES = ("documented", "searched_none_found", "not_searched")
APPLICATION_OUTCOMES = ("pending", "selected", "rejected", "withdrawn")
CONTACT_OUTCOMES = ("interest_confirmed", "declined", "unknown")
TERRITORY_KINDS = ("commune", "large_commune", "epci", "ept", "departement")
ACTOR_KINDS = ("local_authority", "state", "company", "association", "research", "citizens", "other")
# A public programme is no smart activity: what comes from one is labelled "proxy" wherever it is shown.
SOURCE_KINDS = ("interview", "call", "website", "press", "open_data", "public_programme", "other")
SEPARATOR = ";"  # between the codes of a field that may hold several


@dataclass(frozen=True)
class Field:
    """One field of a table.

    Parameters
    ----------
    name : str
    kind : {"text", "integer", "real", "date"}
    required : bool
        Whether a row without it is refused.
    values : tuple of str
        The codes that it may hold; empty: any.
    minimum, maximum : float, optional
        Bounds, themselves allowed.
    default : str, int or float, optional
        What a new row holds before anybody writes into it.
    several : bool
        Whether it may hold several codes, with `SEPARATOR` between.
    """

    name: str
    kind: str = "text"
    required: bool = False
    values: tuple[str, ...] = ()
    minimum: Optional[float] = None
    maximum: Optional[float] = None
    default: Union[str, int, float, None] = None
    several: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its fields, those that together may not repeat, and the dates that follow one another."""

    name: str
    fields: tuple[Field, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the fields, in their order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return a field by its name.

        Examples
        --------
        >>> TABLES["projects"].field("stage").default
        'idea'
        """
        return next(field for field in self.fields if field.name == name)


def _year(name: str) -> Field:
    return Field(name, "integer", minimum=1900, maximum=2200)


def _amount(name: str) -> Field:
    return Field(name, "real", minimum=0)


def _mark(name: str) -> Field:
    return Field(name, "integer", minimum=0, maximum=3)


_PROJECTS = Table(
    "projects",
    (
        Field("title", required=True),
        Field("codes", several=True),
        Field("epci"),
        Field("theme"),
        Field("stage", required=True, values=STAGES, default="idea"),
        _year("year"),
        *(_mark(axis) for axis in AXES),
        *(_mark(f"{axis}_2") for axis in AXES),
        Field("source"),
        Field("source_kind", values=SOURCE_KINDS),
        _amount("budget_eur"),
        _amount("cofunding_eur"),
        Field("cofunder"),
        Field("cofunding_rate_pct", "real", minimum=0, maximum=100),
        Field("partners"),
        Field("data_link"),
        Field("data_format"),
        Field("data_licence"),
        Field("data_refresh"),
        Field("contact_role"),
        Field("retention_date", "date"),
        Field("notes"),
    ),
)
_CALLS = Table(
    "calls",
    (
        Field("call_id", required=True),
        Field("title", required=True),
        Field("opening", "date"),
        Field("closing", "date"),
        Field("themes", several=True),
        Field("eligible", values=TERRITORY_KINDS, several=True),
        _amount("budget_eur"),
    ),
    unique=(("call_id",),),
    ordered=(("opening", "closing"),),
)
_APPLICATIONS = Table(
    "applications",
    (
        Field("call_id", required=True),
        Field("code", required=True),
        Field("title"),
        Field("theme"),
        Field("outcome", required=True, values=APPLICATION_OUTCOMES, default="pending"),
        Field("date", "date"),
    ),
)
_CONTACTS_MADE = Table(
    "contacts_made",
    (
        Field("code", required=True),
        Field("date", "date", required=True),
        Field("caller_role"),
        Field("next_action"),
        Field("due", "date"),
        Field("outcome", required=True, values=CONTACT_OUTCOMES, default="unknown"),
        Field("proposed_theme"),
    ),
    ordered=(("date", "due"),),
)
_INTERVIEWS = Table(
    "interviews",
    (
        Field("code", required=True),
        Field("actor_kind", values=ACTOR_KINDS),
        Field("date", "date"),
        Field("theme"),
        Field("motivation", "integer", minimum=1, maximum=5),
        Field("obstacles"),
        Field("needs"),
    ),
)
_BENCHMARKS = Table(
    "benchmarks",
    (
        Field("reference_id", required=True),
        Field("name", required=True),
        Field("country"),
        Field("indicator", required=True),
        Field("value", "real"),
        _year("year"),
        Field("source"),
    ),
    unique=(("reference_id", "indicator"),),
)
_SURVEY = Table(
    "survey",
    (
        Field("code", required=True),
        Field("status", required=True, values=SURVEY_STATUSES, default="not_searched"),
        Field("date", "date"),
        Field("source"),
    ),
    unique=(("code",),),
)

TABLES: Mapping[str, Table] = {
    table.name: table for table in (_PROJECTS, _CALLS, _APPLICATIONS, _CONTACTS_MADE, _INTERVIEWS, _BENCHMARKS, _SURVEY)
}
