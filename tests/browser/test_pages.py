"""The pages in a browser: with scripts and without, by keyboard, narrow, dark, printed; nothing forbidden in any."""

import os
import threading
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTE = EXAMPLES / "notes" / "ot-stock-phrases.txt"
VISIT = EXAMPLES / "visits" / "pt-knee-units-over.json"
CHROMIUM = next((path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None)
#: A browser that asks nobody anything; as root it needs its own sandbox off.
FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
#: WCAG 2.2, levels A and AA, and what axe holds for good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: What colours alone decide.
COLOURS = ("color-contrast",)
PAGES = (
    "/", "/units", "/codes", "/codes/97530", "/codes/97530?with=97150", "/pairs?one=97530&other=97150",
    "/contractors?place=75201", "/price?code=97530&units=2&place=75201&on=2025-03-04", "/rules?family=units",
    "/rules/UNT101", "/policy", "/denials", "/nowhere", "/codes/00000",
)  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address():
    """Where the pages are served for these tests."""
    import uvicorn

    from quarterhour.web.app import create

    server = uvicorn.Server(uvicorn.Config(create(), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *root])
        yield found
        found.close()


@pytest.fixture
def opened(browser, address):
    """A function that opens a page; what its console complains of fails the test."""
    complaints, contexts = [], []

    def new(at="/", **how):
        context = browser.new_context(**({"viewport": WIDE} | how))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        # That an address was answered with a refusal is told in the console too, and is what some tests ask for.
        page.on("console", lambda told: None if "status of 4" in told.text else complaints.append(told.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + at)
        return page

    yield new
    for context in contexts:
        context.close()
    assert complaints == []


def checked(page, path):
    page.set_input_files("#f-files", [path])
    page.click("form.check button[type=submit]")
    page.wait_for_selector(".verdict")
    return page


def violations(page, rules=RULES):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in found]


def overflow(page):
    """How much wider the page is than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("at", PAGES)
def test_a_page_is_accessible_and_fits_wide_and_narrow_light_and_dark(opened, at):
    page = opened(at)
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert overflow(page) <= 0
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []


@pytest.mark.parametrize("path", [NOTE, VISIT], ids=["note", "visit"])
def test_an_answer_is_accessible_and_its_first_finding_is_seen_at_once(opened, path):
    page = checked(opened(), path)
    box = page.locator(".finding").first.bounding_box()
    assert box["y"] + box["height"] < WIDE["height"]
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert overflow(page) <= 0
    assert page.locator(".finding").first.bounding_box()["y"] < NARROW["height"]
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_note_is_corrected_and_checked_again_with_scripts_and_without(opened, scripts):
    page = opened(java_script_enabled=scripts)
    page.fill("#f-text", NOTE.read_text())
    page.click("form.check button[type=submit]")
    page.wait_for_selector(".finding")
    before = page.locator(".finding").count()
    text = page.input_value("#f-text")
    assert text == NOTE.read_text()
    page.fill("#f-text", text + "\nPlan: OT twice a week for 4 weeks; next visit fine pinch with 2 lb putty.\n")
    page.click("form.check button[type=submit]")
    page.wait_for_selector(".finding")
    assert page.locator(".finding").count() <= before
    assert page.locator("#f-questions").input_value().startswith("- ")
    assert page.url.endswith("/")
    # The button that copies needs a script; the text can be copied without.
    assert page.locator("text=Copy the questions").count() == int(scripts)


def test_a_worklist_is_accessible_and_fits(opened):
    page = opened("/denials")
    page.set_input_files("#f-files", sorted((EXAMPLES / "remittances").iterdir()))
    page.click("button:text-is('Work')")
    page.wait_for_selector("article")
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert overflow(page) <= 0


def test_words_and_findings_lead_to_each_other(opened):
    page = checked(opened(), NOTE)
    page.locator(".words a").first.click()
    marked = page.evaluate("document.querySelector(':target').nextElementSibling.tagName")
    assert marked == "MARK"
    page.locator("mark + sup a, sup a").first.click()
    assert page.evaluate("document.querySelector(':target').classList.contains('finding')")


@pytest.mark.parametrize("scripts", [True, False])
def test_minutes_are_counted_and_rows_added_with_scripts_and_without(opened, scripts):
    page = opened("/units", java_script_enabled=scripts)
    before = page.locator("input[name=code]").count()
    for place, (code, minutes) in enumerate((("97112", "24"), ("97110", "23"))):
        page.locator("input[name=code]").nth(place).fill(code)
        page.locator("input[name=minutes]").nth(place).fill(minutes)
    page.click("button:has-text('More rows')")
    page.wait_for_function(f"document.querySelectorAll('input[name=code]').length > {before}") if scripts else None
    assert page.locator("input[name=code]").count() > before
    assert page.locator("input[name=code]").first.input_value() == "97112"
    page.click("button:text-is('Count')")
    page.wait_for_selector(".total")
    assert "3 units" in page.locator(".total").first.inner_text()
    if scripts:
        assert violations(page) == []


def test_by_keyboard_the_first_stop_leads_to_the_content_and_the_form_is_sent(opened):
    page = opened("/pairs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("97530")
    page.keyboard.press("Tab")
    page.keyboard.type("97150")
    page.keyboard.press("Enter")
    page.wait_for_selector("#status")
    assert "97530 and 97150" in page.inner_text("#status").replace("97150 and 97530", "97530 and 97150")


def test_nothing_in_a_note_runs(opened):
    page = opened()
    page.on("dialog", lambda _: pytest.fail("a note ran a script"))
    page.fill("#f-text", "97530 24 min <script>alert(1)</script></textarea><img src=x onerror=alert(2)><b>x</b>")
    page.click("form.check button[type=submit]")
    page.wait_for_selector(".note")
    assert "<script>alert(1)</script></textarea>" in page.inner_text(".note")
    assert page.locator(".note b, .note img, .note script, form img").count() == 0


def test_printed_it_holds_findings_and_note_and_no_form(opened):
    page = checked(opened(), NOTE)
    page.emulate_media(media="print")
    assert page.locator(".finding").first.is_visible()
    assert page.locator(".note").first.is_visible()
    assert not page.locator("#f-text").is_visible()
    assert not page.locator("nav").is_visible()
    assert len(page.pdf()) > 10_000


def test_too_much_is_refused_on_a_page(opened, tmp_path):
    large = tmp_path / "large.bin"
    large.write_bytes(b"x" * (33 * 1024 * 1024))
    page = opened()
    page.set_input_files("#f-files", [large])
    page.click("form.check button[type=submit]")
    page.wait_for_selector("h1:has-text('413')")


def test_a_page_stands_soon(opened):
    page = opened("/rules?about=kx")
    page.goto(page.url)
    took = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    assert took < 1000  # measured: about 20 ms; a busy machine must not fail it
