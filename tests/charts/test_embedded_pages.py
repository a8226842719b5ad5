"""Figures in a page: packaged scripts that are what they say, and JSON that cannot break out."""

import hashlib
import json
from importlib import resources

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.charts import vendor
from schoolsim.charts.embed import bundles, safe_json, script_hash

VERSIONS = json.loads((resources.files("schoolsim") / "data" / "js" / "versions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("packaged", VERSIONS, ids=lambda packaged: packaged["name"])
def test_packaged_script_has_the_hash_it_is_listed_with(packaged):
    content = (resources.files("schoolsim") / "data" / "js" / packaged["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == packaged["sha256"]


@pytest.mark.parametrize("name", vendor.PINNED)
def test_every_packaged_script_brings_its_licence(name):
    licence = (resources.files("schoolsim") / "data" / "js" / f"{name}.LICENSE").read_text(encoding="utf-8")
    assert "Redistribution and use" in licence


def test_packaged_versions_are_those_altair_writes_for():
    versions = {packaged["name"]: packaged["version"] for packaged in VERSIONS}
    assert versions == vendor.PINNED
    assert versions["vega-lite"] == alt.VEGALITE_VERSION
    assert versions["vega"].split(".")[0] == alt.VEGA_VERSION
    assert versions["vega-embed"].split(".")[0] == alt.VEGAEMBED_VERSION


def test_no_packaged_script_would_end_its_own_element():
    assert not any("</script" in script.lower() or "<!--" in script for script in bundles())


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_safe_json_reads_back_and_never_closes_an_element(value):
    text = safe_json(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


def test_safe_json_refuses_what_json_cannot_hold():
    with pytest.raises(ValueError, match="not JSON compliant"):
        safe_json(float("nan"))


def test_script_hash_is_the_one_browsers_compute():
    assert script_hash("alert(1)") == "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="
