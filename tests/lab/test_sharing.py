"""Comparisons as links and scenarios as files, from friends and from strangers."""

import base64
import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schoolsim.cli.arguments import MAX_REPLICATES
from schoolsim.errors import InputError
from schoolsim.lab import sharing
from schoolsim.lab.sharing import Request, from_link, from_upload, to_link, to_yaml
from schoolsim.mechanisms import built_mechanisms
from schoolsim.parameters import load_sheets
from schoolsim.policy.levers import levers
from schoolsim.policy.regimes import regime_names
from schoolsim.scenario import load_scenario, scenario_from, shipped_scenarios
from schoolsim.yaml_source import MAX_BYTES
from tests.little import plan

TITLES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
FREE = load_sheets().free()


def _setting(lever):
    if lever.kind == "flag":
        return st.booleans()
    if lever.kind == "choice":
        return st.sampled_from(list(lever.options))
    return st.integers(int(lever.low), int(lever.high)) if lever.whole else st.floats(lever.low, lever.high)


def _some(entries):
    """A few keys of a mapping of strategies, each with a value."""
    return st.lists(st.sampled_from(list(entries)), unique=True, max_size=3).flatmap(
        lambda keys: st.fixed_dictionaries({key: entries[key] for key in keys})
    )


LEVERS = _some({name: _setting(lever) for name, lever in levers().items()})
PARAMETERS = _some({row.path: st.floats(*row.prior.bounds) for row in FREE})
CHANGES = LEVERS.flatmap(
    lambda some: st.tuples(
        *(
            st.fixed_dictionaries(
                {"path": st.just(path), "value": st.just(value), "from": st.integers(1, 5)},
                optional={"until": st.integers(5, 50), "replaces": st.booleans()},
            )
            for path, value in some.items()
        )
    ).map(list)
)
SCENARIOS = st.fixed_dictionaries(
    {"name": st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True), "title": TITLES,
     "place": st.sampled_from(["toytown", "salford", "355"]), "years": st.integers(5, 50)},
    optional={"description": st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
              "vintage": st.sampled_from(["england_2019", "england_1997"]), "halo": st.sampled_from(["none", "full"]),
              "seed": st.integers(0, 2**32 - 1), "settling_years": st.integers(0, 10),
              "regime": st.sampled_from(regime_names()), "levers": LEVERS, "changes": CHANGES,
              "mechanisms": _some({key: st.booleans() for key in built_mechanisms()}), "parameters": PARAMETERS},
).map(scenario_from)  # fmt: skip


