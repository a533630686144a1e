"""What people see of the findings: the command line, the page, the spreadsheet, HTTP."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from asgi import JSON, Client
from click.testing import CliRunner
from fiscal_facts import extract
from fiscal_facts.checks import CODES
from fiscal_facts.cli import main
from fiscal_facts.report import as_page, as_rows, as_text

WRONG = "2024年公务接待费支出4.16万元，比2023年减少1.93万元，下降-31.69%。"
RIGHT = "2024年公务接待费支出4.16万元，比2023年减少1.93万元，下降31.69%。"
HOSTILE = "<script>alert(1)</script>&\"'培训费支出=5.20万元，比2023年减少1.93万元，下降-27.07%，<b>主要原因</b>是&amp;"


def run(*words: object, given: str = "") -> Any:
    return CliRunner().invoke(
        main, ["check", *(str(word) for word in words)], input=given.encode("utf-8", "surrogatepass")
    )


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


# ---- the command line --------------------------------------------------------------------------------------------


def test_the_text_marks_the_place_and_ends_with_what_was_checked(wrong: Path) -> None:
    found = run(wrong)
    assert found.exit_code == 0
    assert "错误1项，疑点0项，提示0项" in found.stdout
    assert "下降〕【-31.69%】" in found.stdout
    assert "应为：31.69%" in found.stdout
    assert found.stdout.index("direction.sign") < found.stdout.index("核对了什么") < found.stdout.index("change.rate")


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("note", 1)])
def test_fail_on_a_finding_as_bad_or_worse(wrong: Path, level: str, code: int) -> None:
    assert run(wrong, "--fail-on", level).exit_code == code
    assert run("-", "--fail-on", level, given=RIGHT).exit_code == 0


def test_a_note_fails_only_where_notes_do() -> None:
    note = "税收占一般公共预算收入的比重为61.4%，较上年同期下降5.1%。"
    assert [run("-", "--fail-on", level, given=note).exit_code for level in ("error", "warning", "note")] == [0, 0, 1]


def test_the_change_that_asks_for_a_reason_is_an_option() -> None:
    change = "2024年度部门决算情况说明\n\n项目支出50.00万元，比2023年增加4.00万元，增长8.70%。"
    shown = [run("-", "--reason-percent", percent, given=change).stdout for percent in ("8", "9")]
    assert ["reason.absent" in text for text in shown] == [True, False]


def test_codes_and_kinds_can_be_left_out(wrong: Path) -> None:
    for code in ("direction.sign", "direction"):
        found = run(wrong, "--ignore", code, "--fail-on", "note")
        assert found.exit_code == 0
        assert "direction.sign" not in found.stdout
    assert run(wrong, "--ignore", "directions").exit_code == 2
    assert run(wrong, "--ignore", "direction.s").exit_code == 2


def test_json_is_what_http_gives(wrong: Path) -> None:
    assert json.loads(run(wrong, "--format", "json").stdout) == extract(WRONG).findings_to_dict()
    several = json.loads(run(wrong, wrong, "--format", "json").stdout)
    assert [answer["file"] for answer in several] == [str(wrong)] * 2


def test_a_document_with_nothing_to_check_says_so() -> None:
    assert "没有可以核对的数字。" in run("-", given="今天天气很好。").stdout
    assert "没有可以核对的数字。" in run("-", "--format", "html", given="今天天气很好。").stdout


def test_a_file_that_is_not_there_is_named_and_the_others_are_checked(wrong: Path) -> None:
    found = run(wrong.with_name("none.txt"), wrong)
    assert found.exit_code == 1
    assert "none.txt" in found.stderr
    assert "direction.sign" in found.stdout


# ---- the page ----------------------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """Tags and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        assert not any(name in ("src", "href", "onclick") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_escapes_everything() -> None:
    page = b"".join(as_page([("<img src=x onerror=1>&.txt", extract(HOSTILE))])).decode()
    seen = Seen()
    seen.feed(page)
    assert {"script", "b", "img"} & set(seen.tags) <= {"b"}
    assert "<b>主要" not in page
    assert "<script>alert(1)</script>" in seen.words
    assert "<img src=x onerror=1>&.txt" in seen.words
    assert "<b>主要原因</b>是&amp;" in seen.words


def test_the_page_is_one_file() -> None:
    page = b"".join(as_page([("a", extract(WRONG)), ("b", extract(RIGHT))])).decode()
    assert page.count("<section>") == 2
    assert "http://" not in page
    assert "https://" not in page
    assert "@media print" in page


def test_lone_surrogates_do_not_break_a_report() -> None:
    broken = extract("\ud800" + WRONG)
    for render in (as_page, as_rows, as_text):
        assert b"".join(render([("\udcff.txt", broken)]))


# ---- the spreadsheet ---------------------------------------------------------------------------------------------


def test_rows_are_read_back() -> None:
    raw = b"".join(as_rows([("a.txt", extract(WRONG))]))
    assert raw.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    assert (row["code"], row["printed"], row["expected"]) == ("direction.sign", "-31.69%", "31.69%")
    assert WRONG[int(row["start"]) : int(row["end"])] == row["text"]


def test_no_cell_is_a_formula() -> None:
    raw = b"".join(as_rows([("=cmd|' /C calc'!A0", extract(WRONG))])).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(raw)))["file"].startswith("'=")


# ---- HTTP --------------------------------------------------------------------------------------------------------


def test_findings_come_with_the_facts_unless_left_out(client: Client) -> None:
    answer = client.extract({"text": WRONG}).json()
    assert [finding["code"] for finding in answer["findings"]] == ["direction.sign"]
    assert {"code": "direction.sign", "consistent": 1, "inconsistent": 1, "not_checkable": 0, "why": {}} in answer[
        "checks"
    ]
    without = client.extract({"text": WRONG, "options": {"checks": False}}).json()
    assert not {"findings", "checks"} & set(without)
    assert without["facts"] == answer["facts"]


def test_check_gives_findings_alone(client: Client) -> None:
    answer = client.ask("POST", "/v1/check", json.dumps({"text": WRONG}).encode(), JSON).json()
    whole = client.extract({"text": WRONG}).json()
    assert answer == {name: value for name, value in whole.items() if name not in ("facts", "unclaimed", "coverage")}
    schema = client.get("/openapi.json").json()
    jsonschema.validate(answer, {**schema["components"]["schemas"]["CheckAnswer"], "components": schema["components"]})


def test_spans_of_findings_count_utf16_where_asked(client: Client) -> None:
    text = "𠮷" + WRONG
    (plain,) = client.extract({"text": text}).json()["findings"]
    (wide,) = client.extract({"text": text, "options": {"offsets": "utf16"}}).json()["findings"]
    assert wide["spans"][0]["start"] == plain["spans"][0]["start"] + 1


def test_every_check_is_listed_with_its_examples(client: Client) -> None:
    listed = client.get("/v1/checks").json()["checks"]
    assert [check["code"] for check in listed] == [code.code for code in CODES]
    assert all(check["meaning"] and check["fires"] and check["silent"] and check["severity"] for check in listed)
