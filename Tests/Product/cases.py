"""Work from shortfall to write-off in a real browser: cases.py PROGRAM. Prints `ok …` or `FAIL …` for each promise."""

import io
import os
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
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
    officer.goto(base + "/cases?tray=all&status=all&state=closed")
    officer.fill("[name=text]", "整改")
    officer.click("text=筛选")
    promise("another filter keeps the state that was asked for", "state=closed" in officer.url)
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
    effects(officer, base, name, browser)
    officer.goto(base + "/cases?tray=opened")
    officer.click("table tr:has-text('整改〔') a >> nth=0")
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


def effects(officer, base, name, browser):
    """What came of the rectifications written off: of the county, as papers, of one school."""
    officer.goto(base + harness.county(name, "/rectifications/effects"))
    heading, text = officer.inner_text("h1"), officer.inner_text("main")
    found = re.search(r"(\d{4})年销号(\d+)件整改，已实测(\d+)件，(\d+)件达标", heading)
    promise("the page of effects says first how many were written off, measured and met", found is not None)
    rows = officer.locator("#t-cases tbody tr")
    promise("every one is shown, measured or waiting", found and rows.count() == int(found.group(2)) >= 1)
    promise("a measured one names the sealed report it was measured by", "校验码" in text)
    officer.screenshot(path=os.path.join(folder_of_pictures(), "effects.png"), full_page=True)
    for kind in ("Word", "PDF"):
        with officer.expect_download() as paper:
            officer.click(f"text=成效报告{kind}")
        promise(f"the report of effects comes as {kind}", os.path.getsize(paper.value.path()) > 2_000)
        paper.value.save_as(os.path.join(folder_of_pictures(), paper.value.suggested_filename))
    city = person(browser, base, "city-officer", viewport={"width": 390, "height": 844})
    city.goto(base + "/rectifications/effects")
    promise("the city sees all counties on a phone", not harness.overflows(city) and name in city.inner_text("table"))
    head = person(browser, base, "school-head")
    head.goto(base + "/rectifications/effects")
    promise("a head is led to the own school's", "/rectifications/effects" in head.url and "成效报告" not in head.inner_text("body"))


def folder_of_pictures():
    folder = os.environ.get("JUNHENG_PICTURES") or os.path.join(tempfile.gettempdir(), "junheng-pictures")
    os.makedirs(folder, exist_ok=True)
    return folder


def rebuilding(base, data):
    """A summary somebody has spoilt is put right by a job that tells how far it is."""
    with sqlite3.connect(os.path.join(data, "junheng.sqlite"), timeout=20) as store:
        store.execute("UPDATE case_file SET title = 'spoilt' WHERE id = (SELECT MIN(id) FROM case_file)")
    refused = ask(base + "/cases/rebuild", OFFICER, {})[0]
    status, where = posted(base + "/cases/rebuild", "administrator")
    promise("summaries are folded anew by whoever keeps the installation, by nobody else", refused == 403 and status == 303 and "/tasks/" in where)
    for _ in range(300):
        text = ask(base + where, "administrator")[1]
        if "已完成" in text or "没有做成" in text:
            break
        time.sleep(0.2)
    promise("the job says how many it put right", "重建完毕，改正了1件" in text)


def posted(url, who):
    """Status of a form sent with nothing in it, and where it leads."""
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None
    request = urllib.request.Request(url, data=b"", headers={"Cookie": f"junheng-visitor={who}"})
    try:
        return urllib.request.build_opener(Stay).open(request, timeout=60).status, ""
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("Location", "")


def ask(url, who, fields=None):
    """Status and text of a page as somebody sees it; with fields they are sent as its form does. Redirects are not followed."""
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None
    data, headers = None, {"Cookie": f"junheng-visitor={who}"}
    if fields is not None and "/do/" in url:
        headers["Content-Type"] = "multipart/form-data; boundary=xxxx"
        data = "".join(f'--xxxx\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()).encode() + b"--xxxx--\r\n"
    elif fields is not None:
        data = urllib.parse.urlencode(fields).encode()
    try:
        with urllib.request.build_opener(Stay).open(urllib.request.Request(url, data=data, headers=headers), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


OFFICER, DIRECTOR = "county-officer-2", "county-director"


def contend(base, store, most=20):
    """An officer withdraws a case while the director writes a remark, both having seen the same; again and again."""
    text = ask(base + "/cases?tray=all&kind=rectification&county=" + urllib.parse.quote("清河县"), OFFICER)[1]
    ids = re.findall(r'<th scope="row"><a href="/cases/([^"/?]+)"', text)[:most]
    results, winners = [], set()
    for one in ids:
        revision = re.search(r'name="revision" value="(\d+)"', ask(f"{base}/cases/{one}", OFFICER)[1]).group(1)
        gate, answers = threading.Barrier(2), {}

        def act(who, path, fields):
            gate.wait()
            answers[who] = ask(f"{base}/cases/{one}{path}", who, fields)
        both = [threading.Thread(target=act, args=(OFFICER, "/do/withdraw", {"revision": revision, "reason": "立重了"})),
                threading.Thread(target=act, args=(DIRECTOR, "/note", {"revision": revision, "reason": "请抓紧"}))]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        won = [who for who, (status, _) in answers.items() if status == 303]
        lost = [(status, page) for status, page in answers.values() if status != 303]
        words = {OFFICER: "清河县督导室刚刚办了“撤销”，这件现在是“已撤销”", DIRECTOR: "清河县教育局局长刚刚办了“留言”，这件现在是“"}
        told = len(won) == 1 and lost[0][0] in (409, 422) and words[won[0]] in lost[0][1] and "您的操作没有生效" in lost[0][1]
        history = ask(f"{base}/cases/{one}", OFFICER)[1]
        once = (history.count("立重了"), history.count("请抓紧")) == ((1, 0) if won == [OFFICER] else (0, 1))
        results.append(len(won) == 1 and told and once)
        winners.update(won)
    promise(f"of two officers at once over {store} exactly one wins, the other is told by whom and what ({len(results)} pairs)",
            len(results) >= 8 and all(results))
    return winners


def postgres_contention(program, folder):
    os.makedirs(folder, exist_ok=True)
    here = os.path.dirname(os.path.abspath(__file__))
    address = subprocess.run([os.path.join(here, "..", "postgres"), "start", str(os.getpid())], capture_output=True, text=True, check=True)
    server, base = harness.start(program, folder, "--database", address.stdout.strip())
    try:
        contend(base, "PostgreSQL")
    finally:
        server.terminate()
        server.wait(20)


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    server, base = harness.start(sys.argv[1], folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        try:
            run(browser, base, folder)
        except Exception as error:
            promise(f"the work runs to its end: {error}", False)
        browser.close()
        contend(base, "SQLite")
        rebuilding(base, os.path.join(folder, "data"))
    finally:
        server.terminate()
        server.wait(20)
    verified = subprocess.run([sys.argv[1], "cases", "verify", "--data", os.path.join(folder, "data")], capture_output=True, text=True)
    promise("every digest fits afterwards", verified.returncode == 0 and "都与校验码相符" in verified.stdout)
    rebuilt = subprocess.run([sys.argv[1], "cases", "rebuild", "--data", os.path.join(folder, "data")], capture_output=True, text=True)
    promise("and every summary agrees with its events", rebuilt.returncode == 0 and "没有改动" in rebuilt.stdout)
    postgres_contention(sys.argv[1], os.path.join(folder, "other"))

sys.exit(1 if harness.failures else 0)