def packed(content):
    """Anything as a link."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("=")


def linked(**changes):
    """The content of a good link, with changes."""
    shared = {"place": "toytown", "vintage": "england_2019", "halo": "near", "years": 3, "seed": 1}
    good = {"version": 1, "replicates": 5, "shared": shared, "scenarios": ["stand-still"]}
    return good | changes


@settings(max_examples=60)
@given(SCENARIOS)
@example(plan(title="yes", description=" leads: [and] # ends\n\n"))
def test_a_scenario_written_as_a_file_is_read_back_equal(tmp_path_factory, scenario):
    file = tmp_path_factory.getbasetemp() / "again.yaml"
    file.write_text(to_yaml(scenario), encoding="utf-8")
    assert load_scenario(file) == scenario
    assert from_upload("again.yaml", file.read_bytes()) == scenario


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario_can_be_sent(name, tmp_path):
    scenario = load_scenario(name)
    (tmp_path / "sent.yaml").write_text(to_yaml(scenario), encoding="utf-8")
    assert load_scenario(tmp_path / "sent.yaml") == scenario
    assert from_link(to_link(Request((scenario,), 3))) == Request((scenario,), 3)


@settings(max_examples=50)
@given(SCENARIOS, SCENARIOS, st.integers(1, 1000))
def test_a_request_sent_as_a_link_is_read_back_equal(first, second, replicates):
    shared = {key: getattr(first, key) for key in sharing.SHARED}
    short = [change for change in second.changes if change.start <= first.years]
    other = replace(second, **shared, name=f"{first.name[:50]}-x", changes=tuple(short))
    request = Request((first, other), replicates)
    assert from_link(to_link(request)) == request


def test_a_link_goes_unharmed_through_an_address():
    text = to_link(usual())
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert from_link(f" {text}\n") == usual()


def usual(**shared):
    names = ("stand-still", "neighbourhood-allocation", "open-enrolment-without-tables")
    return Request(tuple(replace(load_scenario(name), **shared) for name in names), 10)


def test_shipped_scenarios_make_a_short_link():
    request = usual(place="rutland", years=5, seed=7, vintage="england_1997", halo="full")
    assert len(to_link(request)) < 250
    assert from_link(to_link(request)) == request
    assert (request.place, request.years, request.seed, request.halo) == ("rutland", 5, 7, "full")


def test_a_shipped_name_with_another_content_is_sent_in_full():
    changed = replace(load_scenario("stand-still"), levers={"league_tables.published": False})
    assert from_link(to_link(Request((changed,)))).plans[0].levers == {"league_tables.published": False}


def test_a_change_after_the_last_year_is_left_out():
    late = scenario_from({"name": "late", "title": "Late", "place": "toytown", "years": 9, "changes": [
        {"path": "setting.subjects", "value": 5, "from": 8}]})  # fmt: skip
    cut = replace(late, years=3)
    assert from_upload("cut", to_yaml(cut).encode()) == replace(cut, changes=())
    assert from_link(to_link(Request((cut,)))).plans == (replace(cut, changes=()),)


def test_a_regime_of_a_file_of_its_own_is_not_sent_by_name(tmp_path):
    (tmp_path / "mine.yaml").write_text("name: without-tables\ntitle: Mine\nlevers: {setting.subjects: 8}\n")
    (tmp_path / "plan.yaml").write_text("name: p\ntitle: P\nplace: toytown\nregime: mine.yaml\n")
    scenario = load_scenario(tmp_path / "plan.yaml")
    for send in (to_yaml, lambda scenario: to_link(Request((scenario,)))):
        with pytest.raises(InputError, match="file of its own") as refused:
            send(scenario)
        assert str(tmp_path) not in str(refused.value)


def test_a_place_of_ones_own_is_named_by_its_folder_and_never_by_its_path(tmp_path):
    scenario = replace(plan(), place=str(tmp_path / "my-town"))
    assert "place: ./my-town\n" in to_yaml(scenario) and str(tmp_path) not in to_yaml(scenario)
    with pytest.raises(InputError, match="place of your own") as refused:
        to_link(Request((scenario,)))
    assert str(tmp_path) not in str(refused.value)


def test_plans_that_cannot_be_paired_are_no_request():
    one = plan()
    with pytest.raises(InputError, match="same name"):
        Request((one, one))
    for change in ({"years": 7}, {"place": "rutland"}, {"seed": 9}, {"halo": "none"}, {"vintage": "england_1997"}):
        with pytest.raises(InputError, match=f"differ in {next(iter(change))}"):
            Request((one, replace(one, name="other", **change)))
    for plans, replicates in (((), 1), ((one,), 0), ((one,), True), ((one,), 10**6)):
        with pytest.raises(InputError):
            Request(plans, replicates)
    assert sharing.MOST_REPLICATES == MAX_REPLICATES


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "another version"),
        ({"replicates": "many"}, "replicates"),
        ({"scenarios": []}, "needs scenarios"),
        ({"scenarios": ["stand-stil"]}, "link, scenario 1: unknown scenario"),
        ({"scenarios": ["../../secret.yaml"]}, "unknown scenario"),
        ({"scenarios": [7]}, "unknown scenario"),
        ({"scenarios": ["stand-still"] * 2}, "same name"),
        ({"scenarios": ["stand-still"] * 13}, "no link"),
        ({"scenarios": [{"name": "a", "title": "A", "years": 5}]}, "beside what all scenarios share"),
        ({"scenarios": [{"name": "a", "title": "A", "levers": {"setting.subject": 3}}]}, "Did you mean 'setting.sub"),
        ({"scenarios": [{"name": "a", "title": "A", "levers": {"setting.subjects": 1e9}}]}, "out of bounds"),
        ({"scenarios": [{"name": "a", "title": "A", "regime": "mine.yaml"}]}, "outside the scenario's folder"),
        ({"shared": {}}, "share"),
        ({"more": 1}, "no link"),
    ],
)
def test_what_is_wrong_in_a_link_is_said_as_in_a_file(changes, message):
    with pytest.raises(InputError, match=message):
        from_link(packed(linked(**changes)))


@pytest.mark.parametrize(
    ("key", "value"), [("place", "atlantis"), ("years", 0), ("seed", -1), ("vintage", "1066"), ("halo", "all")]
)
def test_what_all_share_is_checked_as_well(key, value):
    with pytest.raises(InputError, match=f"this link.*key: {key}"):
        from_link(packed(linked(shared=linked()["shared"] | {key: value})))


@pytest.fixture
def town_of_the_server(tmp_path):
    """A folder that the server can read and a stranger must not."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "schools.csv").write_text("canary\n")
    (tmp_path / "regime.yaml").write_text("name: r\ntitle: canary\n")
    return tmp_path


@pytest.mark.parametrize("place", ["{}/secret", "./secret", "../secret", "secret/", "..\\secret"])
def test_nothing_sent_reaches_a_folder_of_this_computer(town_of_the_server, monkeypatch, place):
    monkeypatch.chdir(town_of_the_server)
    named = place.format(town_of_the_server)
    sent = f"name: a\ntitle: A\nplace: '{named}'\n".encode()
    tries = [lambda: from_link(packed(linked(shared=linked()["shared"] | {"place": named})))]
    tries += [lambda name=name: from_upload(name, sent) for name in ("a.yaml", f"{town_of_the_server}/a.yaml")]
    for attempt in tries:
        with pytest.raises(InputError, match="outside the scenario's folder") as refused:
            attempt()
        assert "canary" not in str(refused.value)


