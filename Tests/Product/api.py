"""The interface for programs, against a served installation with accounts: api.py PROGRAM. Prints `ok …` or `FAIL …`."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

from support.api_openness import openness
from support.api_alliances import alliances, effects
from support.api_planning import Offices, city_plans, drafts, plans, rectifications
from support.fuzzing import fuzz
from support.programs import Page, Program, Receiver, is_signed, signatures
from support.servers import HEAD, Postgres, Server, end, promise, schools, wait

program = sys.argv[1]
PASSWORD = "Clear-Water-2026"


def enter(base, admin, name, login, role, county="", school=""):
    """A new account's browser, its first password changed."""
    text = admin.go("/people", name=name, login=login, role=role, county=county, school=school, until="")[2]
    initial = re.search(r"初始密码 (\S+)", text).group(1)
    page = Page(base)
    page.go("/login", login=login, password=initial, code="")
    page.go("/account", password=initial, fresh=PASSWORD, again=PASSWORD)
    return page


def settle(api, one):
    return wait(lambda: (found := api.ask("/imports/" + one)[1])["state"] != "reading" and found)


def hand_in(api, name, content, year="2025"):
    status, begun, _ = api.upload(name, content, year=year)
    assert status == 202, begun
    for one in begun:
        record = settle(api, one["id"])
        status, applied, _ = api.post(f"/imports/{one['id']}/apply", {"goodRowsOnly": True}, If_Match="*")
        assert status == 200, applied
    return begun


def doors(base, admin_page):
    nobody = Program(base)
    status, problem, headers = nobody.ask("/counties")
    promise("without a token: 401 as a problem document", status == 401 and problem["code"] == "login.required"
            and headers["WWW-Authenticate"].startswith("Bearer") and headers["Content-Type"] == "application/problem+json")
    promise("it says so in both languages and points to its explanation", problem["title"] and problem["titleEn"] and problem["type"] == "/api#problem-login.required")
    promise("a made-up token: 401", Program(base, "jh_" + "0" * 64).ask("/counties")[1]["code"] == "token.invalid")
    status, document, _ = nobody.ask("/openapi.json")
    promise("the document is OpenAPI 3.1 and open to all", status == 200 and document["openapi"].startswith("3.1") and len(document["paths"]) > 35)
    status, problem, headers = nobody.ask("/counties", "PUT", b"")
    promise("an address has only its methods", status in (401, 405))
    token = admin_page.token("全部", ["look", "handIn", "submit", "review", "freeze", "manageAccounts", "readAudit"])
    api = Program(base, token)
    promise("the token is shown once", token.startswith("jh_") and token not in admin_page.go("/tokens")[2])
    status, problem, headers = api.ask("/counties", "PUT", b"")
    promise("a method there is not: 405 with those there are", status == 405 and headers["Allow"] == "GET, HEAD")
    promise("an address there is not: 404", api.ask("/nothing")[1]["code"] == "notFound")
    status, me, headers = api.ask("/me")
    promise("it knows who asks and counts the requests", me["token"]["name"] == "全部" and int(headers["RateLimit-Remaining"]) > 0)
    promise("a session may read too", json.loads(admin_page.go("/api/v1/me")[2])["name"] == "王主任")
    status, _, text = admin_page.go("/api/v1/snapshots", {"Origin": "http://evil.example", "Content-Type": "application/json"}, x="1")
    promise("another site cannot write with it", status == 403 and "code" in text)
    mine = json.loads(admin_page.go("/api/v1/sessions")[2])["items"]
    promise("a browser sees where one is logged in, a token does not", len(mine) == 1 and mine[0]["agent"].startswith("Python") and api.ask("/sessions")[1]["code"] == "token.scope")
    admin_page.token("<b>脚本</b>", ["look"])
    promise("what people type is shown as text", "&lt;b&gt;脚本" in admin_page.go("/tokens")[2])
    promise("a token makes no tokens", api.post("/tokens", {"name": "x", "duties": ["look"], "lastDay": "2030-01-01"})[1]["code"] == "token.scope")
    return api


