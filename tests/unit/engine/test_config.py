from pathlib import Path

import pytest

from sync_engine import ConfigError, Policy
from sync_engine.config import Settings, load

GOOD = """
[districts.valley]
time_zone = "America/Denver"
[districts.valley.canvas]
url = "https://canvas.test/w/room-1/"
token = "env:CANVAS_TOKEN"
[districts.valley.oneroster]
url = "https://synergy.test/ims/oneroster/v1p1"
token_url = "https://synergy.test/oauth/token"
client_id = "client-1"
client_secret = "secret-1"
[districts.valley.policy]
name_length_max = "off"
group_match = "casefold"
requests_per_second = 5
refusal_words = [["nope", "READONLY-OFF-ERROR"]]
"""
ENVIRONMENT = {
    "GRADESYNC_CANVAS_URL": "https://canvas.test",
    "GRADESYNC_CANVAS_TOKEN": "token-1",
    "GRADESYNC_ONEROSTER_URL": "https://synergy.test/ims/oneroster/v1p1",
    "GRADESYNC_ONEROSTER_TOKEN_URL": "https://synergy.test/oauth/token",
    "GRADESYNC_ONEROSTER_CLIENT_ID": "client-1",
    "GRADESYNC_ONEROSTER_CLIENT_SECRET": "secret-1",
}


def read(folder: Path, text: str, **environment: str) -> Settings:
    (folder / "gradesync.toml").write_text(text, encoding="utf-8")
    return load(None, {"CANVAS_TOKEN": "token-1\n"} | environment, folder)


def test_a_file_makes_its_districts(tmp_path: Path) -> None:
    (district,) = read(tmp_path, GOOD).districts
    assert (district.key, district.time_zone) == ("valley", "America/Denver")
    assert district.canvas.url == "https://canvas.test/w/room-1"
    assert district.canvas.token == "token-1", (
        "from the environment, without the line break of a pasted value"
    )
    assert district.policy == Policy(
        name_length_max=None,
        group_match="casefold",
        requests_per_second=5.0,
        refusal_words=(("nope", "READONLY-OFF-ERROR"),),
    )


def test_without_a_file_the_environment_makes_one_district(tmp_path: Path) -> None:
    settings = load(None, ENVIRONMENT | {"GRADESYNC_LEDGER": "sqlite://"}, tmp_path)
    (district,) = settings.districts
    assert (district.key, settings.ledger) == ("default", "sqlite://")
    assert district.policy == Policy()


def test_the_short_names_of_the_variables_do_as_well(tmp_path: Path) -> None:
    short = {
        name.replace("ONEROSTER_TOKEN", "TOKEN").replace("ONEROSTER_CLIENT", "CLIENT"): value
        for name, value in ENVIRONMENT.items()
    }
    assert load(None, short, tmp_path) == load(None, ENVIRONMENT, tmp_path)


