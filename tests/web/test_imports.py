"""Loading a roadmap in the browser, from the chosen file to the stored roadmap, and everything that may be wrong."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from roadmapdocs.people.rules import Role
from roadmapdocs.roadmap.models import Edition, Item, ItemTerm, Roadmap, RoadmapImport
from tests.conftest import SEEDS
from tests.roadmap.reader.packages import archive, docx, paragraph, plain_table, xlsx
from tests.roadmap.reader.tables import HEADER, ROWS, TITLE, roadmap_file
from tests.web.conftest import Browser, SignIn

UPLOAD = "/roadmaps/upload"
DOUBTFUL = roadmap_file(
    "1.1\tПровести смотр\tкак выйдет\tМетодист\tСправка",
    "1.2\t\tмай 2025\tМетодист\tСправка",
    "1.3\tОбсудить итоги\tиюнь 2025\tСовет школы\tПротокол",
)


@pytest.fixture
def clerk(sign_in: SignIn) -> Browser:
    return sign_in(Role.CLERK)


def send(browser: Browser, data: bytes, name: str = "карта.txt", address: str = UPLOAD, **fields: str) -> TestResponse:
    return browser.post(address, file=(io.BytesIO(data), name), **fields)


def begun(browser: Browser, data: bytes | None = None) -> str:
    """The address of the review of a file just sent."""
    response = send(browser, roadmap_file() if data is None else data)
    assert response.status_code == 302, words(response)
    return response.location


def words(response: TestResponse) -> str:
    return html.unescape(response.get_data(as_text=True))


def form_of(page: str) -> dict[str, str]:
    """Every field of the review as a browser would send it."""
    fields = {
        name: html.unescape(value) for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S)
    }
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in {"q", "csrf_token"}:
            fields[name[1]] = html.unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        assert chosen is not None
        fields[name] = chosen[1]
    return fields


def press(browser: Browser, address: str, operation: str, **changes: str) -> TestResponse:
    fields: dict[str, Any] = {**form_of(browser.get(address)), "op": operation}
    fields.update({name.replace("_", "-") if name.startswith("cell") else name: text for name, text in changes.items()})
    return browser.post(address, **fields)


def test_a_roadmap_is_loaded_checked_corrected_and_stored(clerk: Browser) -> None:
    address = begun(clerk, DOUBTFUL)
    page = html.unescape(clerk.get(address))
    assert "Провести смотр" in page
    assert "В строке не сказано, что нужно сделать" in page
    assert press(clerk, address, "confirm").status_code == 422
    assert Roadmap.select().count() == 0
    saved = press(clerk, address, "save", cell_1_term="до 01.03.2026", cell_2_title="Наградить\r\nлучших")
    assert saved.status_code == 302
    stored = press(clerk, address, "confirm")
    roadmap = Roadmap.get()
    assert (stored.status_code, stored.location) == (302, f"/roadmaps/{roadmap.id}")
    assert [item.title for item in Item.select()] == ["Провести смотр", "Наградить лучших", "Обсудить итоги"]
    assert ItemTerm.select().order_by(ItemTerm.id).first().text == "до 01.03.2026"


def test_what_was_not_touched_is_not_changed(clerk: Browser) -> None:
    address = begun(clerk)
    before = RoadmapImport.get()
    assert press(clerk, address, "save").status_code == 302
    after = RoadmapImport.get()
    assert (after.sheet, after.revision) == (before.sheet, 1)


def test_what_was_typed_is_saved_with_every_button(clerk: Browser) -> None:
    address = begun(clerk)
    press(clerk, address, "skip:3", cell_2_title="Провести большой смотр")
    page = html.unescape(clerk.get(address))
    assert "Провести большой смотр" in page
    assert 'id="row-3" class="item skipped"' in page


@pytest.mark.parametrize(
    ("operation", "rows"),
    [
        ("merge:3", [1, 2, 4, 5, 6]),
        ("section:3", [1, 2, 3, 4, 5, 6]),
        ("item:4", [1, 2, 3, 4, 5, 6]),
        ("skip:3", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_rows_are_changed_by_their_menu(clerk: Browser, operation: str, rows: list[int]) -> None:
    address = begun(clerk)
    response = press(clerk, address, operation)
    assert response.status_code == 302
    assert [int(row) for row in re.findall(r'<tr id="row-(\d+)"', clerk.get(address))] == rows
    assert RoadmapImport.get().revision == 2


def test_a_row_is_split_where_an_empty_line_was_typed(clerk: Browser) -> None:
    address = begun(clerk)
    press(clerk, address, "split:2", cell_2_title="Провести смотр\r\n\r\nНаградить лучших")
    assert re.findall(r'<tr id="row-(\d+)"', clerk.get(address)) == ["1", "2", "7", "3", "4", "5", "6"]


def test_a_remark_is_settled_by_its_button_and_asked_again(clerk: Browser) -> None:
    address = begun(clerk, DOUBTFUL)
    page = html.unescape(clerk.get(address))
    number = re.search(r'id="remark-(\d+)">(?:(?!</li>).)*не сказано', page, re.S)
    assert number is not None
    for holds in (False, True):
        assert press(clerk, address, f"fix:{number[1]}:0").status_code == 302
        assert ("rd-pin--error" in re.sub(r'<li class="rd-remark solved.*?</li>', "", clerk.get(address), flags=re.S)) is holds
    assert press(clerk, address, "confirm").status_code == 422
    press(clerk, address, f"fix:{number[1]}:0")
    assert press(clerk, address, "confirm").status_code == 302
    assert [item.title for item in Item.select()][1] == ""


def test_columns_are_read_anew_as_a_person_says(clerk: Browser) -> None:
    address = begun(clerk)
    assert press(clerk, address, "remap", **{"role-3": "documents", "role-4": "responsible"}).status_code == 302
    fields = form_of(clerk.get(address))
    assert (fields["cell-2-expected"], fields["cell-2-responsible"]) == ("Методист", "Справка")


def test_two_columns_of_titles_are_refused_on_the_page(clerk: Browser) -> None:
    response = press(clerk, begun(clerk), "remap", **{"role-2": "title"})
    assert response.status_code == 422
    assert 'name="role-2"' in words(response)


def test_years_that_are_none_are_shown_again_with_what_was_typed(clerk: Browser) -> None:
    response = press(clerk, begun(clerk), "save", period_start="2030", cell_2_title="Провести большой смотр")
    assert response.status_code == 422
    assert 'value="2030"' in words(response)
    assert "Провести большой смотр" in words(response)
    assert RoadmapImport.get().revision == 1


def test_who_saves_over_a_change_sees_both(clerk: Browser) -> None:
    address = begun(clerk)
    old = form_of(clerk.get(address))
    press(clerk, address, "save", cell_2_title="Первая правка")
    response = clerk.post(address, **{**old, "op": "save", "cell-2-title": "Вторая правка"})
    page = words(response)
    assert response.status_code == 409
    assert form_of(page)["cell-2-title"] == "Первая правка"
    assert "Вторая правка" in page
    assert form_of(page)["revision"] == "2"


def test_a_second_click_leads_to_the_stored_roadmap(clerk: Browser) -> None:
    address = begun(clerk)
    fields = {**form_of(clerk.get(address)), "op": "confirm"}
    first, second = clerk.post(address, **fields), clerk.post(address, **fields)
    assert first.location == second.location == f"/roadmaps/{Roadmap.get().id}"
    assert Edition.select().count() == 1
    assert clerk.get(address, 302) is not None


def test_a_loading_is_put_aside_and_given_up(clerk: Browser) -> None:
    address = begun(clerk)
    assert press(clerk, address, "postpone").location == "/roadmaps/"
    assert "карта.txt" in clerk.get("/roadmaps/")
    assert press(clerk, address, "cancel").location == "/roadmaps/"
    assert "карта.txt" not in clerk.get("/roadmaps/")
    assert clerk.client.get(address).location == UPLOAD


def test_the_same_file_is_noticed_and_may_become_a_new_edition(clerk: Browser) -> None:
    press(clerk, begun(clerk), "confirm")
    again = send(clerk, roadmap_file(), "копия.txt")
    page = words(again)
    roadmap = Roadmap.get()
    assert again.status_code == 422
    assert f'href="/roadmaps/{roadmap.id}"' in page
    known = form_of(page)["known"]
    address = clerk.post(UPLOAD, known=known, title="", new_edition="1").location
    assert TITLE in html.unescape(clerk.get(address))
    assert press(clerk, address, "confirm").status_code == 302
    assert [edition.number for edition in Edition.select().order_by(Edition.number)] == [1, 2]


def test_a_file_nobody_stored_cannot_be_named_as_known(clerk: Browser) -> None:
    response = clerk.post(UPLOAD, known="0" * 64, new_edition="1")
    assert response.status_code == 422
    assert RoadmapImport.select().count() == 0


def test_a_corrected_file_is_loaded_as_a_new_edition(clerk: Browser) -> None:
    press(clerk, begun(clerk), "confirm")
    roadmap = Roadmap.get()
    place = f"{UPLOAD}?edition_of={roadmap.id}"
    assert f'href="{place}"' in clerk.get(f"/roadmaps/{roadmap.id}")
    assert TITLE in html.unescape(clerk.get(place))
    address = send(clerk, roadmap_file(*ROWS[:3]), address=place).location
    assert "icons.svg#i-copy" in clerk.get(address)  # the note that an edition will stand beside
    press(clerk, address, "confirm")
    assert [edition.roadmap_id for edition in Edition.select()] == [roadmap.id] * 2


def test_a_file_with_a_known_title_may_be_made_a_new_edition_on_the_page(clerk: Browser) -> None:
    press(clerk, begun(clerk), "confirm")
    stored = Roadmap.get()

    review = begun(clerk, roadmap_file() + b"\n")
    offered = clerk.get(review)
    press(clerk, review, "follow")
    press(clerk, review, "confirm")

    assert 'value="follow"' in offered
    assert Roadmap.select().count() == 1
    assert [edition.number for edition in stored.editions.order_by(Edition.number)] == [1, 2]


@pytest.mark.parametrize("asked", ["99", "abc", "99999999999999999999"])
def test_a_new_edition_of_no_roadmap_is_not_found(clerk: Browser, asked: str) -> None:
    clerk.get(f"{UPLOAD}?edition_of={asked}", 404)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


WORD = docx(paragraph(TITLE) + plain_table(tuple(HEADER.split("\t")), ("1.1", "Провести смотр", "май 2025", "УО", "Приказ")))
BOMB = docx(paragraph(TITLE), more={"word/media/image1.bmp": b"\0" * (16 << 20)})
ENTITIES = archive(
    {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>',
    }
)
SHEET = xlsx({"Лист": "<sheetData/>"})


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(b"", "пусто.txt", id="empty"),
        pytest.param(b"  \n\t\n", "пробелы.txt", id="blank"),
        pytest.param(b"", "карта.docx", id="docx of no bytes"),
        pytest.param(cut(WORD), "карта.docx", id="truncated docx"),
        pytest.param(BOMB, "карта.docx", id="zip bomb"),
        pytest.param(ENTITIES, "карта.docx", id="external entities"),
        pytest.param(SHEET, "карта.docx", id="empty workbook called docx"),
        pytest.param(roadmap_file(""), "карта.txt", id="table of one row"),
        pytest.param("Письмо без таблицы.\n".encode(), "письмо.txt", id="no table"),
        pytest.param(b"MZ\x90\x00" + b"\0" * 500, "карта.docx", id="program"),
        pytest.param(b"%PDF-1.4\n%%EOF", "карта.pdf", id="broken pdf"),
        pytest.param(bytes(range(256)) * 40, "карта.txt", id="bytes of nothing"),
    ],
)
def test_a_bad_file_is_answered_at_its_field_and_leaves_nothing(clerk: Browser, data: bytes, name: str) -> None:
    response = send(clerk, data, name, title="Читаем вместе")
    page = words(response)
    said = re.search(r'id="file-error">(.*?)</div>', page, re.S)
    assert response.status_code == 422
    assert said is not None
    assert name in said[1]
    assert re.search("[а-яё]{4}.*[.]", said[1].replace(name, ""))
    assert 'value="Читаем вместе"' in page
    assert RoadmapImport.select().count() == Roadmap.select().count() == 0


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(roadmap_file().decode().encode("cp1251"), "карта.txt", id="cp1251"),
        pytest.param(roadmap_file().decode().encode("utf-16"), "карта.txt", id="utf-16"),
        pytest.param(WORD, "карта.docx", id="docx"),
        pytest.param(WORD, "карта.xlsx", id="docx called xlsx"),
        pytest.param(roadmap_file(), "../../etc/карта\u202e.txt", id="name with folders"),
    ],
)
def test_an_odd_but_readable_file_is_read(clerk: Browser, data: bytes, name: str) -> None:
    response = send(clerk, data, name)
    assert response.status_code == 302
    assert "Провести смотр" in html.unescape(clerk.get(response.location))
    assert "/" not in RoadmapImport.get().file_name


def test_without_a_file_the_form_says_so(clerk: Browser) -> None:
    response = clerk.post(UPLOAD, title="Читаем вместе")
    assert response.status_code == 422
    assert 'value="Читаем вместе"' in words(response)


def test_a_long_roadmap_is_shown_page_by_page(clerk: Browser) -> None:
    rows = [f"{n}\tПровести занятие о книге\tмай 2025\tМетодист\tСправка" for n in range(1, 101)]
    address = begun(clerk, roadmap_file(*rows))
    first, last = clerk.get(address), clerk.get(f"{address}?page=3")
    assert re.findall(r'<tr id="row-(\d+)"', first) == [str(n) for n in range(1, 41)]
    assert re.findall(r'<tr id="row-(\d+)"', last) == [str(n) for n in range(81, 101)]
    response = press(clerk, f"{address}?page=3", "save", cell_90_title="Другое занятие")
    assert response.location == f"{address}?page=3"
    assert press(clerk, f"{address}?page=77", "confirm").status_code == 302
    assert [item.title for item in Item.select() if item.number == "90"] == ["Другое занятие"]


def test_a_page_of_very_long_cells_is_saved(clerk: Browser) -> None:
    words = "Провести занятие о книге " * 100
    address = begun(clerk, roadmap_file(*(f"{n}\t{words}\tмай 2025\tМетодист\tСправка" for n in range(1, 41))))
    assert press(clerk, address, "save", cell_1_term="июнь 2025").status_code == 302
    assert RoadmapImport.get().revision == 2


def test_only_rows_with_remarks_are_shown_when_asked(clerk: Browser) -> None:
    address = begun(clerk, DOUBTFUL)
    assert re.findall(r'<tr id="row-(\d+)"', clerk.get(f"{address}?view=remarks")) == ["1", "2"]


@pytest.mark.parametrize("operation", ["", "fly", "merge:x", "merge:", "merge:999", "fix:1:99", "fix:0:0", "fix::", "skip:²"])
def test_an_unknown_button_is_refused_and_changes_nothing(clerk: Browser, operation: str) -> None:
    address = begun(clerk, DOUBTFUL)
    assert press(clerk, address, operation).status_code in {404, 422}
    assert RoadmapImport.get().revision == 1


@pytest.mark.parametrize("revision", ["", "x", "²", "9" * 30])
def test_a_form_without_its_revision_changes_nothing(clerk: Browser, revision: str) -> None:
    address = begun(clerk)
    assert press(clerk, address, "skip:2", revision=revision).status_code == 409
    assert RoadmapImport.get().revision == 1


def test_the_file_itself_can_be_opened(clerk: Browser) -> None:
    address = begun(clerk)
    with clerk.client.get(f"{address}/file") as response:
        assert response.get_data() == roadmap_file()
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("role", [Role.STAFF, Role.EXECUTIVE])
def test_who_loads_no_roadmaps_opens_none_of_its_pages(clerk: Browser, sign_in: SignIn, role: Role) -> None:
    address = begun(clerk)
    other = sign_in(role)
    for place in (UPLOAD, address, f"{address}/file"):
        other.get(place, 403)
    assert send(other, roadmap_file()).status_code == 403
    assert other.post(address, op="confirm", revision="1").status_code == 403
    assert RoadmapImport.get().state == "review"


def test_nobody_sends_a_form_without_its_token(clerk: Browser) -> None:
    address = begun(clerk)
    assert clerk.client.post(address, data={"op": "confirm", "revision": "1"}).status_code == 400
    assert clerk.client.post(UPLOAD, data={"file": (io.BytesIO(roadmap_file()), "a.txt")}).status_code == 400


def test_a_loading_that_is_not_there_is_not_found(clerk: Browser) -> None:
    clerk.get("/roadmaps/imports/99", 404)
    clerk.get("/roadmaps/imports/99/file", 404)


@pytest.mark.parametrize(("name", "items"), [("000", 21), ("001", 20), ("002", 27), ("003", 50), ("004", 97)])
def test_a_real_roadmap_goes_all_the_way(clerk: Browser, name: str, items: int) -> None:
    found = sorted(SEEDS.glob(f"{name}_*.txt"))
    if not found:
        pytest.skip("the folder of real roadmaps is not beside this checkout")
    address = begun(clerk, found[0].read_bytes())
    for _attempt in range(3):
        page = html.unescape(clerk.get(address))
        mistake = re.search(r'rd-remark(?: now)?" id="remark-(\d+)"><span class="rd-pin rd-pin--error', page)
        if mistake is None:
            break
        press(clerk, address, f"fix:{mistake[1]}:0")
    assert press(clerk, address, "confirm").status_code == 302
    assert Item.select().count() == items
