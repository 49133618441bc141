"""The settings, and the file that lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import AssistantSettings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
_ENTRY = re.compile(
    r"^# (?P<description>.+)\n(?P<off># )?(?P<name>ASSISTANT_[A-Z_]+)=(?P<value>.*)$", re.MULTILINE
)


@pytest.fixture(autouse=True)
def no_outside_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the variables nor the .env of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for field in AssistantSettings.model_fields:
        monkeypatch.delenv(f"ASSISTANT_{field.upper()}", raising=False)


def test_the_example_lists_every_setting_with_its_default() -> None:
    entries = {match["name"]: match for match in _ENTRY.finditer(EXAMPLE.read_text(encoding="utf-8"))}
    fields = AssistantSettings.model_fields
    assert list(entries) == [f"ASSISTANT_{name.upper()}" for name in fields]
    for name, field in fields.items():
        entry = entries[f"ASSISTANT_{name.upper()}"]
        assert entry["description"] == field.description
        if field.default is None:
            assert (entry["off"], entry["value"]) == ("# ", ""), "an unset setting is commented out"
        else:
            assert (entry["off"], entry["value"]) == (None, str(field.default))


def test_the_example_itself_is_a_valid_file_of_defaults(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert AssistantSettings() == AssistantSettings.model_construct(
        **{name: field.default for name, field in AssistantSettings.model_fields.items()}
    )


def test_a_variable_goes_before_the_file_and_an_option_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("ASSISTANT_PORT=7001\nASSISTANT_COLLECTION=essai\n", encoding="utf-8")
    assert AssistantSettings().port == 7001
    monkeypatch.setenv("ASSISTANT_PORT", "7002")
    assert AssistantSettings().port == 7002
    assert AssistantSettings(port=7003).port == 7003
    assert AssistantSettings().collection == "essai"


def test_what_others_keep_in_the_file_is_ignored(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OTHER=1\nASSISTANT_SOON=1\n", encoding="utf-8")
    assert AssistantSettings().port == 7860


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("PORT", "http"),
        ("LOG_LEVEL", "loud"),
        ("COLLECTION", "A b"),
        ("COLLECTION", "../x"),
    ],
)
def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        AssistantSettings()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        AssistantSettings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workers", "0"),
        ("workers", "65"),
        ("limits_store", "memcached://127.0.0.1"),
        ("limits_store", "redis://"),
        ("limits_store", "redis://h:0"),
        ("limits_store", "redis://h:port"),
    ],
)
def test_a_wrong_number_of_processes_or_store_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        AssistantSettings()


def test_a_store_is_never_shown_with_its_password() -> None:
    settings = AssistantSettings(limits_store="rediss://:secret@redis.example.org/1")  # type: ignore[arg-type]
    assert settings.limits_store is not None
    assert "secret" not in repr(settings)
    assert AssistantSettings(limits_store=" ").limits_store is None  # type: ignore[arg-type]
