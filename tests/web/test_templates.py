"""The pages drawn from made-up contexts: what must hold on each of them, whatever the views do."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from roadmapdocs.web.pages import capital
from tests.web import preview_contexts
from tests.web.card_contexts import document_card
from tests.web.template_contexts import contexts, panel, review, roadmap, shell

PAGES = Path(__file__).parents[2] / "templates" / "pages"
STATIC = Path(__file__).parents[2] / "roadmapdocs" / "web" / "static"
LOOKS = contexts()
STATE_WORDS = ("proved", "in work", "no document", "late", "not required", "suggested")
STATE_SHAPES = ("check", "half", "none", "late", "na", "link")


@functools.cache
def endpoints() -> frozenset[str]:
    """What the application really answers to."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data=Path(folder), password_cost="cheap"))
    return frozenset(rule.endpoint for rule in app.url_map.iter_rules())


def url_for(endpoint: str, **values: Any) -> str:
    if endpoint not in endpoints():
        raise LookupError(f"no such endpoint: {endpoint}")
    if endpoint == "roadmapdocs.static":
        return f"/static/{values['filename']}"
    return "/" + "/".join([endpoint, *(str(value) for value in values.values())])


def plain_gettext(message: str, **values: object) -> str:
    return message % values if values else message


def plain_ngettext(one: str, many: str, number: int, **values: object) -> str:
    return (one if number == 1 else many) % {"num": number, **values}


def day(value: dt.date) -> str:
    return f"{value.day}.{value.month}"


@functools.cache
def environment(gettext: Any = plain_gettext, ngettext: Any = plain_ngettext) -> Environment:
    env = Environment(loader=FileSystemLoader(PAGES), undefined=StrictUndefined, autoescape=True)
    env.globals.update(_=gettext, ngettext=ngettext, url_for=url_for, csrf_token=lambda: "token")
    env.globals["get_flashed_messages"] = lambda with_categories: [
        ("done", "Связь подтверждена."),
        ("refused", "<b>Нет</b>"),
    ]
    env.filters.update(capital=capital, date=lambda value: value.strftime("%d.%m.%Y"), day=day, number=str)
    return env


class Reading(HTMLParser):
    """Tags of a page with their attributes, in order; and which of the open ones were never closed."""

    VOID = frozenset("meta link input br img hr rect line path circle use".split())

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in tags]


def draw(look: str) -> str:
    template, context = LOOKS[look]
    return environment().get_template(template).render(shell=shell(), **context)


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return {look: draw(look) for look in LOOKS}


@pytest.fixture(params=LOOKS)
def html(request: pytest.FixtureRequest, drawn: dict[str, str]) -> str:
    return drawn[request.param]


def test_every_page_is_well_nested_and_has_one_main_heading(html: str) -> None:
    page = Reading(html)
    assert page.crossed == []
    assert page.open == []
    assert len(page.named("h1")) == 1
    assert len(page.named("main")) == 1


def test_no_page_carries_script_or_style_of_its_own(html: str) -> None:
    page = Reading(html)
    assert page.named("style") == []
    assert all(attrs.get("src") for attrs in page.named("script"))
    for _tag, attrs in page.tags:
        assert "style" not in attrs
        assert not [name for name in attrs if name.startswith("on")]
        assert not (attrs.get("href") or "").startswith("javascript:")


def test_ids_do_not_repeat_and_descriptions_point_at_something(html: str) -> None:
    page = Reading(html)
    ids = [attrs["id"] for _tag, attrs in page.tags if attrs.get("id")]
    assert sorted(ids) == sorted(set(ids))
    pointing = ("aria-describedby", "aria-labelledby", "for", "form")
    for _tag, attrs in page.tags:
        for name in pointing:
            for target in (attrs.get(name) or "").split():
                assert target in ids, f"{name}={target}"


