"""Special funds: command line, papers and pages: ledger.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

import docx
import openpyxl
from playwright.sync_api import sync_playwright

program = sys.argv[1]
root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
failures = 0
YEAR = 2026

LEDGER = ["凭证号", "年度", "资金名称", "项目", "学校标识码", "学校名称", "类型", "金额", "单位", "用途", "日期", "理由", "冲正凭证号"]
FIGURES = ["序号", "年度", "口径", "范围", "学校标识码", "学校名称", "一般公共预算教育支出", "生均口径学生数", "公用经费预算总额", "教师培训经费"]


def promise(name, kept, *why):
    global failures
    failures += 0 if kept else 1
    print(("ok   " if kept else "FAIL ") + name, *([] if kept else why), flush=True)


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir())
    return done.returncode, done.stdout, done.stderr


def entry(voucher, kind, amount, month=3, unit="万元", purpose="设备购置", reason="", reverses="", school="2137000001"):
    return [voucher, YEAR, "薄弱环节资金", "运动场改造", school, "示例一小" if school else "", kind, amount, unit, purpose,
            f"{YEAR}-{month:02}-01", reason, reverses]


def book(file, ledger=None, figures=None):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, head, rows in (("专项资金台账", LEDGER, ledger), ("经费数据", FIGURES, figures)):
        if rows is not None:
            sheet = made.create_sheet(name)
            sheet.append(head)
            for row in rows:
                sheet.append(row)
    made.save(file)


GOOD = [entry("付-1", "支付", 250000.07, 4, unit="元"), entry("预-1", "预算", 100, 1), entry("下-1", "下达", 80.5, 2)]
NUMBERS = [
    [1, 2025, "决算", "全县", "", "", 40000, 20000, "", ""], [2, 2026, "决算", "全县", "", "", 39600, 19000, "", ""],
    [3, 2026, "预算", "全县", "", "", 45000, 19000, "", ""],
    [4, 2026, "预算", "学校", "2137000001", "示例一小", "", "", 80, 4], [5, 2026, "预算", "学校", "2137000002", "示例二小", "", "", 80, 3.99],
    [6, 2026, "预算", "学校", "2137000003", "示例三小", "", "", 80, ""],
]


def command_line(path):
    book(path("good.xlsx"), GOOD, NUMBERS)
    code, out, error = run("funds", path("good.xlsx"), "--county", "清河县", "--json", path("f.json"), "--report", path("f.docx"))
    promise(f"a workbook is read and judged: {out.splitlines()[0] if out else error}", code == 0 and error == "")
    found = json.load(open(path("f.json")))
    line = found["lines"][0]
    promise("no fen is lost between 元 and 万元",
            (line["budget"], line["allotted"], line["paid"], line["balance"]) == (100_000_000, 80_500_000, 25_000_007, 55_499_993))
    by = {growth["basis"]: growth for growth in found["growth"]}
    promise("spending fell and the mean per pupil grew: not met",
            by["final"]["verdict"] == "notMet" and [row["verdict"] for row in by["final"]["rows"]] == ["notMet", "met"])
    promise("a budget is not held against a final account",
            by["budget"]["verdict"] == "insufficient" and "只有决算数，不能与预算数比" in by["budget"]["rows"][0]["reason"])
    promise("5 % exactly is met, a little less is not, nothing told is not judged",
            [row["verdict"] for row in found["training"]] == ["met", "notMet", "insufficient"])
    text = "\n".join(p.text for p in docx.Document(path("f.docx")).paragraphs)
    cells = [cell.text for table in docx.Document(path("f.docx")).tables for row in table.rows for cell in row.cells]
    promise("the paper tells sums, verdicts and where the rules stand",
            "执行率" in text and "不达标" in text and "国办发〔2018〕82号" in text and "55.499993" in cells)
    bad = [entry("预-1", "预算", "十万", 1), entry("下-1", "拨款", 8, 2), entry("付-1", "支付", 5, 4), entry("付-2", "支付", -5, 4)]
    bad[2][10] = "2026-02-31"
    book(path("bad.xlsx"), bad)
    code, _, error = run("funds", path("bad.xlsx"))
    promise("wrong cells are named", code == 2 and all(word in error for word in ("H2", "G3", "K4", "十万")))
    book(path("over.xlsx"), [entry("预-1", "预算", 10, 1), entry("下-1", "下达", 11, 2), entry("付-1", "支付", 12, 4)])
    code, _, error = run("funds", path("over.xlsx"))
    promise("more than there is cannot be paid, and allotting beyond the budget asks for a reason",
            code == 2 and "支付超过可用数" in error and "写明理由" in error and "A4" in error)
    book(path("back.xlsx"), GOOD + [entry("冲-1", "支付", 250000.07, 5, unit="元", reason="登错", reverses="付-1")])
    code, out, error = run("funds", path("back.xlsx"))
    promise("a reversal takes a payment back", code == 0 and "支付0，" in out)
    history = GOOD + [entry("冲-付-1", "支付", "-250000.07", 5, unit="元", reason="登错", reverses="付-1"), entry("付-3", "支付", 7, 6)]
    for name, rows in (("as it was written", history), ("newest first", history[::-1])):
        book(path("history.xlsx"), rows)
        code, out, error = run("funds", path("history.xlsx"))
        promise(f"a ledger with its reversals reads back, {name}", code == 0 and "支付7，" in out and "下达80.5" in out, out, error)
    openpyxl.Workbook().save(path("none.xlsx"))
    code, _, error = run("funds", path("none.xlsx"))
    promise("a workbook without the sheets is sent back", code == 2 and "专项资金台账" in error)


def start(*arguments):
    server = subprocess.Popen([program, "serve", *arguments, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in server.stdout:
        if found := re.search(r"http://[\d.:]+", line):
            return server, found.group(0)
    raise SystemExit("FAIL the server did not start")


def look(page, urls, name):
    pictures = os.environ.get("JUNHENG_PICTURES")
    for number, url in enumerate(urls):
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(url)
            wide = page.evaluate("document.documentElement.scrollWidth") <= width
            promise(f"{name} page {number + 1} fits {width} pixels", wide)
            if pictures:
                page.screenshot(path=os.path.join(pictures, f"funds-{name}-{number + 1}-{width}.png"), full_page=True)


def elsewhere(page, base, county, file):
    """Hands a workbook in to another county."""
    page.goto(base + "/funds/counties/" + urllib.parse.quote(county) + f"?budget={YEAR}")
    page.set_input_files("form[action*='/workbooks'] input[type=file]", file)
    page.click("form[action*='/workbooks'] button")
    page.wait_for_load_state()
    return page.inner_text("h1")


def reversing(page, base, home, path):
    there = elsewhere(page, base, "东岭县", path("taken.xlsx"))
    page.goto(home)
    here = page.inner_text("h1")
    promise(f"read into another county's empty ledger it gives the same sums: {there}", there.replace("东岭县", "") == here.replace("清河县", ""), here)
    again = page.request.get(base + "/funds/counties/" + urllib.parse.quote("东岭县") + f"?budget={YEAR}&t=entries&export=xlsx")

    def ledger(bytes_):
        rows = [row for row in openpyxl.load_workbook(io.BytesIO(bytes_)).active.iter_rows(values_only=True) if row[0] and "-" in str(row[0]) and len(row) > 12]
        return [row[:13] for row in rows]

    promise("entry by entry, in the same order", ledger(again.body()) == ledger(open(path("taken.xlsx"), "rb").read()) and len(ledger(again.body())) == 6,
            ledger(again.body()), ledger(open(path("taken.xlsx"), "rb").read()))
    page.select_option("select[name=reverses]", "预-1")
    page.fill("form[action*='/reversals'] input[name=reason]", "缩减")
    page.click("form[action*='/reversals'] button")
    page.wait_for_load_state()
    promise("a budget that is allotted already is not taken back, whatever the reason", "冲正后预算少于已下达数" in page.inner_text("[role=alert]"))


def documents(page, base, home, path):
    open(path("发票.pdf"), "wb").write(b"%PDF-1.4 " + b"0" * 2000)
    open(path("现场.jpg"), "wb").write(b"\xff\xd8\xff\xe0" + b"0" * 2000)
    open(path("假的.pdf"), "wb").write(b"hello")

    def pay(voucher, file):
        page.goto(home)
        form = "form[action*='/entries'] "
        page.select_option(form + "select[name=kind]", label="支付")
        for name, value in (("fund", "薄弱环节资金"), ("project", "运动场改造"), ("school", "2137000001"), ("amount", "1"), ("voucher", voucher), ("day", f"{YEAR}-06-01")):
            page.fill(form + f"input[name={name}]", value)
        page.set_input_files(form + "input[type=file]", file)
        page.click(form + "button")
        page.wait_for_load_state()

    pay("付-9", path("假的.pdf"))
    promise("what is no document is refused, and nothing written", "不是凭据能用的文件" in page.inner_text("[role=alert]") and "付-9" not in page.inner_text("section >> text=台账 >> nth=-1"))
    pay("付-9", path("发票.pdf"))
    links = page.locator("#documents a").all()
    promise("a payment carries its invoice", [link.inner_text() for link in links] == ["发票.pdf"])
    promise("which reads back", page.request.get(base + links[0].get_attribute("href")).body() == open(path("发票.pdf"), "rb").read())
    page.select_option("form[action*='/documents'] select", label=next(o for o in page.locator("form[action*='/documents'] option").all_inner_texts() if o.startswith("下-1")))
    page.set_input_files("form[action*='/documents'] input[type=file]", path("现场.jpg"))
    page.click("form[action*='/documents'] button")
    page.wait_for_load_state()
    promise("another entry gets a photo afterwards", page.locator("#documents a", has_text="现场.jpg").count() == 1 and "现有1份凭据" in page.inner_text("[role=status]"))
    photo = page.request.get(base + page.locator("#documents a", has_text="现场.jpg").get_attribute("href"))
    promise("which is shown as a picture", photo.headers["content-type"] == "image/jpeg")
    page.click("text=薄弱环节资金 >> nth=0")
    page.wait_for_load_state()
    promise("a fund has its own page", "“薄弱环节资金”" in page.inner_text("h1") and page.locator("form[action*='/entries']").count() == 0 and "付-9" in page.inner_text("main"))


def carrying(page, base, path):
    old = YEAR - 1
    rows = [[cell if place not in (1, 10) else (old if place == 1 else str(cell).replace(str(YEAR), str(old))) for place, cell in enumerate(row)] for row in GOOD]
    book(path("old.xlsx"), rows)
    county = "北山县"
    elsewhere(page, base, county, path("old.xlsx"))
    home = base + "/funds/counties/" + urllib.parse.quote(county) + f"?budget={old}"

    def carry():
        page.goto(home)
        page.click("form[action*='/carry'] button")
        page.wait_for_load_state()

    page.goto(home)
    promise("a year that is over still has its rest", "55.499993" in page.inner_text("main"))
    carry()
    promise("it is carried over", "登记了1笔，共554999.93元" in page.inner_text("[role=status]") and str(YEAR) in page.inner_text("h1"))
    page.goto(home)
    promise("then the old year has nothing left to spend", "0（已结转）" in page.inner_text("main"))
    carry()
    promise("and is not carried over twice", "已经结转到" in page.inner_text("[role=alert]"))
    again = ["再结转-1", YEAR, "薄弱环节资金", "运动场改造", "2137000001", "示例一小", "结转", 1, "元", "", f"{YEAR}-01-01", "", ""]
    book(path("twice.xlsx"), [again])
    elsewhere(page, base, county, path("twice.xlsx"))
    promise("nor under another number by a workbook", "已经结转过554999.93元" in page.inner_text("[role=alert]"))


def wanting(path):
    """A province that wants a paper of every payment."""
    text = open(os.path.join(root, "Catalogue/national/spending/national.yaml"), encoding="utf-8").read()
    write(path("want.yaml"), text.replace("evidence: []", "evidence: [paid]"))
    code, out, error = run("funds", path("good.xlsx"), "--rules", path("want.yaml"))
    promise("a workbook is taken where papers are wanted, and one is reminded of them", code == 0 and "请在台账里补交" in out, out, error)
    write(path("want.yaml"), text.replace("evidence: []", "evidence: [budget]"))
    code, _, error = run("funds", path("good.xlsx"), "--rules", path("want.yaml"))
    promise("a rule that wants a paper of a budget is told by file and line", code == 2 and "want.yaml" in error and "evidence" in error, error)


def write(file, text):
    return open(file, "w", encoding="utf-8").write(text)


def pages(folder, path):
    server, base = start("--data", os.path.join(folder, "data"))
    home = base + "/funds/counties/" + urllib.parse.quote("清河县") + f"?budget={YEAR}"
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.set_default_timeout(30_000)
            page.goto(home)
            promise("an empty ledger says so", "还没有登记" in page.inner_text("h1"))

            def hand_in(file):
                page.goto(home)
                page.set_input_files("form[action*='/workbooks'] input[type=file]", file)
                page.click("form[action*='/workbooks'] button")
                page.wait_for_load_state()

            hand_in(path("bad.xlsx"))
            promise("wrong cells are named on the page, and nothing is written",
                    "H2" in page.inner_text("[role=alert]") and "还没有登记" in page.inner_text("h1"))
            hand_in(path("over.xlsx"))
            promise("a workbook that pays too much is refused as a whole", "还没有登记" in page.inner_text("h1"))
            half = [row[:] for row in NUMBERS]
            half[2][6] = "很多"
            book(path("half.xlsx"), GOOD, half)
            hand_in(path("half.xlsx"))
            promise("a wrong row of figures leaves no entry either", "很多" in page.inner_text("[role=alert]") and "还没有登记" in page.inner_text("h1"))
            book(path("half.xlsx"), [entry("预-1", "预算", 10, 1), entry("付-1", "支付", 12, 4)], NUMBERS)
            hand_in(path("half.xlsx"))
            promise("and a wrong entry no figures", "支付超过可用数" in page.inner_text("[role=alert]") and "45000" not in page.inner_text("main") and page.locator("text=教师培训经费占").count() == 0)
            hand_in(path("good.xlsx"))
            promise(f"a workbook becomes a ledger: {page.inner_text('h1')}", "预算100万元" in page.inner_text("h1") and "31.1%" in page.inner_text("h1"))
            text = page.inner_text("main")
            promise("verdicts stand on the page", "不达标" in text and "资料不足" in text and "55.499993" in text)
            hand_in(path("good.xlsx"))
            promise("the same vouchers are not written twice", "已经登记过" in page.inner_text("[role=alert]"))

            def write(kind, amount, voucher, reason=""):
                page.goto(home)
                form = "form[action*='/entries'] "
                page.select_option(form + "select[name=kind]", label=kind)
                for name, value in (("fund", "薄弱环节资金"), ("project", "运动场改造"), ("school", "2137000001"), ("amount", amount),
                                    ("voucher", voucher), ("reason", reason), ("day", f"{YEAR}-06-01")):
                    page.fill(form + f"input[name={name}]", value)
                page.click(form + "button")
                page.wait_for_load_state()

            write("支付", "56", "付-2")
            promise("one cannot pay more than there is", "支付超过可用数" in page.inner_text("[role=alert]"))
            promise("what was filled in is still there", page.input_value("input[name=amount]") == "56")
            write("支付", "55.499993", "付-2")
            promise("to the last fen one can", "支付80.5万元" in page.inner_text("h1") and "100.0%" in page.inner_text("h1"))
            write("下达", "30", "下-2")
            promise("beyond the budget one needs a reason", "写明理由" in page.inner_text("[role=alert]"))
            write("下达", "30", "下-2", "追加")
            promise("with it one is warned", "下达超过预算" in page.inner_text("[role=status] >> nth=1"))
            page.select_option("select[name=reverses]", "付-2")
            page.fill("form[action*='/reversals'] input[name=reason]", "登错")
            page.click("form[action*='/reversals'] button")
            page.wait_for_load_state()
            promise("a reversal takes it back and both stay", "支付25.000007万元" in page.inner_text("h1") and "冲-付-2" in page.inner_text("main"))
            page.goto(home)
            report = page.request.get(base + page.get_attribute("a[href*='report.docx']", "href"))
            promise("the paper can be had", report.ok and len(docx.Document(io.BytesIO(report.body())).tables) >= 3)
            taken = page.request.get(home + "&t=entries&export=xlsx")
            open(path("taken.xlsx"), "wb").write(taken.body())
            values = [str(c) for row in openpyxl.load_workbook(path("taken.xlsx")).active.iter_rows(values_only=True) for c in row]
            promise("the ledger can be had as a workbook", "冲-付-2" in values and "付-1" in values)
            code, out, error = run("funds", path("taken.xlsx"), "--year", str(YEAR))
            promise("which the command reads back to the same sums", code == 0 and "预算100万元" in out and "支付25.000007" in out and "下达110.5" in out, out, error)
            reversing(page, base, home, path)
            documents(page, base, home, path)
            carrying(page, base, path)
            school = base + "/funds/counties/" + urllib.parse.quote("清河县") + f"/schools/2137000001?budget={YEAR}"
            page.goto(school)
            promise("a school sees its own part", "示例一小" in page.inner_text("h1") and page.locator("form[method=post][action*='/funds']").count() == 0)
            page.goto(home.replace(str(YEAR), "2020"))
            page.click("form[action*='/carry'] button")
            page.wait_for_load_state()
            promise("nothing left, nothing carried over", "没有结余" in page.inner_text("[role=alert]"))
            look(page, [base + f"/funds?budget={YEAR}", home, school], "plain")
        finally:
            server.terminate()
            server.wait()


with tempfile.TemporaryDirectory() as folder:
    def path(name):
        return os.path.join(folder, name)

    command_line(path)
    wanting(path)
    pages(folder, path)
sys.exit(1 if failures else 0)