def test_the_name_of_an_upload_opens_no_regime_beside_it(town_of_the_server):
    sent = b"name: a\ntitle: A\nplace: toytown\nregime: regime.yaml\n"
    with pytest.raises(InputError, match="outside the scenario's folder"):
        from_upload(str(town_of_the_server / "a.yaml"), sent)


def test_nobody_is_told_which_folders_there_are(town_of_the_server, monkeypatch):
    monkeypatch.chdir(town_of_the_server)
    with pytest.raises(InputError, match="unknown place") as refused:
        from_upload("a.yaml", b"name: a\ntitle: A\nplace: secret\n")
    assert "./secret" not in str(refused.value)


def test_a_large_town_is_not_built_to_be_checked(monkeypatch):
    monkeypatch.setattr("schoolsim.places.place.build_town", None)
    assert from_upload("a.yaml", b"name: a\ntitle: A\nplace: toytown:500x5000\n").place == "toytown:500x5000"
    for size in ("501x5000", "9" * 5000 + "x1", "x"):
        with pytest.raises(InputError, match="generated town"):
            from_upload("a.yaml", f"name: a\ntitle: A\nplace: toytown:{size}\n".encode())


def test_mistakes_in_an_upload_are_told_with_name_line_and_guess():
    with pytest.raises(InputError, match=r"^town\.yaml:4: unknown lever; key: .* Did you mean 'setting\.subjects'"):
        from_upload("town.yaml", b"name: a\ntitle: A\nplace: toytown\nlevers: {setting.subject: 3}\n")


def test_the_name_of_an_upload_is_one_short_line():
    with pytest.raises(InputError) as refused:
        from_upload("a\n\x1b[31m" * 500, b"- list")
    assert str(refused.value).isprintable() and len(str(refused.value)) < 300


def test_an_upload_is_measured_by_its_bytes():
    with pytest.raises(InputError, match="too large"):
        from_upload("big.yaml", b"#" * (MAX_BYTES + 1))
    assert from_upload("fits.yaml", b"name: a\ntitle: A\nplace: toytown\n#".ljust(MAX_BYTES, b"x")).name == "a"


def test_a_link_is_never_unpacked_beyond_the_limit():
    with pytest.raises(InputError, match="damaged or incomplete"):
        from_link(packed(b"0" * 3_000_000))
    with pytest.raises(InputError, match="too long"):
        from_link("A" * (sharing.MOST_ENCODED + 1))


def test_too_much_for_a_link_is_said():
    numbers = {row.path: sum(row.prior.bounds) / 2 for row in FREE}
    words = "".join(chr(33 + place * 7919 % 3000) for place in range(3900))
    plans = tuple(replace(plan(), name=f"p{n}", description=words[n:], parameters=numbers) for n in range(4))
    with pytest.raises(InputError, match="too much for a link"):
        to_link(Request(plans))


def test_a_link_cut_short_or_altered_is_said_to_be_damaged():
    text = to_link(usual())
    for broken in ("", text[:-8], text[:50], text + "!", "é", text[:40] + "AAAA" + text[44:], f"{text} {text}"):
        with pytest.raises(InputError, match="damaged"):
            from_link(broken)


def answered(attempt, *given):
    """Nothing but an InputError of moderate length may come of it."""
    try:
        return attempt(*given)
    except InputError as error:
        told = str(error)
    assert 0 < len(told) < 2000
    return None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
KEYS = ("name", "title", "place", "years", "levers", "changes", "regime", "mechanisms", "parameters", "description")


@settings(max_examples=300)
@given(st.one_of(st.text(), st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode())))
def test_garbage_as_a_link_is_refused_in_one_message(text):
    assert answered(from_link, text) is None


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=60), JSON, st.just(b"[" * 60_000), st.just(b'{"a":' + b"9" * 6000 + b"}")))
def test_garbage_packed_like_a_link_is_refused_in_one_message(content):
    assert answered(from_link, packed(content)) is None


@settings(max_examples=200)
@given(
    st.dictionaries(st.sampled_from(list(linked())), JSON, max_size=2),
    st.dictionaries(st.sampled_from(KEYS), JSON, max_size=3),
    st.dictionaries(st.sampled_from(sharing.SHARED), JSON, max_size=2),
)
def test_a_link_with_anything_in_any_place_is_read_or_refused(top, inner, shared):
    own = {"name": "a", "title": "A"} | inner
    content = linked(scenarios=["stand-still", own], shared=linked()["shared"] | shared) | top
    request = answered(from_link, packed(content))
    assert request is None or from_link(to_link(request)) == request


def test_half_a_character_is_refused_before_anybody_shows_it():
    content = linked(scenarios=[{"name": "a", "title": "\ud800"}])
    with pytest.raises(InputError, match="damaged"):
        from_link(packed(content))


@settings(max_examples=300)
@given(st.text(max_size=30), st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_garbage_as_an_upload_is_refused_in_one_message(name, raw):
    assert answered(from_upload, name, raw) is None