def test_every_control_has_a_name_for_a_screen_reader(html: str) -> None:
    page = Reading(html)
    labelled = {attrs.get("for") for attrs in page.named("label")}
    inside_label = set(
        re.findall(r'<label[^>]*>(?:(?!</label>).)*?<(?:select|input)[^>]*name="([^"]+)"', html, re.S)
    )
    for attrs in page.named("input", "select", "textarea"):
        if attrs.get("type") == "hidden":
            continue
        assert attrs.get("aria-label") or attrs.get("id") in labelled or attrs.get("name") in inside_label, (
            attrs
        )


def test_every_form_that_changes_something_carries_the_token(html: str) -> None:
    for form in re.findall(r"<form.*?</form>", html, re.S):
        if 'method="post"' in form:
            assert 'name="csrf_token" value="token"' in form


def test_every_icon_used_is_in_the_sprite(html: str) -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    assert set(re.findall(r"icons\.svg#([\w-]+)", html)) <= sprite


def test_every_style_sheet_and_script_named_exists(html: str) -> None:
    for name in re.findall(r'"/static/([^"#]+)', html):
        assert (STATIC / name).is_file(), name


def test_flash_messages_are_shown_as_notes_and_escaped(html: str) -> None:
    assert "Связь подтверждена." in html
    assert "&lt;b&gt;Нет" in html


@pytest.mark.parametrize(("word", "shape"), list(zip(STATE_WORDS, STATE_SHAPES, strict=True)))
def test_a_state_is_drawn_as_shape_and_word(drawn: dict[str, str], word: str, shape: str) -> None:
    assert re.search(
        rf'<span class="rd-badge rd-badge--\w+"><svg[^>]*>\s*<use href="[^"]*#i-{shape}"/></svg>{word}</span>',
        drawn["roadmap"],
    )


def test_the_matrix_links_every_slot_to_its_panel_and_keeps_the_row_in_sight(drawn: dict[str, str]) -> None:
    slots = [
        attrs for attrs in Reading(drawn["roadmap"]).named("a") if "rd-slot" in (attrs.get("class") or "")
    ]
    assert len(slots) == 13
    assert slots[0]["href"] == "/roadmaps/1?state=late&slot=a#item-11"


def test_the_chosen_slot_is_marked_beside_its_panel(drawn: dict[str, str]) -> None:
    page = Reading(drawn["roadmap_panel"])
    chosen = [
        attrs
        for attrs in page.named("a")
        if attrs.get("aria-current") == "true" and "rd-slot" in (attrs["class"] or "")
    ]
    assert [attrs["href"] for attrs in chosen] == ["/roadmaps/1?state=late&slot=late-1#item-22"]
    assert [attrs["aria-labelledby"] for attrs in page.named("section") if "data-panel" in attrs] == [
        "panel-title"
    ]


def test_a_reader_sees_the_links_and_no_button_to_change_them(drawn: dict[str, str]) -> None:
    assert (
        "roadmapdocs_roadmaps.unlink" in drawn["roadmap_panel"]
        or "roadmapdocs_roadmaps.link" in drawn["roadmap_panel"]
    )
    seen = drawn["roadmap_reader"]
    assert "Связи подтверждает координатор" in seen
    for act in ("link", "unlink", "waive", "confirm_expected"):
        assert f"roadmapdocs_roadmaps.{act}/" not in seen


def test_only_the_best_suggestion_has_the_filled_button(drawn: dict[str, str]) -> None:
    panel = drawn["roadmap_panel"].split('<section class="rd-panel"')[1].split("<footer>")[0]
    assert panel.count("rd-btn--main") == 1


def test_the_bars_of_a_section_share_the_whole_width() -> None:
    macro = environment().get_template("macros/parts.html").module.progress_bar  # type: ignore[attr-defined]
    bar = str(macro([("proved", 3), ("late", 1)], 4, "3 из 4"))
    assert 'class="proved" x="0.00%" y="0" width="74.20%"' in bar
    assert 'class="late" x="75.00%" y="0" width="25.00%"' in bar


