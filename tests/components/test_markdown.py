"""Instructions are Markdown that somebody wrote: it is shown, and nothing of it runs or leads astray."""

import pytest

from components.widgets.markdown import markdown_html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# Что делать", "<h3>Что делать</h3>"),
        ("###### мелко", "<h6>мелко</h6>"),
        ("- раз\n- два", "<li>раз</li>"),
        ("**важно** и `код`", "<strong>важно</strong> и <code>код</code>"),
        ("> пример", "<blockquote>"),
        ("|а|б|\n|-|-|\n|1|2|", "<td>2</td>"),
        ("первая\nвторая", "первая<br"),
        (
            "[сайт](https://mera.a-ai.ru)",
            '<a href="https://mera.a-ai.ru" target="_blank" rel="noopener noreferrer">сайт</a>',
        ),
    ],
)
def test_what_is_written_is_seen(written: str, shown: str) -> None:
    assert shown in markdown_html(written, "ru")


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "строка <img src=x onerror=alert(1)> и <b>ещё</b>",
        "[жми](javascript:alert(1))",
        "[жми](data:text/html;base64,PHNjcmlwdD4=)",
        "![счётчик](https://чужой.example/pixel.png)",
        "<https://ok.example> <javascript:alert(1)>",
    ],
)
def test_nothing_of_it_runs_and_no_picture_comes_from_elsewhere(written: str) -> None:
    html = markdown_html(written, "ru")
    assert not any(part in html for part in ("<script", "<img", "<b>", 'href="javascript', 'href="data:'))


def test_of_a_picture_its_words_are_shown_and_that_pictures_are_not() -> None:
    html = markdown_html("![шары <3](https://elsewhere.example/a.png) и ![](b.png)", "ru")
    assert "Картинка: шары &lt;3 (картинки в инструкции не показываются)" in html
    assert "elsewhere" not in html and "!<" not in html and "<a" not in html
    assert "href" not in markdown_html("[сюда](./owner) и [туда](//elsewhere.example)", "ru"), (
        "not of the web"
    )
    assert "pictures are not shown" in markdown_html("![](b.png)", "en")
