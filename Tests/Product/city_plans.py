"""A city's plan in the running product: evidence, lights, boards, dispatch, meetings, a text read and adopted: city_plans.py PROGRAM."""

import datetime
import io
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

import docx
import openpyxl

from support.servers import Server, end, promise

program = sys.argv[1]
PLAN = "/city-plans/shifan-eight-actions"
TEXT = """某市教育提质计划

一、实施学位扩容行动（牵头单位：市规划科；配合单位：市财政局）
一是新建学校。到2029年新增公办学位两千五百个，新建学校不少于3所。
二是控制班额。大班额比例控制在5%以内。
二、实施师资提升行动
每年培训校长、骨干教师2000名。
"""


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=tempfile.gettempdir())
    return done.returncode, done.stdout, done.stderr


class Person:
    def __init__(self, server, name):
        self.server, self.cookie = server, {"Cookie": "junheng-visitor=" + name}

    def get(self, path):
        return self.server.ask(path, headers=self.cookie)

    def post(self, path, **fields):
        return self.server.ask(path, urllib.parse.urlencode(fields).encode(), self.cookie)

    def version(self, line):
        return re.search(r'name="version" value="(\d+)"', self.get(f"{PLAN}/lines/{line}")[1]).group(1)

    def light(self, line):
        return re.search(r"<h1>[^<]*：([^<]+)</h1>", self.get(f"{PLAN}/lines/{line}")[1]).group(1)

    def raw(self, path):
        parts = urllib.parse.urlsplit(self.server.base + path)
        url = parts._replace(path=urllib.parse.quote(parts.path)).geturl()
        return urllib.request.urlopen(urllib.request.Request(url, headers=self.cookie), timeout=60).read()


