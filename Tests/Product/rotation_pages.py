"""The register of exchanges and its plans in a real browser: rotation_pages.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

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
        [program, "serve", "--data", os.path.join(folder, "data"), "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True)
    for line in server.stdout:
        if found := re.search(r"http://[\d.:]+", line):
            return server, found.group(0)
    raise SystemExit("FAIL the server did not start")


def register(folder, rows):
    """A filled-in register; a row is its cells by header."""
    path = os.path.join(folder, "register.xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "交流登记"
    headers = ["教师编号", "姓名", "学段", "任教学科", "骨干级别", "原学校标识码", "原学校名称", "交流学校标识码", "交流学校名称", "交流学校城乡", "交流形式", "状态", "期满学年"]
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(h) for h in headers])
    book.save(path)
    return path


def turn(number, **changes):
    return {
        "教师编号": f"R{number:03}", "姓名": f"甲{number}乙", "学段": "小学", "任教学科": "语文", "骨干级别": "县级" if number % 3 == 0 else "无",
        "原学校标识码": "2137020001", "原学校名称": "甲校", "交流学校标识码": "2137020002", "交流学校名称": "乙校", "交流学校城乡": "乡村",
        "交流形式": "定期交流", "状态": "交流中", **changes}


with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
    roster = os.path.join(folder, "q.xlsx")
    subprocess.run([program, "plan", "roster", roster, "--example", "清河县"], check=True)
    server, base = start(folder)
    try:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_default_timeout(180_000)
        home = base + "/rotation/counties/" + urllib.parse.quote("清河县") + "?year=2025"

        def hand_in(form, path):
            page.goto(home)
            page.set_input_files(f"form[action*='/{form}'] input[type=file]", path)
            page.select_option(f"form[action*='/{form}'] select[name=year]", "2025")
            page.click(f"form[action*='/{form}'] button")
            page.wait_for_load_state()

        page.goto(home)
        promise("an empty register says so and gives no verdict", "还没有交流记录" in page.content() and "资料不足" in page.content())
        empty = page.request.get(base + "/templates/exchange-register.xlsx?year=2025")
        cells = [c for row in openpyxl.load_workbook(io.BytesIO(empty.body()))["交流登记"].iter_rows(values_only=True) for c in row]
        promise("the empty register can be had", "教师编号 *" in cells)

        # A plan from the roster, which brings its own schools.
        hand_in("plans", roster)
        title = page.inner_text("h1")
        promise(f"a roster becomes a plan: {title}", "/rotation/plans/" in page.url and re.search(r"交流\d+人", title) is not None)
        promise("the flows are drawn", page.locator("svg .flow").count() > 10)
        plan = page.url
        moves = int(re.search(r"交流(\d+)人", title).group(1))
        page.click("text=采用这份方案")
        page.wait_for_load_state()
        promise("adopted, everybody of it is planned and nobody has gone", f"拟交流{moves}人，还没有人到岗" in page.content())
        page.goto(plan)
        promise("a plan is adopted once", page.locator("text=采用这份方案").count() == 0 and "已由" in page.content())
        page.goto(home)
        page.locator("button", has_text="取消").first.click()
        page.wait_for_load_state()
        page.click(f"text={moves - 1}人全部到岗")
        page.wait_for_load_state()
        title = page.inner_text("h1")
        promise(f"arrived, the rates are judged: {title}", f"交流{moves - 1}人" in title and ("达到规定" in title))

        # The register by hand, and what is wrong with it.
        hand_in("register", register(folder, [turn(1), turn(2, 交流形式="度假"), turn(3, 状态="已期满")]))
        text = page.inner_text("main")
        promise("a strange form and a missing end are named with their cells", "度假" in text and "K3" in text and "期满学年" in text)
        promise("and nothing of that file is taken", "R001" not in text)
        hand_in("register", register(folder, [turn(n) for n in range(1, 7)]))
        promise("a right one is taken", "新增6" in page.inner_text("main"))
        hand_in("register", register(folder, [turn(n, 任教学科="数学" if n == 2 else "语文") for n in range(1, 7)]))
        promise("taken again, only what changed is changed", "新增0，改动1，不变5" in page.inner_text("main"))
        promise("names show to whoever arranges exchange, and the page says that they lie sealed", "甲1乙" in page.content() and "姓名加密保存" in page.content())
        kept = b"".join(open(os.path.join(top, name), "rb").read() for top, _, names in os.walk(folder) for name in names if "junheng.sqlite" in name)
        promise("no name stands readable in the database", "甲1乙".encode() not in kept)
        data = b"".join(
            open(os.path.join(at, name), "rb").read() for at, _, names in os.walk(os.path.join(folder, "data")) for name in names)
        promise("no name of the register lies in the data folder", "甲1乙".encode() not in data)
        page.goto(base + "/rotation?year=2025")
        promise("the county stands in the list with its rate", "清河县" in page.inner_text("table"))
        hand_in("plans", register(folder, [turn(1)]))
        promise("a register is no roster, and the page says what is missing", "没有收下" in page.content() and "最近" not in page.inner_text("h1"))
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            wide = []
            for address in (base + "/rotation?year=2025", home, plan):
                page.goto(address)
                wide.append(page.evaluate("document.documentElement.scrollWidth"))
            promise(f"nothing sticks out at {width}: {wide}", all(w <= width for w in wide))
        browser.close()
    finally:
        server.terminate()
        server.wait(20)

sys.exit(1 if failures else 0)
