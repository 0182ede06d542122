"""Work from shortfall to write-off in a real browser: cases.py PROGRAM. Prints `ok …` or `FAIL …` for each promise."""

import io
import os
import re
import struct
import sys
import tempfile
import zlib

from playwright.sync_api import sync_playwright

from screen import harness
from screen.harness import promise


def picture(path, shade):
    """A small picture; another shade is another file."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = b"".join(b"\0" + bytes([shade, x, y]) * 1 + bytes([shade, x, y]) * 15 for y in range(16) for x in [y])
    open(path, "wb").write(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b""))


def person(browser, base, name, **options):
    context = browser.new_context(locale="zh-CN", **options)
    context.add_cookies([{"name": "junheng-visitor", "value": name, "url": base}])
    return context.new_page()


def run(browser, base, folder):
    officer = person(browser, base, "county-officer-1", viewport={"width": 1366, "height": 768})
    officer.goto(base + "/cases")
    promise("an officer's in-tray says how much waits and how much is late", re.search(r"\d+件等待办理", officer.inner_text("h1")) is not None)
    promise("no case of another county lies in it", all(
        county not in officer.inner_text("table") for county in ("东岭县", "南湾县")) or officer.locator("table").count() == 0)
    officer.click("text=导出 Excel") if False else None
    county = re.search(r"^(.+?)督导室", officer.inner_text(".visitor option:checked") if officer.locator(".visitor select").count() else "清河县督导室")
    name = county.group(1) if county else "清河县"

    officer.goto(base + harness.county(name, "/rectifications"))
    free = officer.locator("input[name=gap]")
    promise("the shortfalls that are not under way can be ticked", free.count() > 0)
    school = officer.locator("tr:has(input[name=gap]) th").first.inner_text()
    free.first.check()
    key = free.first.get_attribute("value")
    officer.fill("[name=finishBy]", "2027-06-30")
    officer.fill("[name=demand]", "补齐")
    officer.click("button.main")
    promise("one case is ordered", "已下发1件整改任务" in officer.inner_text("h1"))
    officer.goto(base + harness.county(name, "/rectifications"))
    promise("the same shortfall cannot be ordered twice", officer.locator(f"input[value='{key}']").count() == 0)
    answer = officer.request.post(base + harness.county(name, "/rectifications"), form={"gap": key, "finishBy": "2027-06-30"})
    promise("and a second order is refused in words", "没有下发" in answer.text() and "整改〔" in answer.text())
    officer.goto(base + "/cases?tray=opened")
    officer.click(f"table a >> nth=0")
    here = officer.url
    promise("the case says whose turn it is", "办理" in officer.inner_text("main") and "待签收" in officer.inner_text("main") or "已下发" in officer.inner_text("main"))
    promise("its flow is drawn with the present state marked", officer.locator("svg.flow .flow-box.here").count() == 1)
    with officer.expect_download() as paper:
        officer.click("text=整改通知书（Word）")
    promise("the order comes as a Word paper", paper.value.suggested_filename.endswith(".docx"))

    # A hazard told by somebody without a login, on a phone, and followed to its end.
    phone = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, geolocation={"longitude": 118.5, "latitude": 37.4},
                                permissions=["geolocation"]).new_page()
    phone.goto(base + "/report/safety-hazard?place=2137020001")
    promise("a report fits a phone", not harness.overflows(phone))
    promise("the school of the code is chosen", phone.input_value("[name=place]") == "2137020001")
    phone.fill("[name=title]", "走廊护栏松动")
    phone.fill("[name='f.what']", "二楼护栏松动 <b>危险</b>")
    phone.fill("[name='f.where']", "二楼走廊")
    one = os.path.join(folder, "one.png")
    picture(one, 40)
    phone.set_input_files("[name='f.picture']", one)
    phone.click("button.main")
    phone.wait_for_selector("text=已收到")
    number = re.search(r"编号(\S+)", phone.inner_text("h1")).group(1)
    promise("whoever reports gets a number", number.startswith("隐患〔"))
    promise("a poster shows a code to scan", person(browser, base, "county-officer-1").goto(base + "/report/safety-hazard/poster?place=2137020001").text().count("<svg") == 1)

    head = person(browser, base, "school-head", viewport={"width": 390, "height": 844})
    head.goto(base + "/cases")
    promise("a head's list fits a phone", not harness.overflows(head))
    schools = set(head.locator("tbody td:nth-of-type(4)").all_inner_texts())
    promise("a head sees cases of the own school alone", len(schools) <= 1)


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    server, base = harness.start(sys.argv[1], folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        try:
            run(browser, base, folder)
        except Exception as error:
            promise(f"the work runs to its end: {error}", False)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)

sys.exit(1 if harness.failures else 0)
