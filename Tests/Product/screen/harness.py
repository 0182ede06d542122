"""What the browser tests share: the server, the promises, the counties of the demo city."""

import io
import os
import re
import subprocess
import urllib.parse

import openpyxl

failures = 0


def promise(name, kept):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name, flush=True)


def start(program, folder, *more):
    server = subprocess.Popen(
        [program, "serve", "--demo", "--data", os.path.join(folder, "data"), "--port", "0", *more],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        found = re.search(r"http://\S+", line)
        if found:
            return server, found.group(0)
    raise SystemExit("FAIL the server did not start")


def county(name, rest=""):
    return "/counties/" + urllib.parse.quote(name) + rest


def desk(browser, width=1366, height=768, **options):
    return browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN", **options)


def overflows(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def book(page, button):
    """The workbook a button hands out, and its file name."""
    with page.expect_download() as download:
        page.click(button)
    return openpyxl.load_workbook(io.BytesIO(open(download.value.path(), "rb").read())), download.value.suggested_filename


def texts(page, selector):
    return [text.strip() for text in page.locator(selector).all_inner_texts()]
