"""For the tests in this folder: a running portal and a browser that watches for errors."""

from __future__ import annotations

import atexit
import base64
import contextlib
import os
import re
import unittest
import urllib.parse

import contract
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, Response, sync_playwright

from portal import Portal
from program import BINARY, ROOT  # noqa: F401

CHROMIUM = os.environ.get("OPENALMATY_CHROMIUM") or "/usr/bin/chromium"
SCREENSHOTS = ROOT / "var" / "screenshots"
# Select the software renderer explicitly: otherwise maps depend on the machine's graphics.
RENDERER = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PHONE, DESK = 360, 1280


class Stage:
    """One portal and one browser for all tests of the process, because loading the city takes a while."""

    _stage: Stage | None = None

    def __init__(self, settings: dict[str, str] | None = None, port: int = 0) -> None:
        with contextlib.ExitStack() as stack:
            self.portal = Portal(settings, port)
            stack.callback(self.portal.stop)
            playwright = sync_playwright().start()
            stack.callback(playwright.stop)
            self.browser = playwright.chromium.launch(executable_path=CHROMIUM, args=RENDERER)
            stack.callback(self.browser.close)
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self._ends = stack.pop_all()

    @classmethod
    def set(cls, settings: dict[str, str] | None = None, port: int = 0) -> Stage:
        """Returns the stage; the first call makes it, and it is removed when the process ends."""
        if cls._stage is None:
            cls._stage = cls(settings, port)
            atexit.register(cls._stage._ends.close)
        return cls._stage


class BrowserTest(unittest.TestCase):
    """Each test has a fresh browser context, and fails on any error in a page."""

    portal: Portal
    browser: Browser
    # Settings of a test file in addition to the usual ones.
    settings: dict[str, str] = {}
    port = 0

    @classmethod
    def setUpClass(cls) -> None:
        stage = Stage.set(cls.settings, cls.port)
        cls.portal, cls.browser = stage.portal, stage.browser

    def setUp(self) -> None:
        self.problems: list[str] = []
        # Statuses that a test provokes on purpose, and other hosts that it visits.
        self.expected: set[int] = set()
        self.neighbours: tuple[str, ...] = ()
        # Paths whose answers the test makes up itself, so that the document says nothing about them.
        self.invented: tuple[str, ...] = ()
        self._answers: list[Response] = []

    def tearDown(self) -> None:
        for answer in self._answers:
            self._check(answer)
        self.assertEqual(self.problems, [], "the browser complained")

    def open(self, path: str, width: int = DESK, **options: object) -> Page:
        """Opens a page of the portal in a new context and waits until it has loaded."""
        page = self.new_page(width, **options)
        page.goto(self.portal.base + path, wait_until="load")
        return page

    def new_page(self, width: int = DESK, **options: object) -> Page:
        """Makes an empty page in a new context and records its errors."""
        height = 800 if width >= 900 else 740
        options.setdefault("locale", "ru-RU")
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.addCleanup(context.close)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("console", lambda message: self._complain(self._is_error(message), f"console: {message.text}"))
        page.on("pageerror", lambda error: self._complain(True, f"script: {error}"))
        # A page that sends a new request aborts the previous one; that is not a failure.
        page.on(
            "requestfailed",
            lambda request: self._complain("ERR_ABORTED" not in (request.failure or ""), f"request: {request.url}"),
        )
        page.on(
            "response",
            lambda answer: self._complain(
                answer.status >= 400 and answer.status not in self.expected, f"{answer.status}: {answer.url}"
            ),
        )
        # Playwright marks its handlers, which a built-in method does not allow.
        page.on("response", lambda answer: self._answers.append(answer))
        page.on(
            "request",
            lambda request: self._complain(
                not request.url.startswith((self.portal.base, "data:", "blob:", *self.neighbours)),
                f"foreign host: {request.url}"
            ),
        )
        return page

    def _is_error(self, message) -> bool:
        """Whether a console error is more than the status of an expected response."""
        found = re.search(r"the server responded with a status of (\d+)", message.text)
        return message.type == "error" and not (found and int(found.group(1)) in self.expected)

    def _check(self, answer: Response) -> None:
        """Compares an answer with the OpenAPI document, without its body where the browser no longer has it."""
        if any(path in answer.url for path in self.invented):
            return
        body = None
        if "json" in answer.headers.get("content-type", ""):
            with contextlib.suppress(Error):
                body = answer.body()
        # The browser has unpacked the body.
        fields = {name: value for name, value in answer.headers.items() if name != "content-encoding"}
        try:
            contract.check(answer.request.method, answer.url, answer.status, fields, body)
        except contract.UndocumentedAnswer as fault:
            self._complain(True, str(fault))

    def _complain(self, wrong: bool, what: str) -> None:
        if wrong:
            self.problems.append(what)

    def open_map(self, path: str, width: int = DESK, **options: object) -> Page:
        """Opens a map page and waits until the map is drawn."""
        page = self.open(path, width, **options)
        self.wait_for_map(page)
        return page

    def wait_for_map(self, page: Page) -> None:
        """Waits until the map has nothing left to draw. Uses a function, because the page's policy forbids eval."""
        page.wait_for_function("() => document.documentElement.dataset.map === 'ready'", timeout=60_000)

    def on_map(self, page: Page, function: str, argument: object = None) -> object:
        """Calls a function with the page's map: `(map, argument) => …`."""
        return page.evaluate(f"(argument) => ({function})(window.openAlmatyMap, argument)", argument)

    def wait_on_map(self, page: Page, function: str, argument: object = None) -> None:
        """Waits until a function of the page's map returns true."""
        page.wait_for_function(f"(argument) => ({function})(window.openAlmatyMap, argument)", arg=argument)

    def shoot(self, page: Page, name: str, full_page: bool = False) -> None:
        """Saves a screenshot for people to look at."""
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full_page)

    def colours(self, page: Page, selector: str) -> int:
        """The number of colours in a screenshot of part of the page; a blank map has only a handful."""
        picture = base64.b64encode(page.locator(selector).screenshot()).decode()
        blank = page.context.browser.new_page()
        try:
            return blank.evaluate(
                """async (picture) => {
                    const image = new Image();
                    image.src = 'data:image/png;base64,' + picture;
                    await image.decode();
                    const canvas = document.createElement('canvas');
                    canvas.width = image.width;
                    canvas.height = image.height;
                    const context = canvas.getContext('2d');
                    context.drawImage(image, 0, 0);
                    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
                    return new Set(new Uint32Array(data.buffer)).size;
                }""",
                picture,
            )
        finally:
            blank.close()

    def assert_accessible(self, page: Page) -> None:
        """Checks that no rule of axe is violated."""
        found = Axe().run(page).response["violations"]
        told = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
            + "\n    ".join(node["html"][:160] for node in violation["nodes"][:4])
            for violation in found
        ]
        self.assertEqual(told, [], f"axe on {page.url}:\n" + "\n".join(told))

    def assert_fits(self, page: Page) -> None:
        """Checks that the page does not scroll sideways."""
        width, room = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        self.assertLessEqual(width, room, f"{page.url} is wider than the screen")


def query_of(page: Page) -> dict[str, str]:
    """The query of the page's address."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))


def path_of(page: Page) -> str:
    """The path of the page's address."""
    return urllib.parse.urlsplit(page.url).path


def quoted(text: str) -> str:
    """Text for a query."""
    return urllib.parse.quote(text)
