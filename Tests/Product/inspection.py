"""Inspection: plan, merged visits, a visit on a phone, findings as cases, scores and reports in a real browser: inspection.py PROGRAM."""

import datetime
import os
import re
import struct
import sys
import tempfile
import urllib.request
import zipfile
import zlib

from playwright.sync_api import sync_playwright

from screen import harness
from screen.harness import promise

SHOTS = os.environ.get("JUNHENG_SHOTS", "")
COUNTY = "清河县"


def shot(page, name):
    if SHOTS:
        page.screenshot(path=os.path.join(SHOTS, name + ".png"), full_page=True)


def person(browser, base, name, width=1366, height=768, place=None):
    more = {"geolocation": place, "permissions": ["geolocation"]} if place else {}
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height}, **more)
    context.add_cookies([{"name": "junheng-visitor", "value": name, "url": base}])
    return context.new_page()


def picture():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([40, 90, 160] * 64) for _ in range(48))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def public(browser, base):
    for width, height in ((1366, 768), (390, 844)):
        page = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height}).new_page()
        page.goto(base + "/lists/visit-counts")
        shot(page, f"counts-{width}")
        promise(f"{width}: the published count fits", not harness.overflows(page))
        found = re.search(r"合并检查少进校(\d+)次", page.inner_text("h1"))
        promise(f"{width}: it says how many visits were saved", found and int(found[1]) > 0)
    promise("no inspector is named in public", "督学" not in page.inner_text("table") and "督学甲" not in page.inner_text("main"))
    return int(found[1])


def merged(browser, base, saved):
    officer = person(browser, base, "county-officer-1")
    for number in range(1, 7):
        officer = person(browser, base, f"county-officer-{number}")
        officer.goto(base + "/inspection/plan")
        if COUNTY + "：申请入校检查" in officer.inner_text("main"):
            break
    shot(officer, "plan")
    card = officer.locator(".proposal:has-text('建议合并')").first
    school = card.locator("h3").inner_text()
    promise(f"two requests for {school} are proposed as one visit", card.locator("ul li").count() == 2)
    card.locator("button:has-text('合并为一次并批准')").click()
    officer.wait_for_load_state()
    promise("approved once, it is no longer waiting", officer.locator(f".proposal:has-text('{school}')").count() == 0)
    text = urllib.request.urlopen(base + "/lists/visit-counts").read().decode()
    promise("one more visit is saved in public", int(re.search(r"合并检查少进校(\d+)次", text)[1]) == saved + 1)
    ask = officer.locator(f"section:has-text('{COUNTY}：申请入校检查') form.panel").last
    today = datetime.date.today()
    ask.locator("[name=from]").fill(str(today + datetime.timedelta(days=3)))
    ask.locator("[name=until]").fill(str(today))
    ask.locator("[name=purpose]").fill("试")
    ask.locator("[name=school]").select_option(index=0)
    ask.locator("button").click()
    promise("days the wrong way round are refused in words", "最晚不早于最早" in officer.inner_text("[role=alert]"))
    officer.goto(base + "/inspection")
    shot(officer, "overview")
    promise("the overview names saved visits", "合并检查，少进校" in officer.inner_text("main"))
    officer.goto(base + "/inspection/inspectors")
    shot(officer, "inspectors")
    promise("regions are listed with what they hold", "第一责任区" in officer.inner_text("main"))
    return officer


