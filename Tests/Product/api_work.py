"""Work of the rooms beside through the interface, on the demo city: api_work.py PROGRAM. Prints `ok …` or `FAIL …`."""

import datetime
import io
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

import openpyxl

from support.fuzzing import fuzz
from support.programs import Page, Program
from support.servers import Server, end, promise, wait

program = sys.argv[1]
COUNTY = "清河县"
PICTURE = b"\xff\xd8\xff\xe0" + b"0" * 4_000


def page(base, name):
    """The browser of a demo user."""
    browser = Page(base)
    browser.opener.addheaders = [("Cookie", "junheng-visitor=" + name)]
    return browser


def token(base, name, *duties, **more):
    return Program(base, page(base, name).token("试 " + name, list(duties), **more))


def days(count):
    return str(datetime.date.today() + datetime.timedelta(days=count))


# MARK: 入校督导


def planning(base):
    office = token(base, "county-officer-2", "look", "requestVisits", "arrangeVisits")
    reader = token(base, "county-officer-2", "look")
    schools = office.all("/inspection/schools?limit=50")[0]
    promise("every school of the county with its inspector and its visits", {s["county"] for s in schools} == {COUNTY} and all("counted" in s and "most" in s for s in schools))
    public = office.all("/inspection/counts")[0]
    promise("the published counts are of all counties and name nobody", len({s["county"] for s in public}) > 1 and not any("inspectorName" in s for s in public))
    rubrics = {r["id"]: r for r in office.all("/inspection/rubrics")[0]}
    promise("rubrics say what is looked at and what a level is worth", rubrics["routine"]["areas"][0]["items"] and rubrics["routine"]["levels"])
    proposals = office.all("/inspection/proposals")[0]
    both = next(p for p in proposals if p["joining"])
    one = "/inspection/visits/" + both["visit"]
    status, before, headers = office.ask(one)
    promise("a visit asked for, with its version", status == 200 and before["state"] == "requested" and before["mayArrange"] and headers["ETag"].startswith(f'"v{before["version"]}-'))
    promise("who may only look approves nothing", reader.post(one + "/approve", {}, If_Match="*")[1]["code"] == "token.scope")
    promise("to approve, say which version was seen", office.post(one + "/approve", {})[0] == 428)
    promise("of an older version it is refused", office.post(one + "/approve", {"with": both["joining"]}, If_Match='"v99-x"')[0] == 412)
    status, problem, _ = office.post(one + "/approve", {"with": ["nobody"]}, If_Match="*")
    promise("what cannot be joined is told", status == 409 and "合并" in problem["detail"])
    status, merged, _ = office.post(one + "/approve", {"with": both["joining"]}, If_Match=headers["ETag"], Idempotency_Key="merge")
    promise("two become one visit", status == 200 and merged["state"] == "approved" and len(merged["requests"]) == 1 + len(both["joining"]))
    promise("and the other says into which", office.ask("/inspection/visits/" + both["joining"][0])[1]["into"] == both["visit"])
    saved = {s["school"]: s["saved"] for s in office.all("/inspection/counts")[0]}
    promise("the saved visit is published", saved[both["school"]] == next(s["saved"] for s in public if s["school"] == both["school"]) + 1)
    wish = {"rubric": "routine", "from": days(3), "until": days(9), "purpose": "随访", "schools": [schools[0]["school"], schools[1]["school"]]}
    ask = f"/inspection/counties/{COUNTY}/requests"
    count = len(office.all("/inspection/visits")[0])
    if days(3)[:4] == days(9)[:4]:
        for wrong, words in [({"from": days(9), "until": days(3)}, "最晚不早于最早"), ({"rubric": "nothing"}, "评价表"), ({"schools": [schools[0]["school"], "nobody"]}, "学校"), ({"schools": []}, "学校")]:
            status, problem, _ = office.post(ask, {**wish, **wrong})
            promise(f"a wrong wish is refused in words: {words}", status == 422 and words in problem["detail"])
        promise("and nothing of it is kept", len(office.all("/inspection/visits")[0]) == count)
        status, made, _ = office.post(ask, wish, Idempotency_Key="ask")
        again = office.post(ask, wish, Idempotency_Key="ask")[1]
        promise("visits to two schools are asked for at once, sent twice once", status == 201 and len(made["items"]) == 2 and again == made and len(office.all("/inspection/visits")[0]) == count + 2)
        two = "/inspection/visits/" + made["items"][0]["id"]
        promise("to say no takes a reason", office.post(two + "/decline", {"reason": ""}, If_Match="*")[0] == 422)
        promise("then it is said", office.post(two + "/decline", {"reason": "与上月重复"}, If_Match="*")[1]["decision"]["reason"] == "与上月重复")
        promise("and not twice", office.post(two + "/decline", {"reason": "再说"}, If_Match="*")[0] == 409)
    promise("another county's wish is not this county's to make", office.post("/inspection/counties/城关区/requests", wish)[0] == 403)
    charge = f"/inspection/counties/{COUNTY}/schools/{schools[0]['school']}/inspector"
    known = office.all(f"/inspection/counties/{COUNTY}/inspectors")[0]
    status, kept, _ = office.post(charge, {"inspector": known[0]["id"], "region": "第九责任区"})
    promise("a school gets its inspector", status == 200 and kept["region"] == "第九责任区" and office.all("/inspection/schools")[0][0]["region"] == "第九责任区")
    promise("an unknown inspector is refused in words", office.post(charge, {"inspector": "nobody", "region": "一"})[0] == 422)
    promise("so is an unknown school", office.post(charge.replace(schools[0]["school"], "0"), {"inspector": known[0]["id"], "region": "一"})[0] == 404)
    promise("and may be without one again", office.ask(charge, "DELETE")[0] == 204 and "inspector" not in office.all("/inspection/schools")[0][0])
    return office


