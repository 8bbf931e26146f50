"""The page of charts, the charts as pictures, and their numbers as CSV."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from minutes_nlp.browse.charts import Series, bars
from minutes_nlp.browse.data.figures import ACTION_MONTHS, ATTENDANCE_HEAT, Heat
from minutes_nlp.browse.data.organisations import load_organisation
from minutes_nlp.browse.data.people import load_person
from minutes_nlp.browse.data.themes import THEME_LABELS, THEME_YEARS
from minutes_nlp.browse.exports import csv_rows
from minutes_nlp.browse.page import Page
from minutes_nlp.browse.pages.people import attendance_years
from minutes_nlp.browse.words import Words

Row = dict[str, Any]

_MONTHS_SHOWN = 24
_BODIES_SHOWN = 30
_THEMES_SHOWN = 9
_STATUSES = ("present", "excused", "absent")
_SHADES = (0.4, 0.55, 0.7, 0.8, 0.9)  # the shares of attendance at which the cells grow darker


async def charts(datasette: Any, request: Any) -> Response:
    """The page of charts."""
    page = Page(datasette, request)
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    years, themes = _by_theme(await page.kept(THEME_YEARS))
    heat = await page.kept(ATTENDANCE_HEAT)
    return await page.show(
        "charts.html",
        months=_last_months(await page.kept(ACTION_MONTHS)),
        heat=heat,
        bodies=heat.bodies[:_BODIES_SHOWN],
        shade=lambda share: bisect(_SHADES, share),
        years=years,
        themes=[(theme, labels.get(theme, theme), counts) for theme, counts in themes],
        shown=_THEMES_SHOWN,
        json=page.address(f"/{page.database}/ledger_actions.json", _shape="objects", _nofacet="1"),
    )


async def picture(datasette: Any, request: Any) -> Response:
    """A chart as a picture."""
    page = Page(datasette, request)
    kind, name = request.url_vars["kind"], request.url_vars["name"]
    t = page.words
    if kind == "actions" and not name:
        months = _last_months(await page.kept(ACTION_MONTHS))
        labels = [_short(t, row["month"]) for row in months]
        series = [Series(t(f"charts.{key}"), [row[key] for row in months]) for key in ("opened", "closed")]
        return _svg(bars(t("charts.actions"), labels, series))
    if kind == "themes" and name:
        years, themes = _by_theme(await page.kept(THEME_YEARS))
        counts = dict(themes).get(name)
        label = (await page.kept(THEME_LABELS))[t.language].get(name)
        if counts is None or label is None:
            raise page.missing()
        return _svg(bars(label, years, [Series(t("charts.items"), counts)], small="small" in request.args))
    rows = await _attendance(page, kind, name)
    series = [Series(t(f"kinds.{status}"), [row[status] for _, row in rows]) for status in _STATUSES]
    return _svg(bars(t("charts.attendance"), [year for year, _ in rows], series, stacked=True))


async def numbers(datasette: Any, request: Any) -> AsgiStream:
    """The numbers of a chart as CSV."""
    page = Page(datasette, request)
    kind = request.url_vars["kind"]
    if kind == "actions":
        return csv_rows(page, "actions-per-month", ("month", "opened", "closed"), await page.kept(ACTION_MONTHS))
    if kind == "attendance":
        columns = ("body", "year", "meetings", "present", "invited")
        return csv_rows(page, "attendance", columns, _cells(await page.kept(ATTENDANCE_HEAT)))
    labels = (await page.kept(THEME_LABELS))[page.words.language]
    rows = await page.kept(THEME_YEARS)
    return csv_rows(
        page, "themes-per-year", ("theme", "year", "items", "meetings"), rows, {"theme": labels.__getitem__}
    )


async def _attendance(page: Page, kind: str, name: str) -> list[tuple[str, dict[str, int]]]:
    """Attendance per year, the earliest first, of a person or an organisation."""
    if kind == "people":
        person = await page.ask(load_person, name)
        if person is None:
            raise page.missing()
        return attendance_years(person.attendance)[::-1]
    organisation = await page.ask(load_organisation, name) if kind == "organisations" else None
    if organisation is None:
        raise page.missing()
    years: dict[str, dict[str, int]] = {}
    for row in organisation.attendance:
        year = years.setdefault(row["month"][:4], dict.fromkeys(_STATUSES, 0))
        year[row["status"]] += row["number"]
    return sorted(years.items())


def _cells(heat: Heat) -> list[Row]:
    return [cell for _, _, cells in heat.bodies for cell in cells if cell]


def _last_months(rows: Sequence[Row]) -> list[Row]:
    """The last months in which anything was opened or closed, with those between in which nothing was."""
    if not rows:
        return []
    found = {row["month"]: row for row in rows}
    year, month = map(int, rows[-1]["month"].split("-"))
    months = [
        f"{(year * 12 + month - 1 - back) // 12}-{(month - 1 - back) % 12 + 1:02}" for back in range(_MONTHS_SHOWN)
    ]
    first = max(rows[0]["month"], months[-1])
    empty = {"opened": 0, "closed": 0}
    return [found.get(name, {"month": name, **empty}) for name in reversed(months) if name >= first]


def _by_theme(rows: Sequence[Row]) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """The years, and the themes, the most frequent first, with the number of agenda items of each year."""
    if not rows:
        return [], []
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    years = [str(year) for year in range(int(first), int(last) + 1)]
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["theme"], {})[row["year"]] = row["items"]
    themes = [(theme, [counts.get(year, 0) for year in years]) for theme, counts in found.items()]
    return years, sorted(themes, key=lambda theme: (-sum(theme[1]), theme[0]))


def _short(t: Words, month: str) -> str:
    """A month below a bar; the year where one begins."""
    return month[:4] if month.endswith("-01") else t.month(month, "MMM")


def _svg(drawing: bytes) -> Response:
    policy = "default-src 'none'; style-src 'unsafe-inline'"  # the picture brings its own looks
    return Response(drawing, content_type="image/svg+xml", headers={"content-security-policy": policy})


ROUTES = (
    (r"/charts$", charts),
    (r"/charts/(?P<kind>actions|themes|people|organisations)(?:/(?P<name>[\w-]+))?\.svg$", picture),
    (r"/charts/(?P<kind>actions|attendance|themes)\.csv$", numbers),
)
