"""The report: whole, alone, inert to hostile words, and readable whatever the frames lack."""

import json
import re
from html.parser import HTMLParser

import invented
import pytest

from schoolsim.lab import headlines
from schoolsim.lab.digest import Digest
from schoolsim.lab.report import body, content_policy, label, mark, render, typeset, write_report
from schoolsim.lab.sentences import Sentence
from schoolsim.lab.verdicts import Verdict
from schoolsim.metrics import METRICS

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\" onload='alert(3)' {{ 7*7 }} <!-- \u2028"
FETCHING = {"src", "href", "srcset", "action", "data", "poster", "background", "ping", "formaction", "cite"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements, the text of its scripts, and its visible words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements, self.scripts, self.words, self.in_script = [], [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.in_script = tag == "script"
        self.scripts += [""] if self.in_script else []

    def handle_endtag(self, tag):
        self.in_script = False

    def handle_data(self, data):
        if self.in_script:
            self.scripts[-1] += data
        else:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    @property
    def figures(self):
        return json.loads(self.scripts[0])


@pytest.fixture(scope="module")
def frames():
    """A small invented comparison: three replicates, two years."""
    return invented.metrics(replicates=3, years=2), invented.schools(replicates=3, years=2), invented.manifest()


@pytest.fixture(scope="module")
def page(frames):
    """The page of that comparison."""
    return Page(render(Digest.of(*frames)))


def test_first_heading_and_sentence_say_what_was_compared(page):
    assert "Inventon: who is left behind, and how much depends on the school?" in page.text
    assert "compared with stand-still, over two years: the same children and the same luck, 3 paired runs" in page.text


def test_a_reconstructed_place_is_marked_at_the_top(frames, page):
    metrics, schools, manifest = frames
    marked = manifest | {"place": manifest["place"] | {"reconstructed": ["Nothing here was recorded in 1997."]}}
    told = Page(render(Digest.of(metrics, schools, marked))).text
    assert told.index("Nothing here was recorded in 1997.") < told.index("What the runs show")
    assert "Nothing here was recorded" not in page.text


def test_every_section_is_there_and_linked(page):
    sections = [attributes["id"] for tag, attributes in page.elements if tag == "section"]
    assert sections == ["whom", "variation", "schools", "certainty", "mechanisms", "cost", "assumptions", "making"]
    links = {attributes["href"] for tag, attributes in page.elements if tag == "a"}
    assert {f"#{name}" for name in sections} <= links


def test_costs_are_said_not_to_be_modelled_until_a_metric_is_in_pounds(page, frames):
    assert "Costs are not modelled yet." in page.text
    metrics, schools, manifest = frames
    money = metrics[metrics["metric"] == "attendance"].assign(metric="spending_per_pupil_gbp")
    assert "Costs are not modelled yet." not in Page(render(Digest.of(money, schools, manifest))).text


def test_every_figure_has_its_place_its_words_and_a_table_below(page):
    places = {a["id"]: a for tag, a in page.elements if tag == "div" and a.get("class") == "figure"}
    assert places.keys() == page.figures.keys()
    assert all(
        a["role"] == "img" and a["aria-label"] == page.figures[name]["description"] for name, a in places.items()
    )
    assert len(places) > 25


def test_the_page_fetches_nothing(page):
    addresses = [value for _, attributes in page.elements for name, value in attributes.items() if name in FETCHING]
    assert all(address.startswith("#") for address in addresses)
    assert not {"link", "iframe", "object", "embed", "base", "form", "img"} & {tag for tag, _ in page.elements}


def test_no_style_and_no_figure_points_to_an_address(frames):
    text = render(Digest.of(*frames))
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "http" not in Page(text).scripts[0]


def test_policy_names_every_script_that_runs_and_allows_nothing_else(page):
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == content_policy(page.scripts[1:])
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def test_report_stays_below_four_megabytes_and_is_the_same_twice(tmp_path, frames):
    first, second = (write_report(tmp_path / name, *frames).read_bytes() for name in ("a.html", "b.html"))
    assert first == second
    assert len(first) < 4_000_000


@pytest.fixture(scope="module")
def attacked(frames):
    """The page of the same comparison with hostile words wherever people may write."""
    metrics, schools, manifest = frames
    words = json.loads(json.dumps(manifest))
    for scenario in words["scenarios"]:
        scenario |= {"title": scenario["name"] + HOSTILE, "description": HOSTILE}
    words["place"] |= {"title": HOSTILE, "attribution": HOSTILE, "imputed": [{"what": HOSTILE, "how": HOSTILE}]}
    words["parameters"][0] |= {"path": HOSTILE, "meaning": HOSTILE, "unit": HOSTILE, "source": [HOSTILE]}
    words["packages"] = {HOSTILE: HOSTILE}
    schools = schools.assign(school=schools["school"] + HOSTILE)
    metrics = metrics.assign(group=metrics["group"].replace("indian", HOSTILE))
    return Page(render(Digest.of(metrics, schools, words)))


def test_hostile_words_make_no_element_no_attribute_and_no_script(page, attacked):
    assert {tag for tag, _ in attacked.elements} == {tag for tag, _ in page.elements}
    assert attacked.scripts[1:] == page.scripts[1:]
    assert {name for _, attributes in attacked.elements for name in attributes} == {
        name for _, attributes in page.elements for name in attributes
    }


def test_hostile_words_are_still_shown_as_they_were_written(attacked):
    assert "{{ 7*7 }}" in attacked.text
    assert any("<script>alert(1)</script>" in json.dumps(figure) for figure in attacked.figures.values())


def test_hostile_words_never_become_an_expression_of_a_figure(attacked):
    keys = "labelExpr|expr|test|signal|calculate|filter"
    expressions = set(re.findall(rf'"(?:{keys})": "([^"]*)"', json.dumps(attacked.figures)))
    assert expressions
    assert not any("alert" in expression for expression in expressions)


def test_schools_carry_neutral_labels_only(page):
    assert "Schools carry neutral labels." in page.text
    assert "Inventon-S01" in page.text


def test_real_names_stand_beside_the_words_that_disown_them(frames):
    text = Page(render(Digest.of(*frames, {"Inventon-S01": "The <b>High</b> School"}))).text
    assert "Inventon-S01 (The <b>High</b> School)" in text
    assert "synthetic continuation, not a forecast or a judgement of this school" in text


def test_one_replicate_says_that_no_interval_can_be_shown():
    made = invented.metrics(1, 2), invented.schools(1, 2), invented.manifest()
    text = Page(render(Digest.of(*made))).text
    assert "There is one replicate only." in text
    assert "cannot be shown with one replicate" in text
    assert "nan" not in text.lower()


def test_metrics_without_any_value_are_left_out_without_complaint(frames):
    metrics, schools, manifest = frames
    lost = metrics["metric"].isin(["dissimilarity", "gap_months", "total_school_share"])
    text = Page(render(Digest.of(metrics.assign(value=metrics["value"].mask(lost)), schools, manifest))).text
    assert "Segregation by poverty, secondary" not in text
    assert "nan" not in text.lower()


def test_variance_between_authorities_of_one_authority_cannot_be_shown(page):
    assert "Variation between authorities cannot be shown: it has no value in Inventon." in page.text


def test_an_outcome_missing_under_one_regime_cannot_be_shown_for_it(frames):
    metrics, schools, manifest = frames
    lost = (metrics["metric"] == "first_preference_share") & (metrics["regime"] == "neighbourhood-allocation")
    text = Page(render(Digest.of(metrics.assign(value=metrics["value"].mask(lost)), schools, manifest))).text
    assert "does to the share of families given their first preference of secondary school cannot be shown" in text


def test_stand_still_alone_still_makes_a_report(frames):
    metrics, schools, manifest = frames
    alone = [frame[frame["regime"] == "stand-still"] for frame in (metrics, schools)]
    text = Page(render(Digest.of(*alone, manifest))).text
    assert "Stand-still alone, over two years; runs: 3." in text


def test_frames_with_categories_as_files_bring_them_read_the_same(frames):
    metrics, schools, manifest = frames
    words = {name: "category" for name in ("regime", "parameter_set", "metric", "phase", "group", "basis")}
    packed = metrics.astype(words), schools.astype({"school": "category", "phase": "category"}), manifest
    assert render(Digest.of(*packed)) == render(Digest.of(*frames))


def test_a_manifest_with_only_a_baseline_is_enough(frames):
    metrics, schools, _ = frames
    text = Page(render(Digest.of(metrics, schools, {"baseline": "stand-still"}))).text
    assert "this place: who is left behind" in text


@pytest.mark.parametrize(
    ("written", "shown"), [("[-0.1 to -0.2]", "[\u22120.1 to \u22120.2]"), ("Salford-S07", "Salford-S07")]
)
def test_minus_signs_are_set_before_numbers_and_not_inside_labels(written, shown):
    assert typeset(written) == shown


def test_a_finding_does_not_say_its_verdict_twice():
    sentence = Sentence(Verdict.LEVELLED_UP, "Levelled up: under this the gap is smaller.")
    assert (label(sentence), body(sentence)) == ("levelled up", "Under this the gap is smaller.")


def test_every_verdict_has_a_sign_that_needs_no_colour():
    assert all(mark(verdict) for verdict in Verdict)


def test_assumptions_are_listed_with_their_reason(page):
    assert "learning.peer_effect" in page.text
    assert "between two reviews" in page.text
    assert "national shares, the same in every school" in page.text


def test_every_hash_and_the_attribution_of_data_are_shown(page):
    assert "ab" * 32 in page.text
    assert "Invented for tests; contains no public sector information." in page.text


def test_words_of_the_report_are_those_of_registered_metrics():
    shares = [
        headlines.level_share(level, kind, 16).cell.metric for level in headlines.LEVELS for kind in headlines.KINDS
    ]
    others = [outcome.cell.metric for outcome in (*headlines.GLANCE, *headlines.between_schools("primary"))]
    ratios = [name + kind for name in headlines.RATIOS for kind in headlines.KINDS]
    spoken_of = {*shares, *others, *ratios, *headlines.GAP_RATES, headlines.GAP_MONTHS, headlines.REST_MEAN}
    assert spoken_of <= set(METRICS)
