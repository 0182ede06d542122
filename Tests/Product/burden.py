"""Fewer burdens on schools: the published whitelist and the check of new forms, from the terminal and in a real browser: burden.py PROGRAM."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

import openpyxl
from playwright.sync_api import sync_playwright

from screen import harness
from screen.harness import promise

SHOTS = os.environ.get("JUNHENG_SHOTS", "")
NEW = ["课间活动时长（分钟）", "护眼灯改造完成日期", "学生每日睡眠时长（小时）"]


def shot(page, name):
    if SHOTS:
        page.screenshot(path=os.path.join(SHOTS, name + ".png"), full_page=True)


def person(browser, base, name, width=1366, height=768):
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    context.add_cookies([{"name": "junheng-visitor", "value": name, "url": base}])
    return context.new_page()


def sheet(path, *rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def terminal(program, folder):
    def run(file, *more):
        done = subprocess.run([program, "collect-once", file, *more], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr
    examples = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Examples")
    for name in ("five-schools.csv", "qinghe-county.csv"):
        begun = time.time()
        code, out, _ = run(os.path.join(examples, name), "--json")
        found = json.loads(out)
        missed = [field["field"] for field in found["fields"] if field["verdict"] not in ("held", "identifier")]
        promise(f"{name}: every one of {len(found['fields'])} questions is known to be held, exit 3 ({time.time() - begun:.1f} s)", code == 3 and found["refused"] and not missed)
    fresh = sheet(os.path.join(folder, "new.xlsx"), ["课间情况调查表"], ["序号", "学校名称", *NEW, "备注"], [1, "甲校", 10, "2026-01-01", 9, ""])
    code, out, _ = run(fresh, "--json")
    verdicts = [field["verdict"] for field in json.loads(out)["fields"]]
    promise("a form of new questions passes, exit 0", code == 0 and verdicts == ["formal", "identifier", "new", "new", "new", "formal"])
    mixed = sheet(os.path.join(folder, "mixed.xlsx"), ["学校名称", "小学学生总人数（人）", NEW[0], NEW[1]])
    code, out, _ = run(mixed)
    promise("one held question refuses the form and says where it is held", code == 3 and "已有  小学学生总人数(人)" in out and "学校基本数据表" in out)
    lines = os.path.join(folder, "lines.txt")
    open(lines, "w", encoding="utf-8").write("1. 体育运动场地面积（㎡）\n\n睡眠时长\n")
    promise("a list of questions is read, one a line", run(lines)[0] == 3)
    catalogue = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Catalogue/national/cases/home-visit.yaml")
    promise("the forms of a case definition are read", run(catalogue)[0] == 0)
    for bad, says in ((os.path.join(folder, "none.xlsx"), "找不到"), (sheet(os.path.join(folder, "empty.xlsx")), "没有读到栏目")):
        code, _, err = run(bad)
        promise(f"{os.path.basename(bad)} ends with 2 and words: {err.strip()[:60]}", code == 2 and says in err)


def published(browser, base):
    for width, height in ((1366, 768), (390, 844)):
        page = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height}).new_page()
        page.goto(base + "/lists")
        promise(f"{width}: both lists stand on one page without a login", page.locator("main li a").count() == 2)
        page.goto(base + "/lists/school-activity")
        shot(page, f"list-{width}")
        promise(f"{width}: the whitelist is no wider than the screen", not harness.overflows(page))
        promise(f"{width}: it says how many are valid today", re.search(r"进校园活动白名单：\d+项今天有效", page.inner_text("h1")) is not None)
    words = page.inner_text("main")
    promise("what is not approved is not on it", "研学推介会" not in words and "科普大篷车" not in words)
    promise("nor what is over or to come", "模拟法庭" not in words and "戏曲进校园" not in words)
    promise("nor who handled it", "审核意见" not in words and "内容适宜" not in words and "督导室" not in words)
    promise("a code leads to it", page.locator(".qr svg").count() == 1)
    page.goto(base + "/lists/school-activity?when=over")
    promise("what is over is looked up on purpose, and said to be", "模拟法庭" in page.inner_text("main") and "已经结束" in page.inner_text("main"))
    page.goto(base + "/lists/school-activity?when=")
    page.select_option("[name=county]", "清河县")
    page.click("main .panel button")
    places = page.locator(".entry-card dd:nth-of-type(2)").all_inner_texts()
    promise("a county's list names that county alone", places and all(text.startswith("清河县") for text in places))
    promise("its schools are counted against the year's limit", "每校次数" in page.inner_text("main") and "每校每年不超过10次" in page.inner_text("main"))
    promise("and the limit says that it has to be confirmed", "建议值" in page.inner_text("main"))
    book, name = harness.book(page, "main .panel >> text=导出 Excel")
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    head = next(row for row in cells if "编号" in row)
    promise(f"the workbook has the published answers alone ({name})", "主办单位" in head and "审核意见" not in head and any("消防" in str(row) for row in cells))
    answer = urllib.request.urlopen(base + "/lists/school-activity?county=%3Cscript%3Ealert(1)%3C/script%3E&school=%22%3E").read().decode()
    promise("what is typed into the address does not become part of the page", "<script>alert" not in answer)


def activity(browser, base):
    head = person(browser, base, "school-head", 390, 844)
    head.goto(base + "/cases/open/school-activity")
    promise("a head may apply for the own county", head.locator("[name=place] option").all_inner_texts() == ["请选择", "清河县"])
    promise("the form fits a phone", not harness.overflows(head))
    shot(head, "apply-390")
    head.fill("[name=title]", "天文科普进校园")
    head.select_option("[name=place]", "清河县")
    for name, value in (("organiser", "市天文馆"), ("what", "流动天象厅"), ("legalBasis", "年度计划"), ("begins", "2026-11-26"), ("ends", "2027-06-30"), ("grades", "五年级"), ("pupils", "90"), ("hours", "2")):
        head.fill(f"[name='f.{name}']", value)
    today = time.strftime("%Y-%m-%d")
    head.fill("[name='f.begins']", today)
    head.fill("[name='f.ends']", today)
    head.check("[name='f.kind'][value=science]")
    head.check("[name='f.inLessons'][value=no]")
    head.check("[name='f.fee'][value=yes]")
    head.click("form.entry button.main")
    promise("a fee without its amount and basis is refused", head.locator("[name='f.feeAmount']").count() == 1 and "每名学生收费" in head.inner_text("main"))
    head.check("[name='f.fee'][value=no]")
    head.select_option("[name='f.schools.0.school']", index=1)
    head.click("form.entry button.main")
    head.wait_for_selector("h1:has-text('待审核')")
    case = head.url
    officer = person(browser, base, "county-officer-2")
    found = None
    for number in range(1, 10):
        officer = person(browser, base, f"county-officer-{number}")
        answer = officer.goto(case)
        if answer.status == 200 and officer.locator("text=审核通过").count():
            found = officer
            break
    promise("the county's own officer reviews it", found is not None)
    officer.click("a:has-text('审核通过')")
    officer.fill("[name='f.opinion']", "同意")
    officer.click("form.entry button.main")
    officer.wait_for_selector("h1:has-text('待审批')")
    promise("not yet on the list", "天文科普" not in urllib.request.urlopen(base + "/lists/school-activity").read().decode())
    director = person(browser, base, "county-director")
    director.goto(case)
    director.click("text=批准，列入白名单")
    director.wait_for_selector("h1:has-text('已列入白名单')")
    listed = urllib.request.urlopen(base + "/lists/school-activity").read().decode()
    promise("approved, and on the list at once", "天文科普" in listed and "市天文馆" in listed)
    director.click("text=移出白名单")
    director.fill("[name=reason]", "与申请不符")
    director.click("form.entry button.main")
    director.wait_for_selector("h1:has-text('已移出白名单')")
    promise("taken off, and gone at once", "天文科普" not in urllib.request.urlopen(base + "/lists/school-activity?when=all").read().decode())


def collection(browser, base, folder):
    for width, height in ((1366, 768), (390, 844)):
        officer = person(browser, base, "city-officer", width, height)
        officer.goto(base + "/collect-once")
        officer.fill("[name=fields] >> visible=true", "学校名称\n小学在校学生人数（人）\n运动场地面积（㎡）\n" + "\n".join(NEW))
        officer.click("button:has-text('核对') >> visible=true")
        officer.wait_for_selector("tbody tr")
        shot(officer, f"refused-{width}")
        promise(f"{width}: a form with held questions is refused, question by question", "6栏里2栏已有数据" in officer.inner_text("h1") and officer.locator("tbody tr").count() == 6)
        promise(f"{width}: it says where, which year, how many rows", re.search(r"学校基本数据表：小学在校生数 20\d\d.*行", officer.inner_text("tbody")) is not None)
        promise(f"{width}: no request can be made", officer.locator("text=提出申请").count() == 0)
        promise(f"{width}: nothing is wider than the screen", not harness.overflows(officer))
        officer.click("text=去掉已有的栏目再核对")
        officer.wait_for_selector("text=提出申请")
        shot(officer, f"passes-{width}")
        promise(f"{width}: without them it passes", "4栏里没有已有的数据" in officer.inner_text("h1") and officer.locator("text=提出申请").count() == 1)
        promise(f"{width}: still nothing wider than the screen", not harness.overflows(officer))
    forged = officer.request.post(base + "/collect-once/apply", form={"fields": "小学在校生数", "title": "偷收"})
    promise("a held question does not slip in by hand", forged.status == 422 and "已经有数据" in forged.text())
    officer.fill("[name=title]", "课间情况调查")
    for name, value in (("purpose", "了解课间活动"), ("legalBasis", "年度计划"), ("office", "体卫艺科"), ("minutes", "10"), ("begins", time.strftime("%Y-%m-%d")), ("ends", "2027-06-30")):
        officer.fill(f"[name='f.{name}']", value)
    officer.select_option("[name='f.who']", "schools")
    officer.select_option("[name='f.often']", "once")
    officer.click("text=提出申请")
    officer.wait_for_selector("h1:has-text('待审核')")
    shot(officer, "request")
    case = officer.url
    inspectorate = person(browser, base, "city-inspectorate")
    inspectorate.goto(case)
    inspectorate.click("a:has-text('审核通过')")
    inspectorate.fill("[name='f.opinion']", "确有必要")
    inspectorate.click("form.entry button.main")
    inspectorate.wait_for_selector("h1:has-text('待审批')")
    officer.goto(case)
    promise("whoever asked does not approve", officer.locator("a:has-text('批准，列入'), button:has-text('批准，列入')").count() == 0)
    sheet_file = sheet(os.path.join(folder, "form.xlsx"), ["学校名称", "初中班数", NEW[0]])
    inspectorate.goto(base + "/collect-once")
    inspectorate.set_input_files("[name=file]", sheet_file)
    inspectorate.click("button:has-text('核对') >> visible=true")
    inspectorate.wait_for_selector("tbody tr")
    promise("a workbook is checked by its header", "3栏里1栏已有数据" in inspectorate.inner_text("h1"))
    head = person(browser, base, "school-head")
    promise("a school is not asked to check forms", head.goto(base + "/collect-once").status == 403)


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    terminal(sys.argv[1], folder)
    server, base = harness.start(sys.argv[1], folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for part in (lambda: published(browser, base), lambda: activity(browser, base), lambda: collection(browser, base, folder)):
            try:
                part()
            except Exception as error:
                promise(f"the work runs to its end: {error}", False)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)

sys.exit(1 if harness.failures else 0)
