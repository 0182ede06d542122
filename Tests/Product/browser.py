"""The pages in a real browser: browser.py PROGRAM. Prints `ok …` or `FAIL …` for each promise."""

import sys
import tempfile

from playwright.sync_api import sync_playwright

from screen import answers, crawl, harness, reading, tables, wall

with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    server, base = harness.start(sys.argv[1], folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for part in (crawl, answers, tables, wall, reading):
            try:
                part.run(browser, base)
            except Exception as error:
                harness.promise(f"{part.__name__} runs to its end: {error}", False)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)
        harness.promise("the server stops when told to", server.returncode in (0, -15))

sys.exit(1 if harness.failures else 0)
