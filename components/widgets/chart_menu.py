"""The links beside a chart: the same as SVG, PNG or CSV. For a page it is a line: `chart_menu(NAME, lang, run=RUN)`."""

from urllib.parse import urlencode

from components.widgets.text import attr, safe
from studio.core.plots import CHART_FORMATS
from studio.texts import Lang, t


def chart_menu(name: str, lang: Lang, **query: object) -> str:
    """What the chart is called, and a link for each form; `query` is what the address of the page says of the chart
    (`run` or `runs`, `task`, `where`, `metric`…), empty values are left out."""
    shows = t(f"chart.name.{name}", lang)
    links = "".join(
        f'<a href="{attr(chart_url(name, form, lang, **query))}" download'
        f' title="{attr(t(f"chart.menu.{form}", lang))}"'
        f' aria-label="{form.upper()}: {attr(shows)}">{form.upper()}</a>'
        for form in CHART_FORMATS
    )
    label = attr(f"{t('chart.menu', lang)}: {shows}")
    return (
        f'<span class="st-chartmenu" role="group" aria-label="{label}"><svg viewBox="0 0 16 16" aria-hidden="true">'
        f'<path d="M8 2v8m0 0 3-3m-3 3L5 7M3 13h10"/></svg><span>{safe(t(f"chart.short.{name}", lang))}</span>{links}'
        "</span>"
    )


def chart_url(name: str, form: str, lang: Lang, **query: object) -> str:
    """Where the browser downloads a chart (a route of `components.downloads`)."""
    given = {key: str(value) for key, value in query.items() if value not in (None, "")}
    return f"./chart/{name}.{form}?{urlencode({**given, 'lang': lang})}"
