"""A real Chromium, and a page opened in it without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def start_chromium() -> Iterator[Any]:
    """Yield a browser, and close it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


class OfflinePage:
    """A page of one file, opened offline, with everything it complained of or asked for.

    Parameters
    ----------
    fragment
        Follows the address of the file.
    before
        A script that is run in the page before its own.
    context
        Of the browser's context: colours, size, permissions …
    """

    def __init__(
        self, browser: Any, path: Path, *, fragment: str = "", before: str = "", **context: Any
    ) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1400, "height": 850}, **context})
        self.context.set_offline(True)
        self.context.add_init_script(before)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri() + fragment)

    def fetched(self) -> list[str]:
        """Return what it asked for beyond itself and what it made itself."""
        return [url for url in self.requests if not url.startswith(("file:", "blob:", "data:"))]


def accessibility_faults(page: Any) -> list[str]:
    """Return the rules of axe-core that a page breaks; its context must bypass the page's policy."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]