def importing(api):
    book = schools(30) + "9001,九零零一小学,清河县,小学,500,40,35,8,6,,100,4000,120,12\n"
    status, first, _ = api.upload("清河.csv", book, year="2025", headers={"Idempotency_Key": "upload-1"})
    status2, again, headers = api.upload("清河.csv", book, year="2025", headers={"Idempotency_Key": "upload-1"})
    promise("the same upload with the same key is one import", status == status2 == 202 and first == again and headers["Idempotent-Replayed"] == "true"
            and len(api.all("/imports")[0]) == 1)
    promise("another file under the same key is refused", api.upload("清河.csv", schools(3), year="2025", headers={"Idempotency_Key": "upload-1"})[1]["code"] == "idempotency.otherBody")
    one = first[0]["id"]
    record = settle(api, one)
    promise("it is read to a preview", record["state"] == "preview" and record["read"] == 31 and record["new"] == 31)
    rows = api.all(f"/imports/{one}/rows?limit=10")
    promise("the rows come page by page, each once", len({row["key"] for row in rows[0]}) == 31 == len(rows[0]) and rows[1] == 4)
    blank = next(row for row in rows[0] if row["key"] == "9001")["values"]["teaching_area"]
    promise("an empty cell is unknown, with the reason", blank["state"] == "unknown" and blank["reason"] == "blank" and "value" not in blank)
    status, problem, _ = api.post(f"/imports/{one}/apply", {})
    promise("a change must say what it saw", status == 428 and problem["code"] == "version.required")
    tag = api.ask("/imports/" + one)[2]["ETag"]
    promise("of an older version it is refused", api.post(f"/imports/{one}/apply", {}, If_Match='"v0-x"')[0] == 412)
    status, applied, headers = api.post(f"/imports/{one}/apply", {}, If_Match=tag, Idempotency_Key="apply-1")
    promise("of the newest it is done", status == 200 and applied["state"] == "applied" and headers["ETag"] != tag)
    status, again, _ = api.post(f"/imports/{one}/apply", {}, If_Match=tag, Idempotency_Key="apply-1")
    promise("and sent again it is not done twice, with the same answer", status == 200 and again == applied)
    bad = api.upload("坏.csv", HEAD + "1,一小学,清河县,小学,-5,40,35,8,6,2600,100,4000,120,12\n", year="2025")[1][0]["id"]
    settle(api, bad)
    errors = api.all(f"/imports/{bad}/errors")[0]
    promise("errors name their cells", any("!" in error["place"] for error in errors) and all(error["code"] and error["message"] for error in errors))
    status, book, _ = api.ask(f"/imports/{bad}/marked.xlsx")
    promise("the marked workbook is there", status == 200 and book[:2] == b"PK")
    api.post(f"/imports/{bad}/discard", If_Match="*")
    promise("what is discarded is told apart", [r["id"] for r in api.all("/imports?state=discarded")[0]] == [bad])
    moved = api.upload("东岭.csv", schools(4, county="东岭县", start=5000), year="2025")[1][0]["id"]
    settle(api, moved)
    effect = api.ask(f"/imports/{moved}/effect")[1]
    promise("the effect of a preview is told county by county", [c["county"] for c in effect["counties"]] == ["东岭县"])
    api.post(f"/imports/{moved}/apply", {}, If_Match="*")
    hand_in(api, "去年.csv", schools(30, pupils=450), "2024")


