"""The register of mechanisms: complete, and honest about what is built."""

from schoolsim.mechanisms import Mechanism, built_mechanisms, mechanisms, switched_off


def test_there_are_eighty_in_order():
    assert list(mechanisms()) == [f"M{number:02}" for number in range(1, 81)]


def test_identifiers_in_code_carry_the_names_of_the_register():
    assert {member.name.lower(): str(member) for member in Mechanism} == {
        entry.name: entry.id for entry in mechanisms().values()
    }


def test_those_that_are_built_have_a_switch():
    assert built_mechanisms() == [
        "M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11", "M12", "M13", "M14", "M15", "M16",
        "M17", "M18", "M19", "M20", "M21", "M22", "M23", "M24", "M25", "M26", "M27", "M28", "M29", "M30", "M31", "M33",
        "M34", "M35", "M36", "M37", "M38", "M39", "M43", "M46", "M47", "M48", "M49", "M50", "M51"
    ]  # fmt: skip


def test_a_pattern_turns_off_only_mechanisms_that_are_built_and_no_patterns():
    named = [name for entry in mechanisms().values() for name in entry.switches]
    assert {mechanisms()[name].kind for name in named} <= {"process", "structure"}
    assert set(named) <= set(built_mechanisms())


def test_every_built_pattern_names_what_it_switches():
    patterns = [entry for entry in mechanisms().values() if entry.kind == "pattern" and entry.built]
    assert all(entry.switches for entry in patterns)


def test_what_is_on_is_not_off():
    assert switched_off({"M36": True, "M37": False}) == {"M37"}