def on_the_phone(browser, base):
    far = {"longitude": 100.0, "latitude": 30.0, "accuracy": 15}
    phone = person(browser, base, "inspector", 390, 844, far)
    phone.goto(base + "/inspection")
    link = phone.locator("tr:has-text('已列入计划') a, li:has-text('已列入计划') a").first
    link.click()
    promise("the visit fits a phone", not harness.overflows(phone))
    visit = phone.url
    phone.wait_for_function("document.querySelector('[data-here]').value.length > 5")
    shot(phone, "visit-390")
    phone.click("text=到校签到")
    phone.wait_for_selector(".arrival")
    promise("a check-in far away is written down as such", "不在学校附近" in phone.inner_text(".arrival"))
    phone.click("a:has-text('继续评分')")
    promise("an item fits a phone", not harness.overflows(phone))
    shot(phone, "item-390")
    phone.check("[name=level] >> nth=2")
    phone.fill("[name=problem]", "值班记录有两天没有签名")
    phone.click("text=保存，下一项")
    promise("a finding without a day is refused, what was typed stays", "整改期限" in phone.inner_text("[role=alert]") and phone.input_value("[name=problem]").startswith("值班"))
    phone.set_input_files("[name='e.photo']", {"name": "现场.png", "mimeType": "image/png", "buffer": picture()})
    phone.fill("[name=finishBy]", str(datetime.date.today() + datetime.timedelta(days=20)))
    phone.click("text=保存，下一项")
    for _ in range(20):
        phone.wait_for_load_state()
        if "/items/" not in phone.url:
            break
        before = phone.url
        phone.check("[name=level] >> nth=0")
        phone.click("text=保存，下一项")
        phone.wait_for_url(lambda url: url != before)
    promise("after the last item the visit stands again", phone.url.split("?")[0] == visit.split("?")[0])
    phone.click("text=立件整改")
    phone.wait_for_selector(".findings a")
    case = phone.locator(".findings a").first.get_attribute("href")
    phone.click("text=结束本次督导")
    phone.wait_for_selector("text=督导报告 docx")
    promise("its score stands in the title", "得分" in phone.inner_text("h1"))
    shot(phone, "done-390")
    return visit, case


def case_and_papers(browser, base, officer, visit, case):
    head = person(browser, base, "school-head", 390, 844)
    head.goto(base + "/cases")
    promise("the finding lies in the head's in-tray", case.split("?")[0] in head.content())
    head.goto(base + case)
    promise("it leads back to the visit", head.locator(f"a[href*='{visit.split('/visits/')[1].split('?')[0]}']").count() > 0)
    promise("the head sees the visit and cannot fill it in", head.goto(visit).status == 200 and head.locator("text=到校签到").count() == 0)
    promise("somebody of another county does not", person(browser, base, "county-officer-6").goto(visit).status == 403)
    officer.goto(base + case)
    officer.click("a:has-text('约谈')")
    officer.fill("[name='f.talkOn']", str(datetime.date.today() + datetime.timedelta(days=3)))
    officer.fill("[name='f.talkAbout']", "限期整改")
    officer.click("form.entry button.main")
    officer.wait_for_selector("text=约谈通知书")
    promise("a talk is a step with a printed notice", True)
    officer.goto(visit)
    with officer.expect_download() as paper:
        officer.click("text=督导报告 docx")
    words = zipfile.ZipFile(paper.value.path()).read("word/document.xml").decode()
    promise("the report names the finding and its day", "值班记录有两天没有签名" in words and "整改期限" in words)
    if SHOTS:
        paper.value.save_as(os.path.join(SHOTS, "visit.docx"))
    officer.goto(base + "/inspection")
    officer.click(f"section:has-text('县级督政评分') a:has-text('{COUNTY}')")
    shot(officer, "score")
    promise("the county's score shows its arithmetic", "项达标" in officer.inner_text("main") and "平均" in officer.inner_text("main"))
    with officer.expect_download() as paper:
        officer.click("text=督导报告 docx")
    promise("the county's report is a Word paper", paper.value.suggested_filename.endswith(".docx"))


def work(browser, base):
    saved = public(browser, base)
    officer = merged(browser, base, saved)
    visit, case = on_the_phone(browser, base)
    case_and_papers(browser, base, officer, visit, case)


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    server, base = harness.start(sys.argv[1], folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        try:
            work(browser, base)
        except Exception as error:
            promise(f"the work runs to its end: {error}", False)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)

sys.exit(1 if harness.failures else 0)