def test_a_named_file_goes_before_the_one_in_the_folder(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(GOOD.replace("valley", "hills"), encoding="utf-8")
    read(tmp_path, GOOD)
    for settings in (
        load(other, {"CANVAS_TOKEN": "t"}, tmp_path),
        load(None, {"CANVAS_TOKEN": "t", "GRADESYNC_CONFIG": str(other)}, tmp_path),
    ):
        assert [district.key for district in settings.districts] == ["hills"]


@pytest.mark.parametrize(
    ("right", "wrong", "place", "fix"),
    [
        ("client_id", "clientid", "districts.valley.oneroster", "client_id"),
        ('client_id = "client-1"', "", "districts.valley.oneroster.client_id", "missing"),
        ('client_id = "client-1"', 'client_id = ""', "districts.valley.oneroster.client_id", "empty"),
        (
            'client_id = "client-1"',
            "client_id = 5",
            "districts.valley.oneroster.client_id",
            "text, in quotes",
        ),
        ("https://canvas.test/w/room-1/", "canvas.test", "districts.valley.canvas.url", "https://"),
        (
            "https://canvas.test/w/room-1/",
            "https://a:b@canvas.test",
            "districts.valley.canvas.url",
            "name and password",
        ),
        (
            "https://canvas.test/w/room-1/",
            "https://canvas.test:port",
            "districts.valley.canvas.url",
            "https://",
        ),
        ("America/Denver", "Middle/Earth", "districts.valley.time_zone", "America/Los_Angeles"),
        ("env:CANVAS_TOKEN", "env:ABSENT", "districts.valley.canvas.token", "ABSENT"),
        ("group_match", "group_mach", "districts.valley.policy.group_mach", 'Did you mean "group_match"'),
        ('"casefold"', '"loosely"', "districts.valley.policy.group_match", "exact"),
        ('"off"', "0", "districts.valley.policy.name_length_max", "more than 0"),
        (
            '"off"',
            "true",
            "districts.valley.policy.name_length_max",
            'a whole number, without quotes, or "off"',
        ),
        ("= 5", "= 0", "districts.valley.policy.requests_per_second", "more than 0"),
        ('"nope"', '"("', "districts.valley.policy.refusal_words", "no pattern"),
        (
            'time_zone = "America/Denver"',
            'timezone = "America/Denver"',
            "districts.valley.timezone",
            "time_zone",
        ),
        (
            "[districts.valley.canvas]",
            "[districts.valley.canvass]",
            "districts.valley.canvass",
            'Did you mean "canvas"',
        ),
        ("[districts.valley]", 'legder = "x"\n[districts.valley]', "legder", 'Did you mean "ledger"'),
        ("= 5", '= "5"', "districts.valley.policy.requests_per_second", 'a number, without quotes, or "off"'),
        ('[["nope", "READONLY-OFF-ERROR"]]', '["nope"]', "districts.valley.policy.refusal_words", "pairs"),
        ('[["nope", "READONLY-OFF-ERROR"]]', '[["nope"]]', "valley.policy.refusal_words:", "pairs"),
        ('= "casefold"', "= true", "districts.valley.policy.group_match", "'exact', 'casefold'"),
        (GOOD, "", "gradesync.toml", "empty. Begin with [districts.NAME.canvas]"),
        (GOOD, "# nothing yet", "gradesync.toml", "empty. Begin with"),
        (GOOD, 'ledger = "sqlite://"', "districts", "missing"),
        (GOOD, "districts = 5", "districts", "a table of settings"),
        (GOOD, "[districts]", "districts", "empty"),
        (GOOD, "x = =", "TOML", "line 1"),
    ],
)
def test_what_is_wrong_is_one_line_with_the_file_the_key_and_the_fix(
    tmp_path: Path, right: str, wrong: str, place: str, fix: str
) -> None:
    assert right in GOOD
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, GOOD.replace(right, wrong, 1))
    said = str(caught.value)
    assert str(tmp_path / "gradesync.toml") in said
    assert place in said
    assert fix in said
    assert "\n" not in said
    assert "secret-1" not in said
    assert "nput should" not in said, "the checker's own words stay inside"


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "absent.toml", {}, tmp_path)


def test_a_folder_in_place_of_a_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path, {}, tmp_path)


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "gradesync.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(None, {}, tmp_path)


@pytest.mark.parametrize("missing", list(ENVIRONMENT))
def test_a_variable_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    rest = {name: value for name, value in ENVIRONMENT.items() if name != missing}
    with pytest.raises(ConfigError, match=missing):
        load(None, rest, tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GRADESYNC_CANVAS_URL", "canvas.test"),
        ("GRADESYNC_ONEROSTER_TOKEN_URL", "here"),
        ("GRADESYNC_TIME_ZONE", "Middle/Earth"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named_as_it_is_written(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ConfigError, match=f"^environment: {name}: ") as caught:
        load(None, ENVIRONMENT | {name: value}, tmp_path)
    assert "districts" not in str(caught.value)


def test_nothing_at_all_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gradesync\.toml.*GRADESYNC_CANVAS_URL.*--help"):
        load(None, {}, tmp_path)


def test_every_setting_of_the_policy_has_a_source() -> None:
    for name, each in Policy.__dataclass_fields__.items():
        assert each.metadata.get("source"), name
