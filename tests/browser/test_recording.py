"""A recording from the researcher's own disk: it plays beside the words and never leaves."""

import re
import wave
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Walker

FIRST = "Play from 00:00:04"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "group two.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes([128, 140, 128, 116]) * 2000 * 90)
    return path


def timed_desk(walker: Walker) -> str:
    """Return the address of a transcript with times, and open it."""
    rows = walker.context.request.get(f"{walker.base}/api/studies/demo/transcripts").json()
    number = next(row["id"] for row in rows if row["file_name"].endswith(".vtt"))
    path = f"/studies/demo/transcripts/{number}/"
    walker.go(path)
    return path


def position(page: Page) -> float:
    at: float = page.eval_on_selector("[data-media]", "media => media.currentTime")
    return at


def paused(page: Page) -> bool:
    still: bool = page.eval_on_selector("[data-media]", "media => media.paused")
    return still


def open_recording(page: Page, recording: Path) -> None:
    page.get_by_role("button", name="Recording").click()
    page.locator("[data-file]").set_input_files(recording)
    expect(page.locator("[data-play]")).to_be_visible()


@pytest.mark.browser
def test_times_play_the_recording_and_nothing_is_sent(walker: Walker, recording: Path) -> None:
    timed_desk(walker)
    page, sent = walker.page, []
    page.on("request", lambda request: sent.append(request))
    walker.look("recording-before")
    open_recording(page, recording)
    turn = page.locator("[data-turn]").nth(2)
    turn.get_by_role("button", name=re.compile("Play from")).click()
    expect(page.locator("[data-play]")).to_have_text("Pause")
    hours, minutes, seconds = map(int, turn.locator(".at").inner_text().split(":"))
    said_at = hours * 3600 + minutes * 60 + seconds
    assert said_at > 10
    assert said_at <= position(page) < said_at + 3
    expect(turn).to_have_class(re.compile("heard"))
    walker.look("recording-after")
    page.keyboard.press("Alt+k")
    assert paused(page)
    at = position(page)
    page.keyboard.press("Alt+l")
    assert position(page) == pytest.approx(at + 5, abs=0.1)
    page.keyboard.press("Alt+j")
    assert position(page) == pytest.approx(at, abs=0.1)
    page.keyboard.press("Alt+.")
    assert page.eval_on_selector("[data-media]", "media => media.playbackRate") == 1.25
    page.keyboard.press("Alt+,")
    page.keyboard.press("Alt+k")
    assert not paused(page)
    page.locator("[data-close-recording]").click()
    assert paused(page)
    others = [r for r in sent if not r.url.startswith("blob:")]
    assert {request.method for request in others} <= {"GET"}
    assert not [request for request in others if request.post_data_buffer]


@pytest.mark.browser
def test_a_shift_is_kept_and_a_reload_says_how_to_go_on(walker: Walker, recording: Path) -> None:
    timed_desk(walker)
    page = walker.page
    open_recording(page, recording)
    page.locator("[data-shift]").fill("10")
    page.get_by_role("button", name=FIRST).click()
    expect(page.locator("[data-play]")).to_have_text("Pause")
    assert 14 <= position(page) < 17
    page.keyboard.press("Alt+k")
    page.reload()
    page.get_by_role("button", name="Recording").click()
    expect(page.locator("[data-recording-said]")).to_contain_text("Open “group two.wav” again")
    page.locator("[data-file]").set_input_files(recording)
    expect(page.locator("[data-shift]")).to_have_value("10")
    assert position(page) >= 14


@pytest.mark.browser
def test_the_text_follows_until_the_reader_scrolls(walker: Walker, recording: Path) -> None:
    timed_desk(walker)
    page = walker.page
    page.set_viewport_size({"width": 390, "height": 844})
    open_recording(page, recording)
    walker.look("recording-phone")
    page.get_by_role("button", name=FIRST).click()
    seek = "[data-media]"
    page.eval_on_selector(seek, "media => { media.currentTime = 85 }")
    expect(page.locator(".turn.heard")).to_be_in_viewport()
    assert page.locator(".turn.heard").get_attribute("id") != "t1"
    page.locator(".turn.heard").hover()
    page.mouse.wheel(0, 400)
    expect(page.locator("[data-follow]")).not_to_be_checked()
    page.eval_on_selector(seek, "media => { media.currentTime = 7 }")
    expect(page.locator("#t1")).to_have_class(re.compile("heard"))
    page.wait_for_timeout(600)
    expect(page.locator("#t1")).not_to_be_in_viewport()


@pytest.mark.browser
def test_a_transcript_without_times_and_a_file_that_is_none_say_so(
    walker: Walker, recording: Path, tmp_path: Path
) -> None:
    rows = walker.context.request.get(f"{walker.base}/api/studies/demo/transcripts").json()
    number = next(row["id"] for row in rows if row["file_name"].endswith(".txt"))
    page = walker.go(f"/studies/demo/transcripts/{number}/")
    open_recording(page, recording)
    expect(page.locator("[data-recording-said]")).to_contain_text("has no times")
    (tmp_path / "notes.mp3").write_text("no sound in here")
    page.locator("[data-file]").set_input_files(tmp_path / "notes.mp3")
    expect(page.locator("[data-recording-said]")).to_contain_text("cannot play “notes.mp3”")


@pytest.mark.browser
def test_times_are_read_however_they_are_written(walker: Walker) -> None:
    timed_desk(walker)
    read = walker.page.evaluate(
        """async () => {
          const { seconds } = await import("/static/js/recording-times.mjs");
          const texts = ["1:02", "00:01:02", "[00:01:02.500]", "00:01:02,5", "1:00:00", "noon", ""];
          return texts.map(seconds);
        }"""
    )
    assert read == [62, 62, 62.5, 62.5, 3600, None, None]
