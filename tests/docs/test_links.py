"""Links lead somewhere."""

import pytest
from documents import ROOT, anchors, broken_links, markdown_files


@pytest.mark.parametrize("file", markdown_files(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_to_a_file_and_a_heading(file):
    assert broken_links(file) == []


def test_a_link_to_nothing_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Here\n\n[a](#here) [b](#there) [c](page.md) ![d](none.png)\n", encoding="utf-8")
    assert broken_links(page) == ["#there", "none.png"]


def test_a_link_inside_code_is_no_link(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```text\n[a](nowhere.md)\n```\n", encoding="utf-8")
    assert broken_links(page) == []


def test_a_heading_with_code_and_links_has_the_anchor_viewers_give_it():
    assert anchors("## The turn of the year (`cohorts`)\n# [M01](x.md) Groups") == {
        "the-turn-of-the-year-cohorts",
        "m01-groups",
    }
