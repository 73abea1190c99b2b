"""Take the README's picture of the page, so that it can be made again: ``python docs/take_picture.py``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import healthfm


def main() -> int:
    """Draw the page, open it offline in Chromium, and write ``docs/lineage.png``."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on this machine; install one first", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = healthfm.load().draw(Path(folder) / "page.html")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1600, "height": 950})
        page.goto(page_file.as_uri())
        page.wait_for_selector("body[data-ready]")
        page.screenshot(path=Path(__file__).parent / "lineage.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