def test_a_crowded_month_is_drawn_as_bars_and_not_as_hundreds_of_marks() -> None:
    crowded = roadmap()
    crowded["timeline"]["months"][3]["counts"] = [("proved", 90), ("late", 10)]
    html = environment().get_template("roadmap.html").render(shell=shell(), **crowded)
    chart = html.split('class="rd-tl"')[1].split("</svg>\n<ul")[0]
    assert 'class="mark"' not in chart
    assert 'height="53.0"' in chart  # nine tenths of sixty pixels, less the pixel between


def test_an_unavailable_act_stays_in_place_and_says_why(drawn: dict[str, str]) -> None:
    page = Reading(drawn["document"])
    closed = [attrs for attrs in page.named("button") if attrs.get("aria-disabled") == "true"]
    assert [attrs["type"] for attrs in closed] == ["button"]
    assert f'id="{closed[0]["aria-describedby"]}"' in drawn["document"]
    assert "Номер уже присвоен" in drawn["document"]


def test_a_field_with_a_mistake_is_tied_to_its_words(drawn: dict[str, str]) -> None:
    date = next(
        attrs for attrs in Reading(drawn["document_form"]).named("input") if attrs.get("id") == "date"
    )
    assert date["aria-invalid"] == "true"
    assert date["aria-describedby"] == "date-error"
    assert '<a href="#date">Дата</a>: Укажите дату документа.' in drawn["document_form"]


def test_loading_is_held_by_mistakes_but_not_by_questions() -> None:
    held, free = (
        environment()
        .get_template("roadmap_review.html")
        .render(shell=shell(), **(review() | {"counts": review()["counts"] | {"errors": n}}))
        for n in (2, 0)
    )
    assert 'value="confirm"' not in held
    assert "2 mistakes are put right" in held
    assert 'value="confirm"' in free


def test_enter_in_a_cell_saves_and_does_nothing_else(drawn: dict[str, str]) -> None:
    form = drawn["roadmap_review"].split('id="review"')[1].split("</form>")[0]
    first = next(attrs for attrs in Reading(form).named("button"))
    assert (first["name"], first["value"]) == ("op", "save")


def test_each_cell_of_the_review_goes_back_under_its_row_and_column(drawn: dict[str, str]) -> None:
    names = [attrs["name"] for attrs in Reading(drawn["roadmap_review"]).named("textarea")]
    assert "cell-19-term" in names
    # Four rows of five cells, and a heading.
    assert len([name for name in names if name and name.startswith("cell-")]) == 21


def test_a_page_for_a_stranger_has_no_menu_but_has_the_brand() -> None:
    stranger = shell()
    stranger.user = None
    template, context = LOOKS["sign_in"]
    html = environment().get_template(template).render(shell=stranger, **context)
    assert "rd-brand" in html
    assert "rd-nav" not in html
    assert "sign_out" not in html


def test_a_broken_page_is_explained_even_without_the_frame() -> None:
    html = environment().get_template("error.html").render(code=500, incident="7f3a", home_url="/")
    assert "The page could not be shown" in html
    assert "7f3a" in html


def test_hostile_words_are_written_as_words() -> None:
    evil = '"><script>alert(1)</script>'
    card = document_card()
    card["document"]["title"] = evil
    card["files"][0]["name"] = evil
    card["preview"] = preview_contexts.text(evil)
    html = environment().get_template("document.html").render(shell=shell(), **card)
    html += (
        environment()
        .get_template("roadmap.html")
        .render(shell=shell(), **roadmap(panel=panel(responsible=evil)))
    )
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 4


def test_stock_pages_of_the_admin_extend_our_frame() -> None:
    source = (PAGES / "admin" / "base.html").read_text()
    assert "{% extends 'layout.html' %}" in source
    for block in ("head_css", "head", "page_body", "body", "tail_js", "tail"):
        assert "{% block " + block + " %}" in source
