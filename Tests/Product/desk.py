"""From a workbook to a frozen report, by the people who do it, in a real browser: desk.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

import openpyxl
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
    greeting = ""
    for line in server.stdout:
        greeting += line
        if "演示用户" in line:
            return server, re.search(r"http://\S+", greeting).group(0), greeting
    raise SystemExit("FAIL the server did not start")


def workbook(folder, name, change):
    """A county's workbook as the demo writes it, with some cells changed."""
    source = os.path.join(folder, "workbooks", "2025", name)
    book = openpyxl.load_workbook(source)
    sheet = book["学校数据"]
    header = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "学校标识码")
    columns = {str(cell.value): cell.column for cell in sheet[header]}
    change(sheet, header + 1, columns)
    path = os.path.join(folder, "changed-" + name)
    book.save(path)
    return path


def become(page, base, person):
    page.goto(base + "/snapshots")
    page.select_option("select[name=person]", label=person)
    page.click("text=换人")


def hand_in(page, base, path):
    page.goto(base + "/imports")
    page.set_input_files("input[type=file]", path)
    page.select_option("select[name=year]", "2025")
    page.click("text=上传并预览")


def settled(page, base, file):
    """Opens the school form's import of a file once it is read."""
    for _ in range(60):
        page.goto(base + "/imports")
        row = page.locator("tbody tr", has_text=file).filter(has_text="学校基本数据表").first
        if row.count() and "读取中" not in row.inner_text():
            row.locator("a").first.click()
            return
        page.wait_for_timeout(300)


