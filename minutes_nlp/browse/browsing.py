"""A list as a page shows it: one page of rows, and facets whose values are links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from minutes_nlp.browse.lists import Listing, Mask
from minutes_nlp.browse.page import PAGE_SIZE, Page

_SHOWN = 8
_MOST = 200


class Value(NamedTuple):
    """A value of a facet: what to show, how many rows, whether it is chosen, and what chooses or drops it."""

    label: str
    rows: int
    chosen: bool
    address: str


class ShownFacet(NamedTuple):
    """A facet of the page; `more` is the address that shows more values, if there are more."""

    name: str
    values: list[Value]
    chosen: bool
    more: str | None


class ShownList(NamedTuple):
    """One page of a list; `rows` counts those of all pages, `first` and `last` are the places of those shown."""

    ids: list[str]
    rows: int
    first: int
    last: int
    previous: str | None
    next: str | None
    facets: list[ShownFacet]


def chosen_facets(page: Page, names: Sequence[str]) -> dict[str, list[str]]:
    """The values chosen in the query string, by facet."""
    return {name: page.arguments(name) for name in names}


def show_list(
    page: Page,
    listing: Listing,
    rows: Mask,
    names: Sequence[str],
    labels: Mapping[str, Callable[[str], str]],
    *,
    by: str | None = None,
    descending: bool = False,
) -> ShownList:
    """The page of `rows` that the query string asks for (`page`), with the facets `names`.

    Args:
        labels: by facet, what turns a value into what people read; default: the value.
        by, descending: as `Listing.page`.
    """
    count = int(rows.sum())
    number = min(page.number("page"), max(1, -(-count // PAGE_SIZE)))
    first = (number - 1) * PAGE_SIZE
    ids = listing.page(rows, first, PAGE_SIZE, by=by, descending=descending)
    return ShownList(
        ids=ids,
        rows=count,
        first=first + 1 if ids else 0,
        last=first + len(ids),
        previous=page.same({"page": [str(number - 1)] if number > 2 else None}) if number > 1 else None,
        next=page.same({"page": [str(number + 1)]}) if first + len(ids) < count else None,
        facets=show_facets(page, listing, rows, names, labels),
    )


def show_facets(
    page: Page, listing: Listing, rows: Mask, names: Sequence[str], labels: Mapping[str, Callable[[str], str]]
) -> list[ShownFacet]:
    """The facets of `rows` that have any value; the chosen values first."""
    found = []
    for name in names:
        chosen = page.arguments(name)
        counts = listing.facets[name].counts(rows)
        if name == "year":
            counts.sort(key=lambda count: count.value, reverse=True)
        most = _MOST if page.argument("more") == name else _SHOWN
        listed = [count for count in counts if count.value in chosen]
        listed += [count for count in counts if count.value not in chosen][:most]
        label = labels.get(name, str)
        values = [
            Value(label(value), number, value in chosen, _toggled(page, name, value, chosen))
            for value, number in listed
        ]
        more = page.same({"more": [name]}) if len(counts) > len(listed) and most == _SHOWN else None
        if values:
            found.append(ShownFacet(name, values, bool(chosen), more))
    return found


def _toggled(page: Page, name: str, value: str, chosen: Sequence[str]) -> str:
    kept = [other for other in chosen if other != value]
    return page.same({name: kept if value in chosen else [*chosen, value], "page": None})