def going(base, office):
    inspector = token(base, "inspector", "look", "inspect", "handle")
    own = inspector.all("/inspection/visits")[0]
    promise("an inspector sees visits to the own schools alone", own and len(own) < len(office.all("/inspection/visits")[0]))
    one = "/inspection/visits/" + next(v["id"] for v in own if v["state"] == "approved" and "arrivedAt" not in v)
    visit = inspector.ask(one)[1]
    sheet = visit["sheets"][0]
    first = f"{one}/items/{sheet['rubric']}/{sheet['items'][0]['item']}"
    promise("a visit not fully judged has no score", visit["score"] == {"state": "unknown", "reason": "notJudged", "label": visit["score"]["label"]})
    promise("without checking in nothing is judged", inspector.post(first, {"level": "na"})[0] == 409)
    promise("a place that is none is refused", inspector.post(one + "/arrive", {"location": "北边"})[0] == 422)
    promise("who arranged it may look at it and the head of another school may not", office.ask(one)[0] == 200 and token(base, "county-officer-6", "look").ask(one)[0] == 403)
    status, arrived, _ = inspector.post(one + "/arrive", {"location": "100.0,30.0,15"})
    promise("a check-in far away is written down as such", status == 200 and arrived["checkIn"]["standing"] == "far" and arrived["checkIn"]["metres"]["value"] > 1_000)
    promise("sent again the first one stands", inspector.post(one + "/arrive", {"reason": "没有信号"})[1]["checkIn"] == arrived["checkIn"])
    promise("a level there is not is refused", inspector.post(first, {"level": "nothing"})[0] == 422)
    status, problem, _ = inspector.post(first, {"level": "na", "problem": "值班记录有两天没有签名"})
    promise("a finding wants its day", status == 422 and "整改期限" in problem["detail"])
    promise("an item there is not is not there", inspector.post(one + "/items/nothing/nothing", {"level": "na"})[0] == 404)
    status, problem, _ = inspector.upload("不是照片.txt", b"hello", path=first + "/with-photo", level="na")
    promise("a file that is no photo is refused and nothing judged", status == 422 and "不是照片" in problem["detail"] and "level" not in inspector.ask(one)[1]["sheets"][0]["items"][0], status, problem)
    rubric = next(r for r in inspector.all("/inspection/rubrics")[0] if r["id"] == sheet["rubric"])
    status, judged, _ = inspector.upload("现场.jpg", PICTURE, path=first + "/with-photo", level=rubric["levels"][-1]["id"], note="看过记录", problem="值班记录有两天没有签名", finishBy=days(20), location="120.1,36.2")
    promise("an item is judged with a photo and a finding", status == 200 and len(judged["photos"]) == len(visit["photos"]) + 1 and judged["problems"][-1]["finishBy"] == days(20), judged)
    promise("the photo reads back", inspector.ask(one + "/photos/" + judged["photos"][-1]["digest"])[1] == PICTURE)
    promise("a visit is not finished half judged", inspector.post(one + "/finish", If_Match="*")[0] == 409)
    finding = judged["problems"][-1]["id"]
    status, begun, _ = inspector.post(f"{one}/findings/{finding}/case")
    promise("a finding becomes a case", status == 200 and begun["problems"][-1]["caseNumber"], begun)
    promise("once", inspector.post(f"{one}/findings/{finding}/case")[0] == 409)
    for other in begun["sheets"]:
        for item in other["items"]:
            if "level" not in item:
                assert inspector.post(f"{one}/items/{other['rubric']}/{item['item']}", {"level": "na"})[0] == 200
    status, done, _ = inspector.post(one + "/finish", If_Match=inspector.ask(one)[2]["ETag"])
    promise("judged whole it is finished, with a score", status == 200 and done["state"] == "done" and done["score"]["state"] == "known")
    promise("then nothing more is written", inspector.post(first, {"level": "na"})[0] == 409)
    promise("the page shows the same score", f"得分{done['score']['value']:.1f}" in page(base, "inspector").go(one)[2])
    promise("its report is a Word paper", inspector.ask(one + "/report.docx")[1][:2] == b"PK")
    return done


def scores(base, office, done):
    status, county, _ = office.ask(f"/inspection/counties/{COUNTY}/score")
    promise("a county's score shows its arithmetic", status == 200 and all(p["explanation"] and p["basis"] for p in county["parts"]) and sum(p["weight"] for p in county["parts"]) == county["full"])
    known = [p for p in county["parts"] if p["points"]["state"] == "known"]
    promise("what is not known is not a zero", abs(sum(p["points"]["value"] for p in known) - county["known"]["value"]) < 1e-9 and county["knownOf"] == sum(p["weight"] for p in known)
            and (county["total"]["state"] == "known") == (len(known) == len(county["parts"])))
    promise("the page says it in the same words", known[0]["explanation"] in page(base, "county-officer-2").go(f"/inspection/counties/{'%E6%B8%85%E6%B2%B3%E5%8E%BF'}")[2])
    promise("another county's is not told", office.ask("/inspection/counties/城关区/score")[0] == 403)
    promise("its report is a Word paper", office.ask(f"/inspection/counties/{COUNTY}/report.docx")[1][:2] == b"PK")
    head = token(base, "school-head", "look", county=COUNTY, school="2137020001")
    mine = head.all("/inspection/visits")[0]
    promise("a school's token sees its school's visits alone", {v["school"] for v in mine} <= {"2137020001"} and {s["school"] for s in head.all("/inspection/schools")[0]} == {"2137020001"}
            and {s["school"] for s in head.all("/inspection/counts")[0]} == {"2137020001"})
    promise("its score and no other's", head.ask(f"/inspection/counties/{COUNTY}/schools/2137020001/score")[0] == 200 and head.ask(f"/inspection/counties/{COUNTY}/schools/{done['school'] if done['school'] != '2137020001' else '2137020002'}/score")[0] == 403
            and head.ask(f"/inspection/counties/{COUNTY}/score")[1]["code"] == "token.scope")
    promise("nor does it enter anything", head.post(f"/inspection/visits/{done['id']}/finish", If_Match="*")[0] == 403)