def post(url, data=b"version=1", **headers):
    request = urllib.request.Request(url, data=data, method="POST", headers=headers)
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    subprocess.run([program, "demo", "--data", os.path.join(folder, "workbooks")], check=True, capture_output=True)
    server, base, greeting = start(folder)
    try:
        promise("the demo users are told at the start", all(name in greeting for name in ("市基教科", "清河县督导室", "系统管理员")))
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))

        # A county officer whose report is still open hands in a corrected workbook with one wrong cell.
        def correct(sheet, first, columns):
            sheet.cell(first, columns["小学县级以上骨干教师数"]).value += 3
            sheet.cell(first + 1, columns["小学在校生数"]).value = -5

        become(page, base, "石桥县督导室")
        path = workbook(folder, "石桥县2025.xlsx", correct)
        hand_in(page, base, path)
        settled(page, base, "changed-石桥县2025.xlsx")
        text = page.inner_text("main")
        promise("the preview says how many rows must be mended", re.search(r"有1行要改，其余\d+行可以导入", page.inner_text("h1")) is not None)
        promise("the wrong cell is named with what to do", re.search(r"学校数据![A-Z]+\d+", text) is not None and "不能是负数" in text)
        promise("a change is told as old → new", re.search(r"小学县级以上骨干教师数：\d+ → \d+", text) is not None)
        promise("the effect on the coefficients of variation is told", "导入后石桥县" in text and "县级以上骨干教师" in text)
        with page.expect_download() as download:
            page.click("text=下载标红的原表")
        marked = openpyxl.load_workbook(io.BytesIO(open(download.value.path(), "rb").read()))["学校数据"]
        told = [str(cell.value) for row in marked.iter_rows() for cell in row if cell.value and "不能是负数" in str(cell.value)]
        promise("the same workbook comes back with the reason", len(told) == 1)
        page.click("text=/只导入无误的/")
        promise("the good rows are taken alone", "已导入" in page.inner_text("h1"))
        promise("no heading is empty once applied", all(heading.strip() for heading in page.locator("h1, h2, h3").all_inner_texts()))
        page.goto(base + "/counties/石桥县/schools")
        promise("the new number counts at once", page.locator("main").inner_text().count("石桥") > 5)
        settled(page, base, "changed-石桥县2025.xlsx")
        page.click("text=撤销这次导入")
        promise("undone, the old numbers are back", "已撤销" in page.inner_text("h1"))

        page.goto(base + "/")
        promise("a county's officer begins at her county", page.inner_text("h1").startswith("石桥县："))

        # Only one's own county; nothing while it is under review.
        answer = page.goto(base + "/counties/清河县")
        promise("another county's schools are not shown", answer.status == 403 and "没有清河县" in page.inner_text("main"))
        page.goto(base + "/?year=2025")
        promise("nor are their figures on the city's page", page.locator("main a", has_text="清河县").count() == 0 and page.locator("main a", has_text="石桥县").count() > 0)
        page.goto(base + "/snapshots")
        promise("the list holds one's own county alone", page.locator("tbody tr").count() == 1)
        officer = "junheng-visitor=county-officer-5"
        empty = base + "/snapshots/counties/" + urllib.parse.quote("石桥县") + "?year=1999"
        refused = (post(empty, Cookie=officer), post(empty, Cookie=officer))
        page.goto(base + "/snapshots?year=1999")
        promise("a year without data cannot be submitted, and no empty draft stays behind",
                refused == (409, 409) and page.locator("tbody tr").count() == 0)
        page.goto(base + "/snapshots")
        page.get_by_role("button", name="上报").click()
        promise("submitting leads to the report", "已上报" in page.inner_text("h1"))
        again = post(empty.replace("1999", "2025"), Cookie=officer)
        promise("pressed twice, the second is told it is done, not that a right is missing", again == 409)
        promise("a form far too long is refused in words, not as a fault of the program",
                post(base + "/visitor", data=b"person=" + b"a" * 200_000) == 422)
        hand_in(page, base, workbook(folder, "石桥县2025.xlsx", lambda sheet, first, columns: None))
        settled(page, base, "changed-石桥县2025.xlsx")
        page.click("text=/确认导入/")
        promise("what is under review cannot be changed", "不能改动" in page.inner_text("[role=alert]"))

        # The city reviews, gives back with a reason, approves and freezes.
        become(page, base, "市基教科")
        page.goto(base + "/snapshots")
        page.locator("tbody tr", has_text="石桥县").locator("a").first.click()
        page.fill("input[name=reason]", "四所学校缺设备值")
        page.get_by_role("button", name="退回").click()
        promise("given back with its reason", "退回理由：四所学校缺设备值" in page.inner_text("h1"))
        page.goto(base + "/snapshots")
        page.locator("tbody tr", has_text="东岭县").get_by_role("button", name="冻结").click()
        seal = page.inner_text("main")
        promise("frozen with its hash", "已冻结" in page.inner_text("h1") and re.search(r"\b[0-9a-f]{64}\b", seal) is not None)
        page.click("text=校验数据")
        promise("the frozen rows verify", "逐字节相同" in page.inner_text("[role=status]"))
        page.click("text=看这个县的结果")
        promise("the county's page bears the seal", "已冻结 · " in page.inner_text(".state"))
        page.goto(base + "/snapshots")
        page.locator("tbody tr", has_text="东岭县").locator("a").first.click()
        page.fill("input[name=reason]", "漏报一所教学点")
        page.click("text=另开新版更正")
        promise("a correction is a new version beside the frozen one", "第2版" in page.inner_text("h1") and "填报中" in page.inner_text("h1"))
        page.goto(base + "/counties/东岭县")
        promise("the frozen numbers stay the official ones", "已冻结 · " in page.inner_text(".state") and "看更正中的数据" in page.inner_text(".topbar"))

        become(page, base, "系统管理员")
        page.goto(base + "/audit?verify=1")
        words = page.inner_text("main")
        promise("the audit tells who froze, gave back and undid", all(word in words for word in ("冻结", "退回", "撤销导入", "石桥县督导室")))
        promise("it tells what was refused, and the chain verifies", "无权限" in words and "全部相符" in page.inner_text("[role=status]"))
        page.select_option("select[name=action]", label="退回")
        page.locator("main form.panel button").click()
        promise("it can be filtered by what was done", page.locator("main tbody tr").count() == 1 and "市基教科" in page.inner_text("main tbody"))

        become(page, base, "市级领导")
        answer = page.goto(base + "/audit")
        promise("who may not read the audit is told", answer.status == 403)
        page.goto(base + "/snapshots")
        promise("who may only look sees no buttons", page.locator("main form button").count() == 0)
        promise("and no way to hand in", "数据导入" not in page.inner_text("nav"))
        answer = page.goto(base + "/imports")
        promise("nor the form", page.locator("input[type=file]").count() == 0)

        # Other sites cannot press our buttons.
        promise("a form on another site is refused", post(base + "/visitor", Origin="http://evil.example") == 403)
        promise("also by what newer browsers say", post(base + "/visitor", **{"Sec-Fetch-Site": "cross-site"}) == 403)
        promise("a file that is none is refused in words", (become(page, base, "清河县督导室"), hand_in(page, base, program), "认不出" in page.inner_text("[role=alert]"))[2])
        promise("no script failed", not complaints)
        browser.close()
    finally:
        server.terminate()
        server.wait(20)

sys.exit(1 if failures else 0)
