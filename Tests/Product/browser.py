"""The pages in a real browser: browser.py PROGRAM. Prints `ok …` or `FAIL …` for each promise."""

import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

from playwright.sync_api import sync_playwright

program = sys.argv[1]
failures = 0


def promise(name, kept):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name, flush=True)


def start(folder):
    server = subprocess.Popen(
        [program, "serve", "--demo", "--data", os.path.join(folder, "data"), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        found = re.search(r"http://\S+", line)
        if found:
            return server, found.group(0)
    raise SystemExit("FAIL the server did not start")


def crawl(page, base, complaints):
    """Every page reachable within two links of the overview, one of each kind."""
    seen, queue, kinds = set(), ["/", "/counties/" + urllib.parse.quote("清河县"), "/counties/" + urllib.parse.quote("石桥县")], {}
    broken, overflowing, foreign = [], [], []
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(base) else None)
    while queue:
        path = queue.pop(0)
        if path in seen or "." in path.split("?")[0].rsplit("/", 1)[-1]:
            continue
        kind = re.sub(r"(counties|schools|indicators|imports|snapshots)/[^/?]+", r"\1/*", path.split("?")[0])
        if kinds.get(kind, 0) >= 3:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        seen.add(path)
        answer = page.goto(base + path)
        if answer.status != 200 or not page.title() or page.locator("h1").count() != 1:
            broken.append(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            overflowing.append(path)
        queue += page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
    return seen, broken, overflowing, foreign


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    server, base = start(folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for width, height in ((1366, 768), (390, 844)):
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            complaints = []
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            seen, broken, overflowing, foreign = crawl(page, base, complaints)
            promise(f"{width}: {len(seen)} pages answer and have one headline {broken}", len(seen) >= 15 and not broken)
            promise(f"{width}: no page is wider than the screen {overflowing}", not overflowing)
            promise(f"{width}: no errors in the console {complaints[:3]}", not complaints)
            promise(f"{width}: nothing is fetched from elsewhere {foreign[:3]}", not foreign)
            page.close()
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page.goto(base)
        page.click("main table >> text='清河县'")
        promise("the county's headline is its verdict", page.inner_text("h1").startswith("清河县：尚未达标，差2项差异系数"))
        promise("coefficients over the ceiling are drawn in the colour of 不达标", page.locator("svg.chart .notmet").count() == 2)
        page.click("section:has(h2:has-text('还差在哪里')) tbody tr:first-child td:last-child a")
        cell = page.locator("table tbody tr:first-child td:last-child").inner_text()
        promise(f"a missing amount leads to its workbook cell ({cell})", re.fullmatch(r"学校数据![A-Z]+\d+", cell) is not None)
        page.goto(base + "/counties/" + urllib.parse.quote("石桥县"))
        promise("blank cells make a county 资料不足, never a pass", "资料不足" in page.inner_text("h1"))
        page.goto(base + "/counties/" + urllib.parse.quote("清河县"))
        page.select_option("select[name=year]", "2023")
        page.click("text=切换")
        promise("the school year stays in the address", "year=2023" in page.url and page.input_value("select[name=year]") == "2023")
        page.goto(base + "/counties/" + urllib.parse.quote("清河县"))
        with page.expect_download() as download:
            page.click("text=导出短板 Excel")
        promise("the shortfall list downloads under a Chinese name", download.value.suggested_filename.startswith("清河县短板清单"))
        with page.expect_download() as download:
            page.click("text=自评报告（PDF）")
        promise("the report downloads as PDF", open(download.value.path(), "rb").read(5) == b"%PDF-")
        answer = page.goto(base + "/counties/" + urllib.parse.quote("没有的县"))
        promise("an unknown county is told in words", answer.status == 404 and "没有“没有的县”的数据" in page.inner_text("main"))
        policy = answer.headers.get("content-security-policy", "")
        promise("no inline script is allowed", "script-src 'self'" in policy and "unsafe" not in policy)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)
        promise("the server stops when told to", server.returncode in (0, -15))

sys.exit(1 if failures else 0)