with tempfile.TemporaryDirectory() as folder:
    source, out = os.path.join(folder, "计划.txt"), os.path.join(folder, "plan.yaml")
    open(source, "w", encoding="utf-8").write(TEXT)
    code, told, _ = run("plan", "import", source, "--out", out, "--report")
    promise("plan import tells targets with their places", code == 0 and "≥ 2500 个" in told and "≤ 5%" in told
            and re.search(r"〔第\d+段第\d+句（\d+–\d+字）〕", told) is not None, told)
    promise("plan import writes a definition", "amount: { atLeast: 2500" in open(out, encoding="utf-8").read())
    code, _, error = run("plan", "import", os.path.join(folder, "没有.txt"))
    promise("a text that is not there ends with 2", code == 2 and "读不了" in error, error)

    server = Server(program, os.path.join(folder, "data"), None, "--demo")
    try:
        officer, chief, county, head = Person(server, "city-officer"), Person(server, "city-inspectorate"), Person(server, "county-officer-3"), Person(server, "school-head")
        status, page, _ = officer.get(PLAN)
        promise("the demo city's plan shows every kind of light", status == 200 and all(
            re.search(word + r'</span>\s*</dt><dd class="plain"><a href="[^"]*"><b>[1-9]', page) for word in ("已完成", "推进中", "预警", "滞后", "资料不足")))
        promise("the list filters by office and light", "认定劳动实践基地" in officer.get(PLAN + "?owner=basic&light=late")[1]
                and "建成名师名校长工作室" not in officer.get(PLAN + "?owner=basic&light=late")[1])

        # Evidence moves the light.
        promise("a studio target stands late", officer.light("studios") == "滞后")
        seen = officer.version("studios")
        entry = dict(day="2026-01-20", amount="8", note="第二批", document="示教字〔演示〕40号")
        entry["day"] = datetime.date.today().isoformat()
        status, _, place = officer.post(f"{PLAN}/lines/studios/evidence", version=seen, **entry)
        promise("eight more make it done", status == 303 and officer.light("studios") == "已完成", status)
        status, page, _ = officer.post(f"{PLAN}/lines/studios/evidence", version=seen, **entry)
        promise("who saw an older state is told so", status == 409 and "刚刚有人改过" in page, status)
        status, page, _ = officer.post(f"{PLAN}/lines/studios/evidence", version=officer.version("studios"), **dict(entry, amount="很多"))
        promise("a number that is none is refused in words", status == 409 and "“很多”不是一个数" in page, status)
        entry_id = re.search(r"/evidence/([^/]+)/withdraw", officer.get(f"{PLAN}/lines/studios")[1]).group(1)
        status, _, _ = officer.post(f"{PLAN}/evidence/{entry_id}/withdraw", version=officer.version("studios"), reason="重复填报")
        promise("taken back it is late again, and the reason stays", status == 303 and officer.light("studios") == "滞后"
                and "重复填报" in officer.get(f"{PLAN}/lines/studios")[1], status)

        # A document that comes later makes an entry count.
        page = officer.get(f"{PLAN}/lines/labour-bases")[1]
        waiting = re.search(r"缺1份佐证材料.*?/evidence/([^/]+)/documents", page, re.S).group(1)
        body = ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"认定文件二.pdf\"\r\n\r\n%PDF-1\r\n--x--\r\n").encode()
        status, _, _ = server.ask(f"{PLAN}/evidence/{waiting}/documents", body, dict(officer.cookie, **{"Content-Type": "multipart/form-data; boundary=x"}))
        page = officer.get(f"{PLAN}/lines/labour-bases")[1]
        promise("the entry counts once its document is there", status == 303 and "现为13 个" in page, status)
        link = re.search(r'href="(/city-plans/[^"]*/documents/0[^"]*)"', page).group(1).replace("&amp;", "&")
        promise("the document is handed out as it came", officer.raw(link) == b"%PDF-1")
        promise("but not to a county", county.get(link)[0] == 403)

        # Counties report for themselves and see only themselves.
        status, _, _ = county.post(f"{PLAN}/lines/whitelist/evidence", version=county.version("whitelist"), county="东岭县", **dict(entry, amount="1"))
        promise("a county reports for itself", status == 303, status)
        status, _, _ = county.post(f"{PLAN}/lines/whitelist/evidence", version=county.version("whitelist"), county="清河县", **dict(entry, amount="1"))
        promise("but not for another", status in (403, 409), status)
        page = county.get(f"{PLAN}/lines/cv-primary")[1].split("<main")[1]
        promise("and sees no other county's numbers", "东岭县" in page and "清河县" not in page and "云溪县" not in page)
        promise("a head may look and not report", head.get(PLAN)[0] == 200 and head.post(
            f"{PLAN}/lines/studios/evidence", version="0", **entry)[0] == 403)

        # Lights by hand.
        status, page, _ = chief.post(f"{PLAN}/lines/studios/light", version=officer.version("studios"), light="atRisk", reason=" ")
        promise("a light by hand needs a reason", status == 409 and "请写明理由" in page, status)
        chief.post(f"{PLAN}/lines/studios/light", version=officer.version("studios"), light="atRisk", reason="名单已审定，待挂牌")
        page = officer.get(f"{PLAN}/lines/studios")[1]
        promise("and is shown beside what the evidence says", officer.light("studios") == "预警" and "按佐证应为" in page and "名单已审定，待挂牌" in page)
        promise("whoever reports sets none", officer.post(f"{PLAN}/lines/studios/light", version="9", light="done", reason="好了")[0] == 403
                and chief.post(f"{PLAN}/lines/studios/evidence", version="9", **entry)[0] == 403)
        promise("the county may not set one", county.post(f"{PLAN}/lines/studios/light", version="9", light="done", reason="好了")[0] == 403)

        # Boards, what slipped, dispatch with its workbook.
        promise("boards name the office with most late", "滞后最多的是" in officer.get(PLAN + "/boards")[1])
        page = officer.get(PLAN + "/slipped")[1]
        promise("what slipped this week names the line", "认定劳动实践基地" in page and re.search("本周[1-9]项滑落", page), re.search("<h1>.*</h1>", page).group(0))
        book = openpyxl.load_workbook(io.BytesIO(officer.raw(PLAN + "/dispatch?t=dispatch&export=xlsx")))
        cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value is not None]
        promise("the dispatch list goes out as a workbook", "认定劳动实践基地" in cells and "名单已审定，待挂牌" in " ".join(cells)
                and "第二批劳动实践基地材料限期补齐" in cells, cells[:20])

        # A meeting opens with what the last one left.
        today = datetime.date.today().isoformat()
        status, _, place = chief.post(PLAN + "/meetings", title="第2次联席研判会议", day=today)
        page = chief.get(place)[1]
        promise("the next meeting opens with the state of earlier decisions", status == 303 and "以前议定的还有2项没有办结" in page
                and "名单已审定" in page, status)
        path = place.split("?")[0]
        version = re.search(r'name="version" value="(\d+)"', page).group(1)
        status, _, _ = chief.post(path + "/decisions", version=version, text="月底前补报学位数", owner="市财务科", due=today, item="places")
        promise("a decision becomes a task in the dispatch list", status == 303 and "月底前补报学位数" in chief.get(PLAN + "/dispatch")[1], status)
        paper = docx.Document(io.BytesIO(chief.raw(path + "/pack.docx")))
        words = "\n".join(p.text for p in paper.paragraphs) + "\n".join(c.text for t in paper.tables for r in t.rows for c in r.cells)
        promise("the pack bears the live numbers", "一、总体进展" in words and "建成名师名校长工作室" in words and "月底前补报学位数" in words
                and "第二批劳动实践基地材料限期补齐" in words)

        # A text becomes a plan after review.
        status, _, place = chief.post("/plan-drafts", title="提质计划", text=TEXT)
        page = chief.get(place)[1]
        promise("a pasted text becomes a draft beside its places", status == 303 and "两千五百个" in page and "≥ 2500 个" in page, status)
        draft = place.split("?")[0]
        second = re.search(r'<tr id="l(\d+)"[^>]*><th[^>]*><span class="note">举措</span> 控制班额', page).group(1)
        status, _, _ = chief.post(draft, version="1", number=second, label="控制班额", owner="", deadline="", drop="1")
        promise("dropping a line drops what is below", status == 303 and chief.get(draft)[1].count('class="gone"') >= 2, status)
        status, _, place = chief.post(draft + "/adopt", version="2", title="提质计划", **{"from": "2026-01-01", "until": "2029-12-31"})
        page = chief.get(place)[1]
        promise("and what stays is worked by", status == 303 and "2500 个" in page and "≥ 2000 名（每年）" in page and "大班额" not in page
                and "市规划科" in page, status)
        promise("a draft is adopted once", chief.post(draft + "/adopt", version="3", title="x", **{"from": "2026-01-01", "until": "2029-12-31"})[0] == 409)
        status, _, place = chief.post("/city-plans/adopt", plan="laibin-four-actions", version="0")
        promise("a plan of the catalogue is adopted", status == 303 and "每年完成书记校长、骨干教师培训" in chief.get(place)[1], status)
        _, audit, _ = Person(server, "administrator").get("/audit")
        promise("all of it stands in the audit", "/light" in audit and "/plan-drafts" in audit)
    finally:
        server.stop()
end()
