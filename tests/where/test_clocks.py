"""Clocks in local time have the zone of the place spoken of."""

from __future__ import annotations

import pytest

from rasd import Reader


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("بدأت المحادثات في إسطنبول الساعة الرابعة عصرا بالتوقيت المحلي.", "Europe/Istanbul"),
        ("بدأت المحادثات الساعة الرابعة عصرا بالتوقيت المحلي في طوكيو.", "Asia/Tokyo"),
        ("بدأت المحادثات في باريس، ثم في بيروت الساعة الرابعة عصرا بالتوقيت المحلي.", "Asia/Beirut"),
        ("بدأت المحادثات في باريس الساعة الرابعة عصرا بتوقيت القاهرة.", "Africa/Cairo"),
        ("بدأت المحادثات الساعة الرابعة عصرا بالتوقيت المحلي.", "local"),
        ("بدأت المحادثات في باريس الساعة الرابعة عصرا.", None),
    ],
)
def test_zone_of_a_clock(text: str, zone: str | None, reader: Reader) -> None:
    (time,) = reader.read(text, published="2020-06-15").times
    assert time.zone == zone