def inspection(base):
    office = planning(base)
    scores(base, office, going(base, office))


# MARK: 交流轮岗


HEADERS = ["教师编号", "姓名", "学段", "任教学科", "骨干级别", "原学校标识码", "原学校名称", "交流学校标识码", "交流学校名称", "交流学校城乡", "交流形式", "状态", "期满学年"]


def turn(number, **changes):
    return {
        "教师编号": f"R{number:05}", "姓名": f"甲{number}乙", "学段": "小学", "任教学科": "语文", "骨干级别": "县级" if number % 3 == 0 else "无",
        "原学校标识码": "2137020001", "原学校名称": "甲校", "交流学校标识码": "2137020002", "交流学校名称": "乙校", "交流学校城乡": "乡村",
        "交流形式": "定期交流", "状态": "交流中", **changes}


def register(rows):
    """A filled-in register form."""
    book = openpyxl.Workbook()
    book.active.title = "交流登记"
    book.active.append(HEADERS)
    for row in rows:
        book.active.append([row.get(header) for header in HEADERS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def outcome(client, task):
    """A task as it ended."""
    for _ in range(600):
        task = client.ask("/tasks/" + task["id"])[1]
        if task["state"] in ("done", "failed", "cancelled"):
            break
        time.sleep(0.3)
    return task


def of_task(client, home, task):
    """The plan of a county that a task worked out."""
    return next(plan for plan in client.all(home + "/plans?year=2025")[0] if plan.get("task") == task["id"])


def carries(base, office, reader, plan, says):
    """An adopted plan of staff becomes tasks of schools and a draft of targets."""
    promise("who may only look gives schools no tasks", reader.post(plan + "/cases", {"finishBy": "2036-08-31"})[0] == 403)
    promise("nor by a day that is past", office.post(plan + "/cases", {"finishBy": "2020-08-31"})[0] == 422)
    status, cases, _ = office.post(plan + "/cases", {"finishBy": "2036-08-31"})
    promise("every school of it has a task", status == 200 and len(cases["items"]) > 2 and all(c.get("page") or c.get("url") for c in cases["items"]) and all(says(c["title"]) for c in cases["items"]), cases)
    again = office.post(plan + "/cases", {"finishBy": "2036-08-31"})[1]
    promise("asked again, none more", len(again["items"]) == len(cases["items"]) and all("不能再立" in c["message"] for c in again["items"]))
    supervisor = token(base, "city-inspectorate", "look", "supervise")
    status, draft, _ = supervisor.post(plan + "/targets", {"finishBy": "2036-08-31"})
    promise("and a draft of targets", status == 201 and draft["page"].startswith("/plan-drafts/"), draft)


def rotation(base, roster, data):
    office = token(base, "county-director", "look", "arrangeStaff")
    reader = token(base, "county-director", "look")
    home = f"/rotation/counties/{COUNTY}"
    rules = reader.ask("/rotation/rules")[1]
    promise("the rules of exchange with their forms", rules["rate"].endswith("%") and rules["document"] and any(form["counts"] for form in rules["forms"]))
    empty = reader.ask(home + "?year=2025")[1]
    promise("without a base there is no verdict", empty["rate"]["verdict"] == "insufficient" and empty["rate"]["whole"]["state"] == "unknown" and empty["rate"]["value"]["reason"] == "noBase")
    status, problem, _ = office.upload("表.xlsx", register([turn(1), turn(2, 交流形式="度假"), turn(3, 状态="已期满")]), path=home + "/register", year="2025")
    promise("what is wrong with a register is told place by place", status == 422 and problem["code"] == "file.refused" and len(problem["errors"]) == 2 and "K3" in problem["errors"][0]["message"] and "度假" in problem["detail"], problem)
    promise("and nothing of it is taken", office.all(home + "/exchanges?year=2025")[0] == [])
    book = register([turn(n) for n in range(1, 7)])
    status, tally, _ = office.upload("表.xlsx", book, path=home + "/register", year="2025", headers={"Idempotency_Key": "register"})
    promise("a right one is taken", status == 200 and tally == {"count": 6, "added": 6, "changed": 0, "same": 0}, tally)
    promise("sent again with its key it is the same answer, without it nothing new", office.upload("表.xlsx", book, path=home + "/register", year="2025", headers={"Idempotency_Key": "register"})[1] == tally
            and office.upload("表.xlsx", book, path=home + "/register", year="2025")[1]["same"] == 6)
    promise("no file, no register", office.post(home + "/register", {})[0] == 415)
    promise("who may only look takes nothing in", reader.upload("表.xlsx", book, path=home + "/register", year="2025")[1]["code"] == "token.scope")
    own, seen = office.all(home + "/exchanges?year=2025&limit=4")[0], reader.all(home + "/exchanges?year=2025")[0]
    promise("who arranges exchange sees codes", len(own) == 6 and {t["teacher"] for t in own} == {f"R{n:05}" for n in range(1, 7)})
    promise("who may only look sees the last of a code and no name", len(seen) == 6 and all(t["teacher"].startswith("＊＊") and "name" not in t for t in seen))
    promise("served years and claims are told", all(t["served"] >= 1 and t["formLabel"] == "定期交流" for t in own))
    one = f"{home}/exchanges/{own[0]['id']}"
    status, problem, _ = office.post(one + "/step", {"state": "planned"}, If_Match="*")
    promise("what a state does not allow is a conflict", status == 409)
    tag = office.ask(one)[2]["ETag"]
    status, ended, _ = office.post(one + "/step", {"state": "cancelled"}, If_Match=tag, Idempotency_Key="step")
    promise("a turn is called off on the version seen", status == 200 and ended["state"] == "cancelled" and ended["next"] == [])
    promise("of an older version it is refused", office.post(one + "/step", {"state": "cancelled"}, If_Match=tag)[0] == 412)
    kept = b"".join(open(os.path.join(at, name), "rb").read() for at, _, names in os.walk(data) for name in names)
    promise("who arranges it is told names, and none lies readable in the data folder", ended["name"].startswith("甲") and not any(f"甲{n}乙".encode() in kept for n in range(1, 7)))
    promise("an exchange there is not is not there", office.post(home + "/exchanges/nobody/step", {"state": "serving"}, If_Match="*")[0] == 404)
    status, problem, _ = office.upload("名册.xlsx", book, path=home + "/plans", year="2025")
    promise("a register is no roster", status == 422 and problem["errors"])
    promise("a rate beyond all is refused in words", "0 到 100" in office.upload("名册.xlsx", roster, path=home + "/plans", year="2025", rate="150")[1]["detail"])
    promise("and a limit of time beyond all", office.upload("名册.xlsx", roster, path=home + "/plans", year="2025", seconds="9")[0] == 422)
    status, task, _ = office.upload("名册.xlsx", roster, path=home + "/plans", year="2025", rate="10", whatIf="yes", seconds="30")
    promise("a roster is worked on as a task", status == 202 and task["kind"] == "plan-rotation" and task["county"] == COUNTY, task)
    done = outcome(office, task)
    plan = of_task(office, home, task)
    promise("and becomes a plan", done["state"] == "done" and done["page"].startswith("/rotation/plans/" + plan["id"]) and plan["task"] == task["id"], done)
    plan = office.ask("/rotation/plans/" + plan["id"])[1]
    promise("with its moves and its proof", plan["moves"] and plan["proof"] and all(s["after"]["value"] <= s["before"]["value"] + 1e-9 for s in plan["spreads"]))
    promise("and what other rates would bring", [r["rate"] for r in plan["rates"]] == ["10%", "15%", "20%", "27%", "36%"] and all(r["isImpossible"] or r["moved"]["value"] > 0 for r in plan["rates"]))
    promise("nobody asks for it again: the roster is gone", office.post(f"/tasks/{task['id']}/retry")[0] == 409)
    promise("everywhere as many come as go", sum(s["out"] for s in plan["schools"]) == sum(s["into"] for s in plan["schools"]) == plan["moved"])
    promise("the county has it", [p["id"] for p in reader.all(home + "/plans?year=2025")[0]] == [plan["id"]])
    masked = reader.ask("/rotation/plans/" + plan["id"])[1]
    promise("who may only look sees no whole code in it", all(m["teacher"].startswith("＊＊") for m in masked["moves"]) and not plan["moves"][0]["teacher"].startswith("＊＊"))
    promise("an unknown form is refused", office.post(f"/rotation/plans/{plan['id']}/adopt", {"form": "nothing"})[0] == 422)
    promise("who may only look adopts nothing", reader.post(f"/rotation/plans/{plan['id']}/adopt", {})[0] == 403)
    status, adopted, _ = office.post(f"/rotation/plans/{plan['id']}/adopt", {})
    promise("it is adopted", status == 200 and adopted["adopted"]["name"], adopted)
    promise("once", office.post(f"/rotation/plans/{plan['id']}/adopt", {})[0] == 409)
    carries(base, office, reader, "/rotation/plans/" + plan["id"], lambda text: re.search(r"派出\d+人，接收\d+人", text))
    rates = reader.ask(home + "?year=2025")[1]
    promise("its people are planned and nobody has gone", rates["planned"] == plan["moved"] and rates["moved"] == 5)
    promise("all arrive at once", office.post(home + "/arrivals", {"year": 2025})[1]["count"] == plan["moved"])
    rates = reader.ask(home + "?year=2025")[1]
    promise("then the rates are judged", rates["rate"]["verdict"] in ("met", "notMet") and rates["rate"]["part"] == plan["moved"] + 5 and rates["rate"]["whole"]["state"] == "known")
    promise("the page says the same", f"交流{rates['moved']}人" in page(base, "county-director").go("/rotation/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF?year=2025")[2])
    promise("another county's register is not told", reader.ask("/rotation/counties/城关区/exchanges")[0] == 403 and {c["county"] for c in reader.all("/rotation/counties?year=2025")[0]} == {COUNTY})
    promise("nor anything to a school's head", token(base, "school-head", "look").ask("/rotation/plans/" + plan["id"])[0] == 403)


# MARK: 编制与配置


def staffing(base, roster):
    office = token(base, "county-director", "look", "arrangeStaff")
    reader = token(base, "county-director", "look")
    home = f"/staffing/counties/{COUNTY}"
    city = token(base, "city-officer", "look").all("/staffing/counties")[0]
    bare = next(c for c in city if not c["hasRoster"])
    promise("a county without a roster has no verdict and no zero", bare["standing"] == "unknown" and bare["posted"]["reason"] == bare["shortage"]["reason"] == "noRoster" and bare["establishment"]["state"] == "known")
    promise("nor does it have retirements", token(base, "city-officer", "look").ask(f"/staffing/counties/{bare['county']}/retirements")[0] == 409)
    county = reader.ask(home)[1]
    units, pages = reader.all(home + "/units?limit=20")
    promise("a county's units in pages", pages > 1 and len({(u["school"], u["stage"]) for u in units}) == len(units))
    known = [u for u in units if u["balance"]["state"] == "known"]
    promise("over and short add up to the county's", county["hasRoster"] and sum(u["standing"] == "over" for u in units) == county["over"]["value"] and -sum(min(0, u["balance"]["value"]) for u in known) == county["shortage"]["value"])
    promise("staff less establishment is the balance", known and all(u["posted"]["value"] - u["establishment"]["value"] == u["balance"]["value"] for u in known))
    promise("subjects and the years to come", county["subjects"] and county["ahead"] and all(o["need"]["state"] in ("known", "unknown") for o in county["outlook"]))
    leaving = reader.all(home + "/retirements")[0]
    promise("retirements by year and subject", leaving and sum(row["count"] for row in leaving) == sum(u["retiring"]["value"] for u in units))
    status, school, _ = reader.ask(f"{home}/schools/{units[0]['school']}")
    promise("a school says step by step how it was counted", status == 200 and school["units"][0]["steps"] and school["units"][0]["subjects"])
    promise("the page says the same steps", school["units"][0]["steps"][0] in page(base, "county-director").go("/staffing/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF/schools/" + units[0]["school"])[2])
    promise("a school there is not is not there", reader.ask(home + "/schools/nothing")[0] == 404)
    promise("another county is not told", reader.ask(f"/staffing/counties/{bare['county']}")[0] == 403 and {c["county"] for c in reader.all("/staffing/counties")[0]} == {COUNTY})
    head = token(base, "school-head", "look", county=COUNTY, school="2137020001")
    promise("a school's token is told of its school alone", head.ask(home + "/schools/2137020001")[0] == 200 and head.ask(f"{home}/schools/{next(u['school'] for u in units if u['school'] != '2137020001')}")[0] == 403
            and head.ask(home)[1]["code"] == "token.scope")
    status, problem, _ = office.upload("表.xlsx", register([turn(1)]), path=home + "/rosters", year="2025")
    promise("a workbook without a roster is refused in words", status == 422 and problem["errors"] and "教师名册" in problem["detail"], problem)
    promise("who may only look takes nothing in", reader.upload("名册.xlsx", roster, path=home + "/rosters", year="2025")[0] == 403)
    status, taken, _ = office.upload("名册.xlsx", roster, path=home + "/rosters", year="2025")
    promise("a roster is taken", status == 201 and taken["county"]["hasRoster"] and taken["county"]["made"]["name"] and taken["county"]["schoolYear"] == 2025, taken if status != 201 else "")
    done = outcome(office, taken["task"])
    plan = of_task(office, home, taken["task"])
    promise("people and posts are matched as a task", done["state"] == "done" and done["page"].startswith("/staffing/plans/" + plan["id"]), done)
    plan = office.ask("/staffing/plans/" + plan["id"])[1]
    promise("school by school", sum(s["filled"] for s in plan["schools"]) == sum(s["gave"] for s in plan["schools"]) == plan["filled"])
    promise("with a plan of posts", plan["filled"] == len(plan["moves"]) and plan["vacancies"] >= plan["filled"] and plan["proof"])
    masked = reader.ask("/staffing/plans/" + plan["id"])[1]
    promise("who may only look sees no whole code in it", masked["moves"] and all(m["person"].startswith("＊＊") for m in masked["moves"] + masked["left"]) and not plan["moves"][0]["person"].startswith("＊＊"))
    promise("the county has it", plan["id"] in [p["id"] for p in reader.all(home + "/plans?year=2025")[0]])
    promise("who may only look adopts nothing", reader.post(f"/staffing/plans/{plan['id']}/adopt")[0] == 403)
    status, adopted, _ = office.post(f"/staffing/plans/{plan['id']}/adopt", Idempotency_Key="adopt-posts")
    promise("it is adopted, sent twice once", status == 200 and adopted["adopted"]["name"] and office.post(f"/staffing/plans/{plan['id']}/adopt", Idempotency_Key="adopt-posts")[1] == adopted)
    promise("and not again", office.post(f"/staffing/plans/{plan['id']}/adopt")[0] == 409)
    carries(base, office, reader, "/staffing/plans/" + plan["id"], lambda text: re.search(r"补上空岗\d+个，派出\d+人", text))
    promise("the page says who adopted it", "已由" in page(base, "county-director").go("/staffing/plans/" + plan["id"])[2])


# MARK: 专项资金


LEDGER = ["凭证号", "年度", "资金名称", "项目", "学校标识码", "学校名称", "类型", "金额", "单位", "用途", "日期", "理由", "冲正凭证号"]
FIGURES = ["序号", "年度", "口径", "范围", "学校标识码", "学校名称", "一般公共预算教育支出", "生均口径学生数", "公用经费预算总额", "教师培训经费"]
YEAR = datetime.date.today().year


def accounts(entries, figures):
    """A filled-in workbook of entries and figures."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, head, rows in (("专项资金台账", LEDGER, entries), ("经费数据", FIGURES, figures)):
        sheet = book.create_sheet(name)
        sheet.append(head)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def funds(base):
    office = token(base, "county-director", "look", "keepFunds")
    reader = token(base, "county-director", "look")
    home = f"/funds/counties/{COUNTY}"
    counties = token(base, "city-officer", "look").all("/funds/counties")[0]
    promise("every county's sums, in fen", len(counties) > 2 and all(c["balance"] == c["allotted"] + c["carried"] - c["paid"] - c["carriedOn"] for c in counties))
    county = reader.ask(home)[1]
    lines, entries = reader.all(home + "/lines")[0], reader.all(home + "/entries?limit=7")
    promise("a county's entries in pages", entries[1] > 1 and len({e["id"] for e in entries[0]}) == len(entries[0]) == county["entries"])
    promise("entries, lines and funds add up to the county's", all(sum(row[key] for row in lines) == county[key] == sum(f[key] for f in county["funds"]) for key in ("budget", "allotted", "paid", "balance"))
            and sum(e["amount"] for e in entries[0] if e["kind"] == "paid") == county["paid"])
    promise("the page says the same", f"支付{county['paid'] / 1_000_000:g}万元" in page(base, "county-director").go("/funds/counties/%E6%B8%85%E6%B2%B3%E5%8E%BF")[2])
    promise("a year nobody wrote in has nothing to spend and no rate of nought", (empty := reader.ask(home + "?budget=2003")[1])["entries"] == 0 and empty["rate"]["reason"] == "nothingToSpend")
    one = county["funds"][0]["fund"]
    promise("one fund alone", {e["fund"] for e in reader.all(f"{home}/entries?fund={one}")[0]} == {one} and reader.ask(f"{home}?fund={one}")[1]["paid"] == county["funds"][0]["paid"])
    verdicts = reader.ask(home + "/verdicts")[1]
    promise("spending is judged with its arithmetic", verdicts["growth"][0]["rows"][0]["before"]["state"] == "known" and verdicts["growth"][0]["verdict"] in ("met", "notMet"))
    promise("a school without figures is not judged", any(t["verdict"] == "insufficient" and t["share"]["state"] == "unknown" for t in verdicts["training"]) and any(t["verdict"] == "met" for t in verdicts["training"]))
    new = {"kind": "budget", "year": YEAR, "fund": "接口资金", "project": "运动场", "school": "2137020001", "schoolName": "甲校", "amount": 100_000_00, "day": f"{YEAR}-01-02", "voucher": "接-1"}
    promise("who may only look writes nothing", reader.post(home + "/entries", new)[1]["code"] == "token.scope")
    promise("nor in another county", office.post("/funds/counties/城关区/entries", new)[0] == 403)
    promise("a day that is none is refused", office.post(home + "/entries", {**new, "day": f"{YEAR}-02-31"})[0] == 422)
    promise("money is whole fen above nought", office.post(home + "/entries", {**new, "amount": 0})[0] == 422 and office.post(home + "/entries", {**new, "amount": 1.5})[0] == 422)
    promise("a fund of blanks is no fund", office.post(home + "/entries", {**new, "fund": "　"})[0] in (201, 422))
    status, made, _ = office.post(home + "/entries", new, Idempotency_Key="budget")
    promise("an entry is written, sent twice once", status == 201 and made["count"] == 1 and office.post(home + "/entries", new, Idempotency_Key="budget")[1] == made)
    promise("a voucher stands once", office.post(home + "/entries", new)[0] == 409)
    status, problem, _ = office.post(home + "/entries", {**new, "kind": "allotted", "amount": 150_000_00, "voucher": "接-2"})
    promise("allotting beyond the budget wants a reason", status == 409 and "写明理由" in problem["detail"])
    status, over, _ = office.post(home + "/entries", {**new, "kind": "allotted", "amount": 150_000_00, "voucher": "接-2", "reason": "追加"})
    promise("with one it is written and warned of", status == 201 and over["warnings"])
    status, problem, _ = office.upload("发票.pdf", b"%PDF-1.4 x", path=home + "/entries/with-document", **{**new, "kind": "paid", "amount": 150_000_01, "voucher": "接-3"})
    promise("what there is not cannot be paid", status == 409 and "支付超过可用数" in problem["detail"], problem)
    status, problem, _ = office.upload("发票.pdf", b"no such thing", path=home + "/entries/with-document", **{**new, "kind": "paid", "amount": 5, "voucher": "接-3"})
    promise("nor with a file that is no paper", status == 422 and "凭据" in problem["detail"], problem)
    status, paid, _ = office.upload("发票.pdf", b"%PDF-1.4 x", path=home + "/entries/with-document", **{**new, "kind": "paid", "amount": 30_000_00, "voucher": "接-3"})
    promise("a payment with its invoice", status == 201 and paid["entries"][0]["documents"][0]["name"] == "发票.pdf", paid)
    entry = f"{home}/entries/{paid['entries'][0]['id']}"
    promise("which reads back", reader.ask(entry + "/documents/0")[1] == b"%PDF-1.4 x" and reader.ask(entry + "/documents/1")[0] == 404)
    status, more, _ = office.upload("现场.jpg", PICTURE, path=entry + "/documents")
    promise("a photo is added", status == 201 and [d["type"] for d in more["documents"]] == ["application/pdf", "image/jpeg"])
    promise("to no entry there is not", office.upload("现场.jpg", PICTURE, path=home + "/entries/nothing/documents")[0] == 404)
    status, problem, _ = office.post(f"{home}/entries/{made['entries'][0]['id']}/reverse", {"reason": "缩减"})
    promise("a budget that is allotted is not taken back", status == 409 and "冲正后预算少于已下达数" in problem["detail"])
    status, back, _ = office.post(entry + "/reverse", {"reason": "登错"})
    promise("a payment is", status == 201 and back["entries"][0]["amount"] == -30_000_00 and back["entries"][0]["reverses"] == paid["entries"][0]["id"], back)
    promise("once", office.post(entry + "/reverse", {"reason": "再来"})[0] == 409 and office.post(f"{home}/entries/nothing/reverse", {"reason": "无"})[0] == 404)
    both = {e["voucher"]: e for e in reader.all(f"{home}/entries?fund=接口资金")[0]}
    promise("both stay", both["接-3"]["isReversed"] and both["冲-接-3"]["reversesVoucher"] == "接-3")
    head = token(base, "school-head", "look", county=COUNTY, school="2137020001")
    status, school, _ = head.ask(home + "/schools/2137020001")
    promise("a school's token sees its own part", status == 200 and {e["school"] for e in school["ledger"]} == {"2137020001"} and school["balance"] == sum(row["balance"] for row in school["lines"]))
    promise("and its papers, and no other's", head.ask(entry + "/documents/0")[0] == 200 and head.ask(home)[0] == 403 and head.ask(home + "/schools/2137020002")[0] == 403)
    promise("the paper is a Word paper", reader.ask(home + "/report.docx")[1][:2] == b"PK")
    carrying(office, reader, home)


def carrying(office, reader, home):
    """A year that is over, by a workbook, and what is left of it."""
    def row(voucher, kind, amount):
        return [voucher, YEAR - 1, "旧资金", "厕所改造", "2137020002", "乙校", kind, amount, "万元", "", f"{YEAR - 1}-03-01", "", ""]

    rows = [row("旧-3", "支付", 4), row("旧-1", "预算", 10), row("旧-2", "下达", 10)]
    figure = [1, YEAR - 2, "决算", "全县", "", "", 40_000, 20_000, "", ""]
    book = accounts(rows, [[1, YEAR - 2, "决算", "全县", "", "", "很多", 20_000, "", ""]])
    status, problem, _ = office.upload("表.xlsx", book, path=home + "/workbooks")
    promise("a wrong figure sends the whole workbook back, place by place", status == 422 and "很多" in problem["detail"] and problem["errors"] and reader.ask(f"{home}?budget={YEAR - 1}")[1]["entries"] == 0, problem)
    status, problem, _ = office.upload("表.xlsx", accounts(rows + [row("旧-4", "支付", 7)], [figure]), path=home + "/workbooks")
    promise("so does a wrong entry", status == 422 and "支付超过可用数" in problem["detail"] and "A5" in problem["errors"][0]["message"], problem)
    status, taken, _ = office.upload("表.xlsx", accounts(rows, [figure]), path=home + "/workbooks", headers={"Idempotency_Key": "book"})
    promise("a right one is taken", status == 201 and taken["count"] == 3 and taken["figures"] == 1, taken)
    promise("the year running is not over", office.post(home + "/carry", {"year": YEAR})[0] == 409)
    status, over, _ = office.post(home + "/carry", {"year": YEAR - 1})
    promise("what is left is carried over", status == 201 and [e["amount"] for e in over["entries"]] == [6_000_000] and over["entries"][0]["year"] == YEAR, over)
    old = reader.ask(f"{home}?budget={YEAR - 1}")[1]
    promise("then the old year has nothing left", old["balance"] == 0 and old["carriedOn"] == 6_000_000 and old["paid"] == 4_000_000)
    status, problem, _ = office.post(home + "/carry", {"year": YEAR - 1})
    promise("and is not carried over twice", status == 409 and "已经结转" in problem["detail"])
    again = {"kind": "carried", "year": YEAR, "fund": "旧资金", "project": "厕所改造", "school": "2137020002", "amount": 1, "day": f"{YEAR}-01-01", "voucher": "旧-9"}
    status, problem, _ = office.post(home + "/entries", again)
    promise("nor by hand", status == 409 and "已经结转过60000.00元" in problem["detail"], problem)


# MARK: 逐县算的方案


def finished(program, task):
    wait(lambda: program.ask("/tasks/" + task)[1]["state"] not in ("waiting", "running"), 120)
    return program.ask("/plans?task=" + task)[1]["items"]


def methods(base):
    county = "东岭县"
    office = token(base, "city-officer", "look", "plan", "adopt", "handle", "keepFunds")
    reader = token(base, "city-officer", "look")
    known = {m["id"]: m for m in reader.all("/plan-methods")[0]}
    promise("each method says what it asks", set(known) == {"funds", "pairing"} and any(f["name"] == "amount1" and f["unit"] == "万元" for f in known["funds"]["fields"]))
    own = {m["id"]: m for m in reader.all(f"/plan-methods?county={county}")[0]}
    promise("of a county what its schools are besides", len(own["funds"]["fields"]) > len(known["funds"]["fields"]))
    ask = "/plan-methods/funds/plans"
    promise("who may only look asks nothing", reader.post(ask, {"county": county, "values": {}})[1]["code"] == "token.scope")
    status, problem, _ = office.post(ask, {"county": county, "values": {"amount1": "一大笔"}})
    promise("what is no number is told", status == 422 and "一大笔" in problem["detail"], problem)
    status, problem, _ = office.post(ask, {"county": county, "values": {"amount1": "30", "mony": "1"}})
    promise("what is not asked is not ignored", status == 422 and problem["errors"][0]["pointer"] == "/values/mony", problem)
    promise("a method there is not is not there", office.post("/plan-methods/nothing/plans", {"county": county, "values": {}})[0] == 404)
    status, job, headers = office.post(ask, {"county": county, "values": {"name1": "省级补助", "amount1": "300", "seconds": "20"}}, Idempotency_Key="funds")
    promise("a task works it out", status == 202 and county in job["title"], job)
    plans = finished(office, job["id"])
    promise("its plan is found by the task, with its method", [p["method"] for p in plans] == ["funds"], plans, office.ask("/tasks/" + job["id"])[1])
    one = "/method-plans/" + plans[0]["id"]
    status, plan, headers = reader.ask(one)
    promise("the plan with its headline, tables and why one may trust it", status == 200 and plan["isCurrent"] and re.search(r"安排\d+个项目", plan["headline"]) and plan["tables"] and plan["check"] and plan["values"]["amount1"] == "300")
    promise("what it buys costs what it says", sum(p["cost"] for p in plan["purchases"]) == plan["cost"] > 0)
    met = lambda when: sum(unit[when] == "met" for school in plan["schools"] for unit in school["units"])
    promise("and every school before and after, with what is done there", met("after") > met("before") and sum(s["cost"] for s in plan["schools"]) == plan["cost"] and any(s["works"] for s in plan["schools"]) and plan["spreads"] and plan["minimum"] == 6)
    promise("it is no plan to the standard", reader.ask("/plans/" + plans[0]["id"])[0] == 404 and [p["id"] for p in reader.all("/plans?method=path")[0] if p["method"] != "path"] == [])
    promise("what is not adopted is not carried out", office.post(f"/plans/{plan['id']}/cases", {"finishBy": days(400)})[0] == 409)
    promise("to adopt, say which version was seen", office.post(one + "/adopt")[0] == 428 and office.post(one + "/adopt", If_Match='"v99-x"')[0] == 412)
    promise("who may only look adopts nothing", reader.post(one + "/adopt", If_Match="*")[0] == 403)
    status, adopted, _ = office.post(one + "/adopt", If_Match=headers["ETag"])
    promise("it is adopted", status == 200 and adopted["state"] == "adopted" and adopted["adopted"]["name"], adopted)
    promise("a day that is past is refused", office.post(f"/plans/{plan['id']}/cases", {"finishBy": "2020-01-01"})[0] == 422)
    status, cases, _ = office.post(f"/plans/{plan['id']}/cases", {"finishBy": days(400)}, Idempotency_Key="cases")
    promise("each shortfall it closes becomes a case", status == 200 and len([c for c in cases["items"] if "page" in c]) >= 2, cases)
    again = office.post(f"/plans/{plan['id']}/cases", {"finishBy": days(400)})[1]
    promise("once", not any("page" in c for c in again["items"]) and office.post(f"/plans/{plan['id']}/cases", {"finishBy": days(400)}, Idempotency_Key="cases")[1] == cases)
    promise("targets are for who supervises", office.post(f"/plans/{plan['id']}/targets", {"finishBy": days(400)})[0] == 403)
    status, draft, _ = token(base, "city-inspectorate", "look", "supervise").post(f"/plans/{plan['id']}/targets", {"finishBy": days(400)})
    promise("the plan becomes a draft of targets", status == 201 and draft["page"].startswith("/plan-drafts/"), draft)
    promise("which is there to review", "重点任务" in page(base, "city-inspectorate").go(draft["page"])[2])
    status, taken, _ = office.post(f"/funds/counties/{county}/adopt", {"year": YEAR, "fund": "省级补助"})
    promise("what it buys goes into the ledger's budget, once", status == 201 and taken["amount"] == plan["cost"] * 100 and office.post(f"/funds/counties/{county}/adopt", {"year": YEAR, "fund": "省级补助"})[0] == 409, taken)
    job = office.post("/plan-methods/pairing/plans", {"county": COUNTY, "values": {"size": "6", "travel": "5", "seconds": "10"}})[1]
    found = finished(office, job["id"])
    if found:
        pairs = reader.ask("/method-plans/" + found[0]["id"])[1]
        promise("a pairing names who leads whom", pairs["pairs"] and pairs["cost"] == 0 and len({p["member"] for p in pairs["pairs"]}) == len(pairs["pairs"]))
    else:
        promise("a county without a pairing is told why", office.ask("/tasks/" + job["id"])[1].get("summary"), office.ask("/tasks/" + job["id"])[1])


def sealed(data):
    """What was answered to requests with a key lies sealed in the database."""
    with sqlite3.connect(os.path.join(data, "junheng.sqlite")) as connection:
        bodies = [row[0] for row in connection.execute("SELECT body FROM replayed_request WHERE body <> ''")]
    promise("kept answers are sealed", len(bodies) > 5 and not any("{" in body or "voucher" in body for body in bodies), bodies[:1])


DUTIES = ["look", "handle", "requestVisits", "arrangeVisits", "inspect", "arrangeStaff", "supervise", "keepFunds", "plan", "adopt"]


def wild(base):
    """Everything tried with what fits the document and what does not."""
    for name in ("administrator", "county-officer-2", "county-director", "inspector"):
        duties = [duty for duty in DUTIES if f'name="duty-{duty}"' in page(base, name).go("/tokens")[2]]
        # The demo city knows everybody by a cookie, whoever sends none is its first user.
        fuzz(base, name, token(base, name, *duties).token, 4, "^/(inspection|rotation|staffing|funds|plan-methods|method-plans|plans/[^/]+/(cases|targets))", without="ignored_auth")


with tempfile.TemporaryDirectory() as folder:
    server = Server(program, os.path.join(folder, "data"), None, "--demo", "--set", "api-requests-per-minute=1000000")
    try:
        inspection(server.base)
        roster = os.path.join(folder, "roster.xlsx")
        subprocess.run([program, "plan", "roster", roster, "--example", COUNTY], check=True)
        rotation(server.base, open(roster, "rb").read(), os.path.join(folder, "data"))
        staff = os.path.join(folder, "staff.xlsx")
        subprocess.run([program, "plan", "roster", staff, "--example", COUNTY, "--staffing"], check=True)
        staffing(server.base, open(staff, "rb").read())
        funds(server.base)
        methods(server.base)
        sealed(os.path.join(folder, "data"))
        if "--no-fuzz" not in sys.argv:
            wild(server.base)
    finally:
        server.stop()

end()
