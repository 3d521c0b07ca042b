"""A page as one file of HTML that needs nothing else, prints well, and runs in the direction of its language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rasd.relations.pages.page import Page
from rasd.relations.pages.svg import drawn

if TYPE_CHECKING:
    from jinja2 import Template


def html(page: Page) -> str:
    """The page as HTML, the course drawn into it."""
    charts = {s.id: drawn(s.chart, page.direction) for s in page.sections if s.chart}
    return _template().render(page=page, charts=charts)


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("rasd.relations.pages", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.j2")