def results(api):
    status, city, headers = api.ask("/city?year=2025")
    promise("the city at a glance", status == 200 and {c["county"] for c in city["counties"]} == {"清河县", "东岭县"})
    status, body, again = api.ask("/city?year=2025", If_None_Match=headers["ETag"])
    promise("what has not changed is not sent again", status == 304 and body == b"" and again["ETag"] == headers["ETag"])
    county = api.ask("/counties/清河县")[1]
    primary = next(stage for stage in county["stages"] if stage["stage"] == "primary")
    promise("one blank leaves the county open, in words", primary["verdict"] == county["verdict"] == "insufficient" and "资料不足" in county["sentence"])
    spread = next(s for s in primary["indicators"] if s["unitsUnknown"])
    promise("and its coefficient unknown, not zero", spread["cv"]["state"] == "unknown" and "value" not in spread["cv"])
    units, pages = api.all("/counties/清河县/units?limit=7&sort=-pupils&fields=school,stage,verdict")
    promise("units come in pages, each once, with the members asked for", len({u["school"] for u in units}) == 31 == len(units) and pages == 5 and set(units[0]) == {"school", "stage", "verdict"})
    promise("a filter holds", {u["school"] for u in api.all("/counties/清河县/units?verdict=insufficient")[0]} == {"9001"})
    why = api.ask("/counties/清河县/schools/1000/primary/" + spread["code"])[1]
    promise("a value says how it came about", why["formula"] and why["clause"] and any("!" in i.get("cell", "") for i in why["inputs"]) and why["value"]["state"] == "known")
    both = api.ask("/counties/清河县/comparison?withYear=2024")[1]
    promise("two years side by side", both["before"]["schoolYear"] == 2024 and both["after"]["schoolYear"] == 2025 and both["onlyAfter"])
    lever = api.ask("/counties/东岭县/indicators/" + spread["code"] + "/primary")[1]
    promise("who moves a coefficient", all(u["leverage"]["state"] == "known" for u in lever["units"]))
    promise("shortfalls are listed", "items" in api.ask("/counties/清河县/shortfalls?binding=false")[1])
    status, problem, _ = api.ask("/counties?yaer=2025")
    promise("a misspelt parameter is not silently ignored", status == 400 and problem["code"] == "parameter.unknown" and "year" in problem["detail"])
    promise("a wrong one is named", api.ask("/counties?year=20x5")[1]["errors"][0]["pointer"] == "year")
    promise("a year without data is not another year", api.ask("/counties?year=2011")[0] == 404)
    promise("a foreign cursor is refused", api.ask("/counties/清河县/units?limit=2&cursor=abc")[1]["code"] == "cursor.invalid")
    status, data, _ = api.ask("/exports/oneroster.zip?year=2025")
    files = {n: zipfile.ZipFile(io.BytesIO(data)).read(n).decode() for n in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    promise("the register as OneRoster 1.2", set(files) == {"manifest.csv", "orgs.csv", "academicSessions.csv"} and "oneroster.version,1.2" in files["manifest.csv"]
            and "file.enrollments,absent" in files["manifest.csv"] and files["orgs.csv"].count("\r\n") == 1 + 1 + 2 + 35 and "2025-09-01,2026-08-31" in files["academicSessions.csv"])


def scopes(base, admin, api):
    officer = enter(base, admin, "李科员", "li", "countyOfficer", "清河县")
    wish = officer.token("越权", ["look"], county="东岭县")
    promise("nobody makes a token for what they may not do", "东岭县" in wish and "没有" in wish)
    look = Program(base, officer.token("只看", ["look"]))
    promise("a county's token sees its county alone", [c["county"] for c in look.all("/counties")[0]] == ["清河县"] and look.ask("/counties/东岭县")[0] == 403)
    promise("an export too", look.ask("/exports/oneroster.zip")[1].count(b"PK") > 0 and api.ask("/exports/oneroster.zip")[0] == 200)
    status, problem, _ = look.upload("x.csv", schools(1), year="2025")
    promise("what it was not given it cannot do", status == 403 and problem["code"] == "token.scope")
    promise("people are not its business", look.ask("/people")[0] == 403)
    school = Program(base, officer.token("一校", ["look"], county="清河县", school="1003"))
    promise("a school's token sees its school alone", {u["school"] for u in school.all("/counties/清河县/units")[0]} == {"1003"}
            and school.ask("/counties/清河县/schools/1004")[0] == 403 and school.ask("/counties/清河县")[0] == 403)
    write = Program(base, officer.token("上报", ["look", "submit"]))
    status, report, _ = write.post("/snapshots", {"county": "清河县", "year": 2025}, Idempotency_Key="open-1")
    promise("a county reports by its program", status == 201 and report["state"] == "submitted")
    promise("sent again it is the same report", write.post("/snapshots", {"county": "清河县", "year": 2025}, Idempotency_Key="open-1")[1] == report)
    promise("but does not approve it", write.post(f"/snapshots/{report['id']}/approve", If_Match="*")[0] == 403)
    one = f"/snapshots/{report['id']}"
    promise("to give back takes a reason", api.post(one + "/giveBack", {"reason": ""}, If_Match="*")[0] == 422)
    status, approved, _ = api.post(one + "/approve", If_Match=api.ask(one)[2]["ETag"])
    promise("the city approves, by the version it saw", status == 200 and approved["state"] == "approved" and api.post(one + "/freeze", If_Match='"v1-x"')[0] == 412)
    frozen = api.post(one + "/freeze", If_Match="*")[1]
    promise("and freezes; the seal verifies", frozen["seal"]["hash"] and api.ask(one + "/verification")[1]["isIntact"])
    status, problem, _ = api.post(one + "/submit", If_Match="*")
    promise("what the state forbids is a conflict with its reason", status == 409 and problem["reason"] == "state")
    auditor = enter(base, admin, "钱审计", "qian", "auditor")
    audit = Program(base, auditor.token("审计", ["readAudit"]))
    events, pages = audit.all("/audit?limit=20")
    numbers = [e["number"] for e in events]
    promise("the audit in pages, newest first, without a gap", pages > 1 and numbers == list(range(numbers[0], 0, -1)) and audit.ask("/audit/verification")[1]["isIntact"])
    promise("what programs did stands there with the token's name", any("/api/v1/imports" in e["action"] and "令牌：全部" in e["object"] for e in events))
    promise("and the page of the audit says it in words", "接口：上传数据表" in admin.go("/audit?action=POST+/api/v1/imports")[2])
    promise("and no secret", not any("jh_" in json.dumps(e) for e in events))
    promise("an auditor's token sees no data", audit.ask("/counties")[0] == 403)
    gone = re.search(r"/tokens/(\w+)/revoke", officer.go("/tokens")[2].split("只看")[1]).group(1)
    officer.go(f"/tokens/{gone}/revoke", x="1")
    promise("a revoked token is over at once", look.ask("/me")[0] == 401)
    person = next(p["id"] for p in api.all("/people")[0] if p["name"] == "钱审计")
    admin.go(f"/people/{person}/disable", x="1")
    promise("so are those of a disabled account", audit.ask("/me")[0] == 401)
    return write


def cases(base, admin, officer):
    """A danger reported by one program, dispatched by another, and seen on the page."""
    kinds = {kind["id"]: kind for kind in officer.all("/case-kinds")[0]}
    hazard = kinds["safety-hazard"]
    promise("the kinds of cases say what each step asks for", len(kinds) > 5 and any(step["id"] == "dispatch" and step["fields"] for step in hazard["actions"])
            and officer.ask("/case-kinds/safety-hazard")[1] == hazard and officer.ask("/case-kinds/nothing")[0] == 404)
    found = {field["id"]: field for field in hazard["fields"]}
    fill = {name: [field["options"][0]["id"]] if "options" in field else "三楼走廊栏杆松动" for name, field in found.items()
            if field["isRequired"]}
    page = enter(base, admin, "孙督导", "sun", "countyOfficer", "清河县")
    handler = Program(base, page.token("办件", ["look", "handle"]))
    reader = Program(base, page.token("只读", ["look"]))
    order = {"title": "栏杆松动", "place": "1003", "answers": fill}
    promise("a token that may only look opens no case", reader.post("/case-kinds/safety-hazard/cases", order)[1]["code"] == "token.scope")
    status, problem, _ = handler.post("/case-kinds/safety-hazard/cases", {**order, "answers": {}})
    promise("what is missing is named field by field", status == 422 and problem["reason"] == "case.form" and {e["pointer"] for e in problem["errors"]} >= {"/" + n for n in fill})
    status, opened, headers = handler.post("/case-kinds/safety-hazard/cases", order, Idempotency_Key="hazard-1")
    promise("a program opens a case", status == 201 and opened["state"] == "reported" and opened["school"] == "1003" and headers["ETag"].startswith('"v1-'))
    again = handler.post("/case-kinds/safety-hazard/cases", order, Idempotency_Key="hazard-1")[1]
    promise("sent twice with one key it is one case", again == opened and [c["id"] for c in handler.all("/cases?kind=safety-hazard&tray=all")[0]] == [opened["id"]])
    one = "/cases/" + opened["id"]
    promise("the page shows it as the program wrote it", "栏杆松动" in page.go(one)[2] and opened["number"] in page.go("/cases?tray=all")[2])
    status, read, headers = handler.ask(one)
    step = next(step for step in read["actions"] if step["id"] == "dispatch")
    promise("it says what can be done now, and to whom it can go", step["targets"] and [e["kind"] for e in read["history"]] == ["opened"])
    form = {field["id"]: field for action in hazard["actions"] if action["id"] == "dispatch" for field in action["fields"]}
    grade = {name: [field["options"][0]["id"]] if "options" in field else "2030-01-01" if field["type"] == "date" else "1" for name, field in form.items() if field["isRequired"]}
    head = next(unit for unit in step["targets"] if "head" in unit)
    wish = {"target": head, "answers": grade}
    results, tag = [], headers["ETag"]
    both = [threading.Thread(target=lambda: results.append(handler.post(one + "/do/dispatch", wish, If_Match=tag))) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    promise("of two at once one wins and the other is told", sorted(r[0] for r in results) == [200, 412] and next(r[1] for r in results if r[0] == 412)["reason"] == "case.stale", results)
    promise("without saying which version was seen nothing is done", handler.post(one + "/do/dispatch", wish)[0] == 428)
    status, problem, _ = handler.post(one + "/do/dispatch", wish, If_Match="*")
    promise("a step its state no longer allows is a conflict with its code", status == 409 and problem["reason"] == "case.state")
    status, noted, _ = handler.post(one + "/remarks", {"text": "已电话通知学校"}, If_Match="*")
    promise("a remark moves nothing", status == 200 and noted["state"] == "dispatched" and noted["history"][-1]["reason"] == "已电话通知学校")
    other = Program(base, enter(base, admin, "周校长", "zhou", "schoolHead", "清河县", "1004").token("外校", ["look", "handle"], county="清河县", school="1004"))
    promise("another school's head neither sees nor moves it", other.ask(one)[0] == 403 and other.post(one + "/do/remove", {}, If_Match="*")[0] == 403
            and other.all("/cases?tray=all&status=all")[0] == [])
    own = Program(base, enter(base, admin, "吴校长", "wu", "schoolHead", "清河县", "1003").token("本校", ["look", "handle"], county="清河县", school="1003"))
    waiting = own.all("/cases")[0]
    promise("it waits in the in-tray of its school", [c["id"] for c in waiting] == [opened["id"]] and waiting[0]["stateLabel"]["zh"] == "整治中")
    picture = b"\xff\xd8\xff\xe0" + b"0" * 4_000
    status, text, _ = own.upload("不是照片.jpg", b"hello", path=one + "/do/remove/with-file", headers={"If_Match": "*"}, **{"as": "photo"})
    promise("a file that is no photo is refused in words", status == 422 and "不是照片" in text["detail"])
    status, moved, _ = own.upload("栏杆.jpg", picture, path=one + "/do/remove/with-file", headers={"If_Match": "*"}, **{"as": "photo", "answers": json.dumps({"how": "已重新焊接"})})
    promise("the school reports the removal with a photo", status == 200 and moved["state"] == "removed" and moved["evidence"][0]["name"] == "栏杆.jpg", moved)
    promise("which can be read back as it was sent", handler.ask(one + "/files/" + moved["evidence"][0]["digest"])[1] == picture)
    figures = {f["group"]: f for f in handler.all("/case-figures?by=county")[0]}
    promise("figures count it", figures["清河县"]["open"] >= 1 and handler.ask("/case-figures?by=nothing")[0] == 400)


def accounts(base, api):
    """Accounts and posts by program, and what becomes of them on the page."""
    status, made, headers = api.post("/accounts", {"name": "郑科员", "login": "zheng", "role": "countyOfficer", "county": "清河县"})
    promise("a program makes an account", status == 201 and made["account"]["mustChangePassword"] and re.match(r"^\w{5}(-\w{5}){3}$", made["password"]), made)
    one = "/accounts/" + made["account"]["id"]
    page = Page(base)
    promise("its first password opens the door", page.go("/login", login="zheng", password=made["password"], code="")[1] == "/account")
    promise("the same login name twice is refused", api.post("/accounts", {"name": "郑科员", "login": "zheng", "role": "cityLeader"})[0] == 409)
    status, problem, _ = api.post("/accounts", {"name": "某", "login": "mou", "role": "schoolHead", "county": "清河县"})
    promise("a school's post wants its school", status == 409 and "学校标识码" in problem["detail"])
    found = api.all("/accounts?text=zheng")[0]
    promise("accounts are found by name", [a["id"] for a in found] == [made["account"]["id"]] and len(api.all("/accounts?limit=2")[0]) == len(api.all("/people")[0]))
    tag = api.ask(one)[2]["ETag"]
    status, given, _ = api.post(one + "/posts", {"role": "dataClerk", "county": "东岭县", "until": "2099-12-31"}, If_Match=tag)
    promise("a post is given, with its last day", status == 200 and [g["role"] for g in given["account"]["grants"]] == ["countyOfficer", "dataClerk"])
    status, problem, _ = api.post(one + "/name", {"name": "郑科长"}, If_Match=tag)
    promise("on an older version nothing is changed", status == 412 and "别人改过" in problem["detail"] and api.ask(one)[1]["name"] == "郑科员")
    status, ended, _ = api.post(one + "/posts/0/end", If_Match="*")
    promise("a post is ended", [g["county"] for g in ended["account"]["grants"]] == ["东岭县"])
    promise("disabled, the browser is out at once", api.post(one + "/disable", If_Match="*")[0] == 200 and page.go("/")[1] == "/login")
    promise("and back again with a new password", api.post(one + "/enable", If_Match="*")[0] == 200
            and Page(base).go("/login", login="zheng", password=api.post(one + "/reset")[1]["password"], code="")[1] == "/account")
    me = api.ask("/me")[1]["id"]
    promise("nobody shuts himself out", api.post(f"/accounts/{me}/disable", If_Match="*")[0] == 409)


def jobs(base, api, officer):
    """What takes longer than a request, on a server whose files were read long ago."""
    found, pages = api.all("/tasks?limit=2")
    promise("every file handed in is a job, listed once over the pages", pages > 1 and len({job["id"] for job in found}) == len(found) == len(api.all("/imports")[0])
            and [job["askedBy"]["at"] for job in found] == sorted((job["askedBy"]["at"] for job in found), reverse=True))
    job = api.ask("/tasks/" + found[0]["id"])[1]
    promise("one says how it ended and where to look on", job["state"] == "done" and job["result"] and job["page"].startswith("/imports/") and job["steps"] == [])
    status, problem, _ = api.post(f"/tasks/{job['id']}/cancel")
    promise("what is done cannot be cancelled", status == 409 and problem["reason"] == "state" and api.ask("/tasks/" + job["id"])[1] == job)
    promise("nor is there a file where none was made", api.ask(f"/tasks/{job['id']}/result")[1]["code"] == "notFound")
    promise("none is waiting any more", api.ask("/tasks?state=waiting")[1]["items"] == [] and len(api.all("/tasks?state=done")[0]) == len(found))
    promise("jobs of the whole city are not a county's to see or to steer", officer.ask("/tasks?who=all")[1]["items"] == []
            and officer.ask("/tasks/" + job["id"])[0] == officer.post(f"/tasks/{job['id']}/cancel")[0] == 403)


def stopping(folder):
    """Cancelling and doing again, on a server that works at nothing by itself."""
    server = Server(program, folder, None, "--set", "workers=0")
    try:
        api = Program(server.base)
        one = api.upload("甲.csv", schools(2), year="2025")[1][0]["id"]
        job = api.ask("/tasks?state=waiting")[1]["items"][0]
        promise("a job that waits may be cancelled", job["steps"] == ["cancel"] and "甲.csv" in job["title"])
        status, ended, _ = api.post(f"/tasks/{job['id']}/cancel", Idempotency_Key="stop")
        again = api.post(f"/tasks/{job['id']}/cancel", Idempotency_Key="stop")
        promise("it ends at once, and sent again it is the same answer", status == 200 and ended["state"] == "cancelled" and again[1] == ended)
        promise("the import it read is given up with it", api.ask("/imports/" + one)[1]["state"] != "reading")
        status, problem, _ = api.post(f"/tasks/{job['id']}/retry")
        promise("reading a file is not done again: hand it in anew", status == 409 and problem["reason"] == "state" and "重新提交" in problem["detail"])
        promise("the page says the same", "已取消" in Page(server.base).go("/tasks/" + job["id"])[2])
    finally:
        server.stop()


def hooks(base, api, admin):
    good, failing, slow = Receiver(), Receiver([500, 503, 200]), Receiver(slow=0.5)
    hop = Receiver([302], location=good.url)
    made = {}
    for name, receiver in [("好", good), ("先坏后好", failing), ("慢", slow), ("跳转", hop)]:
        status, made[name], _ = api.post("/webhooks", {"name": name, "url": receiver.url, "events": ["import.applied", "snapshot.submitted"]})
    dead = api.post("/webhooks", {"name": "没人", "url": "http://127.0.0.1:9/", "events": ["import.applied"]})[1]
    promise("a secret is shown once", status == 201 and made["好"]["secret"].startswith("whsec_") and "secret" not in api.ask("/webhooks/" + made["好"]["webhook"]["id"])[1])
    promise("an address must be one", api.post("/webhooks", {"name": "x", "url": "ftp://example.org/", "events": ["import.applied"]})[0] == 422)
    hand_in(api, "补.csv", schools(2, county="东岭县", start=7000))
    got = wait(lambda: good.got and good.got[0], 20)
    promise("an applied import is told, signed", got and is_signed(made["好"]["secret"], *got) and json.loads(got[1])["kind"] == "import.applied" and json.loads(got[1])["county"] == "东岭县")
    promise("with nothing of schools or people in it", set(json.loads(got[1])) == {"id", "kind", "at", "subject", "county", "schoolYear"})

    def log(hook):
        return api.ask(f"/webhooks/{hook['webhook']['id']}/deliveries")[1]["items"]

    tried = wait(lambda: (found := log(made["先坏后好"])) and found[0]["state"] == "delivered" and found[0], 20)
    promise("a receiver that fails is asked again until it takes it", tried and tried["attempts"] == 3 and len({h["Junheng-Delivery"] for h, _ in failing.got}) == 1)
    promise("a slow one is waited for", wait(lambda: log(made["慢"])[0]["state"] == "delivered", 20))
    promise("no redirect is followed", wait(lambda: log(made["跳转"])[0]["attempts"] > 0, 20) and log(made["跳转"])[0]["status"] == 302 and len(good.got) == 1)
    ended = wait(lambda: not (found := api.ask("/webhooks/" + dead["webhook"]["id"])[1])["isEnabled"] and found, 40)
    promise("one that is dead is switched off, and says why", ended and "连不上" in ended["endedWhy"] and "已自动停用" in ended["endedWhy"])
    one = "/webhooks/" + made["好"]["webhook"]["id"]
    fresh = api.post(one + "/secret")[1]["secret"]
    api.post(one + "/test")
    got = wait(lambda: len(good.got) > 1 and good.got[1], 20)
    promise("after a new secret both sign for a while", got and is_signed(fresh, *got) and is_signed(made["好"]["secret"], *got) and len(signatures(got[0])[1]) == 2)
    first = log(made["好"])[-1]
    api.post(f"{one}/deliveries/{first['id']}/resend")
    promise("an event can be sent again", wait(lambda: len(good.got) > 2 and good.got[2][1] == good.got[0][1], 20))
    text = admin.go("/webhooks")[2]
    promise("the page shows them", "没人" in text and "已停用" in text and "最近的都送到了" in admin.go(one)[2])
    promise("other people's are not there", "好" not in Page(base).go("/webhooks")[2])
    for receiver in (good, failing, slow, hop):
        receiver.stop()


def guarded(folder):
    """Without networks named, nothing on the machine or the intranet is reached; and the limit of requests."""
    server = Server(program, folder, None, "--set", "api-requests-per-minute=5", "--set", "webhook-first-pause-ms=100")
    try:
        receiver = Receiver()
        api = Program(server.base)
        made = [api.post("/webhooks", {"name": "内", "url": url, "events": ["import.applied"]})[1]["webhook"]["id"]
                for url in (receiver.url, receiver.url.replace("http:", "https:"), "http://[::ffff:127.0.0.1]:1/", "https://localhost:1/")]
        for one in made:
            api.post(f"/webhooks/{one}/test")
        told = [wait(lambda: (found := api.ask(f"/webhooks/{one}/deliveries")[1]["items"])[0]["attempts"] and found[0]["problem"], 20) for one in made]
        promise("nothing on this machine is reached unless it is named", all("内网" in words for words in told) and not receiver.got, told)
        page = Page(server.base)
        token = Program(server.base, page.token("快", ["look"]))
        answers = [token.ask("/me") for _ in range(6)]
        promise("more requests than a minute allows: 429 with when to come back", [a[0] for a in answers] == [200] * 5 + [429] and int(answers[-1][2]["Retry-After"]) > 0 and answers[-1][1]["code"] == "rate.exceeded")
        receiver.stop()
    finally:
        server.stop()


def several_servers(folder):
    """Two servers on one PostgreSQL: a key, a token and an event are each one."""
    postgres = Postgres()
    servers = []
    try:
        database = postgres.database()
        servers = [Server(program, os.path.join(folder, name), database, "--set", "webhook-networks=127.0.0.1/32") for name in ("a", "b")]
        one, other = (Program(server.base) for server in servers)
        receiver = Receiver()
        one.post("/webhooks", {"name": "一", "url": receiver.url, "events": ["import.applied"]})
        token = Program(servers[1].base, Page(servers[0].base).token("通用", ["look"]))
        promise("a token made at one server is good at the other", token.ask("/me")[1]["token"]["name"] == "通用")
        answers = []
        threads = [threading.Thread(target=lambda api: answers.append(api.upload("甲.csv", schools(5), year="2025", headers={"Idempotency_Key": "two"})), args=(api,))
                   for api in (one, other, one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        done = wait(lambda: (answer := other.upload("甲.csv", schools(5), year="2025", headers={"Idempotency_Key": "two"}))[0] == 202 and answer[1])
        promise("one key sent to both at once is one import", len(one.all("/imports")[0]) == 1 and {a[0] for a in answers} <= {202, 409} and all(a[1] == done for a in answers if a[0] == 202))
        settle(one, done[0]["id"])
        promise("what one shows has the same tag at the other", one.ask("/imports/" + done[0]["id"])[2]["ETag"] == other.ask("/imports/" + done[0]["id"])[2]["ETag"])
        other.post(f"/imports/{done[0]['id']}/apply", {}, If_Match="*")
        promise("an event goes out once", wait(lambda: receiver.got, 20) and not time.sleep(2) and len(receiver.got) == 1)
        receiver.stop()
    finally:
        for server in servers:
            server.stop()
        postgres.stop()


def planning(folder):
    """Rectifications, plans, city plans and alliances of the invented city, and what schemathesis finds in them on things that are there."""
    server = Server(program, folder, None, "--demo", "--set", "api-requests-per-minute=1000000")
    try:
        offices = Offices(server.base)
        rectifications(offices)
        plan, task = plans(offices)
        city = city_plans(offices)
        draft = drafts(offices)
        openness(offices)
        groups = alliances(offices)
        effects(offices)
        if "--no-fuzz" not in sys.argv:
            officer = offices.program("city-officer", ["look", "handle", "plan", "adopt", "reportProgress"]).token
            chief = offices.program("city-inspectorate", ["look", "supervise"]).token
            # Nobody logs in there, so a request without a token is one of the first visitor's.
            keeper = offices.program("county-officer-2", ["look", "keepAlliances"]).token
            names = {"plan": plan, "task": task, "county": "清河县"}
            fuzz(server.base, "the city's officer, on rectifications and plans", officer, 6, "^/(plans|plan-a|plan-c|counties/[^/]+/rectification|rectification-effects)", names, "ignored_auth")
            fuzz(server.base, "the city's officer, on city plans", officer, 4, "^/city-plan.*/(lines|evidence)", city, "ignored_auth")
            fuzz(server.base, "the city's inspectorate, on city plans", chief, 4, "^/city-plan", city, "ignored_auth")
            fuzz(server.base, "a county's officer, on alliances", keeper, 6, "^/alliances", groups, "ignored_auth")
            fuzz(server.base, "the city's inspectorate, on drafts", chief, 4, "^/plan-drafts", draft, "ignored_auth")
    finally:
        server.stop()


with tempfile.TemporaryDirectory() as folder:
    data = os.path.join(folder, "data")
    log = open(os.path.join(folder, "log"), "w+")
    process = subprocess.Popen(
        [program, "serve", "--data", data, "--port", "0", "--accounts", "--set", "api-requests-per-minute=1000000", "--set",
         "webhook-networks=127.0.0.1/32", "--set", "webhook-first-pause-ms=100", "--set", "webhook-attempts=3", "--set", "webhook-failures=3"],
        stdout=subprocess.PIPE, stderr=log, text=True)
    greeting = process.stdout.readline() + process.stdout.readline()
    base = re.search(r"http://\S+", greeting).group(0)
    try:
        admin = Page(base)
        admin.go("/setup", code=re.search(r"安装码：(\w+)", greeting).group(1), name="王主任", login="wang", password="River-County-88", again="River-County-88")
        api = doors(base, admin)
        importing(api)
        results(api)
        county = scopes(base, admin, api)
        cases(base, admin, county)
        accounts(base, api)
        jobs(base, api, county)
        hooks(base, api, admin)
        text = admin.go("/api")[2]
        promise("the page for people lists every operation with a line to try", text.count('class="operation"') > 45 and "curl" in text and "<script" not in text.split("<main")[1])
        if "--no-fuzz" not in sys.argv:
            fuzz(base, "an administrator", api.token, 6)
            fuzz(base, "a county officer", county.token, 3)
        log.seek(0)
        faults = [line for line in log if "request failed" in line]
        promise("no request made the server fail", not faults, faults[:3])
    finally:
        process.terminate()
        process.wait(30)
    done = subprocess.run([program, "export", "oneroster", os.path.join(folder, "o.zip"), "--data", data], capture_output=True, text=True)
    promise("the command writes the same register", done.returncode == 0 and "37所学校" in done.stdout, done.stdout, done.stderr)
    planning(os.path.join(folder, "demo"))
    guarded(os.path.join(folder, "other"))
    stopping(os.path.join(folder, "idle"))
    several_servers(folder)

end()
