"""Rectifications, plans and city plans by program, on the invented city, for api.py."""

import datetime
import json
import urllib.parse

from support.programs import Page, Program
from support.servers import promise, wait

COUNTY = "清河县"


class Offices:
    """Programs of the invented city's people, each with a token of its own."""

    def __init__(self, base):
        self.base = base

    def page(self, person):
        page = Page(self.base)
        page.go("/visitor", person=person)
        return page

    def program(self, person, duties, **scope):
        token = self.page(person).token("接口", duties, **scope)
        assert token.startswith("jh_"), token
        return Program(self.base, token)


def county_with(api, what):
    """A county of which there is something of the kind, and that."""
    for county in [c["county"] for c in api.all("/counties")[0]]:
        found = api.all(f"/counties/{county}/{what}")[0]
        if found:
            return county, found
    raise SystemExit(f"FAIL no county has {what}")


def rectifications(offices):
    city = offices.program("city-officer", ["look", "handle"])
    county, found = county_with(city, "rectifications")
    one = f"/counties/{county}/rectifications"
    free = [gap for gap in found if "case" not in gap]
    promise("binding shortfalls are listed with their keys, and which are being made good", len({gap["key"] for gap in found}) == len(found) > 2
            and all(gap["shortfall"]["isBinding"] and gap["key"].split("/")[1] == gap["shortfall"]["school"] for gap in found) and len(free) > 2, len(found), len(free))
    units = [office["unit"] for office in city.all(f"/counties/{county}/rectification-offices")[0]]
    promise("offices that may help are named", f"county.supervisor@{county}" in units, units)
    wish = {"shortfalls": [gap["key"] for gap in free[:2]], "finishBy": "2099-06-30", "money": 50000.5, "demand": "暑假前办结", "coOwners": units[:1]}
    reader = offices.program("city-officer", ["look"])
    promise("who may only look orders nothing", reader.post(one, wish)[1]["code"] == "token.scope")
    status, problem, _ = city.post(one, {**wish, "shortfalls": [wish["shortfalls"][0], "L1"], "money": -1})
    promise("every wrong place of an order is named", status == 422 and {e["pointer"] for e in problem["errors"]} == {"/shortfalls/1", "/money"}, problem)
    status, problem, _ = city.post(one, {**wish, "coOwners": ["nobody@北京"]})
    promise("an office that may not help is refused in words", status == 422 and "协办" in problem["detail"], problem)
    promise("nothing was opened by that", [g for g in city.all(one)[0] if "case" not in g] == free and city.post(one, {**wish, "shortfalls": []})[0] == 422)
    status, outcomes, _ = city.post(one, wish, Idempotency_Key="order-1")
    promise("one order opens a case each", status == 200 and len({o["case"]["id"] for o in outcomes}) == 2 and all(o["case"]["kind"] == "rectification" for o in outcomes), outcomes)
    promise("sent again it is the same answer", city.post(one, wish, Idempotency_Key="order-1")[1] == outcomes)
    detail = city.ask("/cases/" + outcomes[0]["case"]["id"])[1]
    answers = {a["field"]: a["text"] for a in detail["answers"]}
    promise("with money, day, demand and the figures", "50000.5" in answers["money"].replace(",", "") and answers["demand"].startswith("暑假前办结。现值") and "2099" in answers["finishBy"], answers)
    status, outcomes, _ = city.post(one, {**wish, "shortfalls": [free[0]["key"], free[2]["key"], "balance-2017/0000/primary/L1"]})
    promise("what is open or is none is told, the rest is opened", [o.get("refusal", {}).get("code") for o in outcomes] == ["case.duplicate", None, "case.link"], outcomes)
    gone = {gap["key"]: gap for gap in city.all(one)[0]}
    promise("the list shows the cases, and so does the page", gone[free[2]["key"]]["case"]["id"] == outcomes[1]["case"]["id"]
            and outcomes[1]["case"]["number"] in offices.page("city-officer").go(urllib.parse.quote(one))[2])
    school = free[0]["shortfall"]["school"]
    own = offices.program("city-officer", ["look", "handle"], county=county, school=school)
    promise("a school's token sees its own and orders nothing", {g["shortfall"]["school"] for g in own.all(one)[0]} == {school} and own.post(one, wish)[0] == 403)
    other = next(c["county"] for c in city.all("/counties")[0] if c["county"] != county)
    limited = offices.program("city-officer", ["look", "handle"], county=other)
    promise("another county's token neither", limited.ask(one)[0] == limited.post(one, wish)[0] == 403)


def plans(offices):
    city = offices.program("city-officer", ["look", "plan", "adopt"])
    reader = offices.program("city-officer", ["look"])
    costs = {price["action"]: price for price in city.all("/plan-costs")[0]}
    promise("unit costs are listed", costs and all(price["cost"] >= 0 and price["unit"] for price in costs.values()))
    wish = {"county": COUNTY, "seconds": 20, "costs": {next(iter(costs)): 123456}}
    promise("a token that may only look asks for nothing", reader.post("/plans", wish)[1]["code"] == "token.scope")
    promise("a county without data is not there", city.post("/plans", {"county": "没有县"})[0] == 404)
    status, problem, _ = city.post("/plans", {**wish, "years": 3, "costs": {"magic": 1}})
    promise("what cannot be asked is told in words", status == 422 and "同时填写" in problem["detail"] and "magic" in problem["detail"], problem)
    promise("nor is a number out of range asked", {e["pointer"] for e in city.post("/plans", {**wish, "budget": -1, "seconds": 1})[1]["errors"]} == {"/seconds", "/budget"})
    status, task, _ = city.post("/plans", wish, Idempotency_Key="plan-1")
    promise("a plan is a job, once", status == 202 and COUNTY in task["title"] and city.post("/plans", wish, Idempotency_Key="plan-1")[1] == task, task)
    ended = wait(lambda: (now := city.ask("/tasks/" + task["id"])[1])["state"] in ("done", "failed") and now, 200)
    promise("which ends well", ended and ended["state"] == "done", ended)
    status, answers, _ = city.ask("/plan-answers/" + task["id"])
    promise("its answers say which plan", status == 200 and len(answers["answers"]) == 1 and answers["answers"][0]["county"] == COUNTY and answers["answers"][0]["plan"], answers)
    one = "/plans/" + answers["answers"][0]["plan"]
    status, plan, headers = city.ask(one)
    promise("the plan says what it was asked, what it does and how one knows", status == 200 and plan["isCurrent"] and plan["question"]["costs"] == wish["costs"]
            and plan["after"]["verdict"] == "met" and plan["gap"]["state"] == "known" and plan["cost"] == sum(m["cost"] for m in plan["measures"] + plan["moves"]), plan)
    promise("with its papers", all(city.ask(f"{one}/files/{name}")[1][:2] == b"PK" for name in plan["files"]) and city.ask(one + "/files/x.pdf")[0] == 400)
    promise("it is in the list", plan["id"] in [p["id"] for p in city.all(f"/plans?county={COUNTY}&state=proposed&limit=1")[0]])
    promise("a reader does not adopt it, nor does anybody without its version", reader.post(one + "/adopt", If_Match="*")[0] == 403 and city.post(one + "/adopt")[0] == 428)
    promise("nor an older version", city.post(one + "/adopt", If_Match='"v0-x"')[0] == 412)
    status, adopted, after = city.post(one + "/adopt", If_Match=headers["ETag"])
    promise("adopted on the version that was seen", status == 200 and adopted["state"] == "adopted" and adopted["adopted"]["name"] and after["ETag"] != headers["ETag"], adopted)
    promise("twice it is not", city.post(one + "/adopt", If_Match=headers["ETag"])[0] == 412 and city.post(one + "/adopt", If_Match="*")[0] == 409)
    promise("the page says so", "已采用" in offices.page("city-officer").go(one)[2])
    other = next(c["county"] for c in city.all("/counties")[0] if c["county"] != COUNTY)
    limited = offices.program("city-officer", ["look", "plan", "adopt"], county=other)
    promise("another county's token sees none of it", limited.ask(one)[0] == limited.post("/plans", wish)[0] == 403
            and limited.ask("/plan-answers/" + task["id"])[1]["answers"] == [] and COUNTY not in json.dumps(limited.all("/plans")[0], ensure_ascii=False))
    return one.rsplit("/", 1)[1], task["id"]


def city_plans(offices):
    """A city's plan by program: lights, evidence, dispatch, meetings. What there is, by the names of the addresses."""
    chief = offices.program("city-inspectorate", ["look", "supervise"])
    officer = offices.program("city-officer", ["look", "reportProgress"])
    reader = offices.program("city-officer", ["look"])
    adopted = chief.all("/city-plans")[0]
    plan = "/city-plans/" + adopted[0]["id"]
    status, whole, _ = chief.ask(plan)
    lines = {line["id"]: line for line in chief.all(plan + "/lines?limit=7")[0]}
    leaves = [line for line in lines.values() if "goal" in line]
    promise("a plan says where it comes from, who answers and how it stands", status == 200 and whole["document"]["issuer"] and whole["offices"]
            and sum(whole["lights"].values()) == len(leaves) and {l["parent"] for l in lines.values() if "parent" in l} <= set(lines) and whole["done"][-1]["value"]["value"] == whole["lights"]["done"])
    late = chief.all(plan + "/lines?light=late")[0]
    promise("lines are filtered by light and office", late and all(l["light"] == "late" for l in late) and chief.all(plan + "/lines?owner=basic&light=late")[0]
            and chief.all(plan + "/lines?owner=nobody")[0] == [])
    page = offices.page("city-inspectorate").go(f"{plan}/lines/studios")[2]
    status, studios, headers = officer.ask(plan + "/lines/studios")
    promise("a line says its goal, its state, its evidence and its rule", status == 200 and studios["light"] == "late" and studios["isEntered"] and studios["goal"] in page
            and studios["value"]["state"] == "known" and studios["entries"] and chief.ask(plan + "/lines/nothing")[0] == 404)

    one = plan + "/lines/studios"
    today = chief.ask("/me")[2]["Date"]
    day = datetime.datetime.strptime(today, "%a, %d %b %Y %H:%M:%S GMT").date().isoformat()
    entry = {"day": day, "amount": 3, "note": "第三批", "document": "示教字〔演示〕41号"}
    tag = headers["ETag"]
    promise("only who reports reports", reader.post(one + "/evidence", entry, If_Match=tag)[1]["code"] == "token.scope" and chief.post(one + "/evidence", entry, If_Match=tag)[0] == 403)
    problems = [officer.post(one + "/evidence", {**entry, **wrong}, If_Match=tag) for wrong in ({"day": "2099-01-01"}, {"amount": -1}, {"county": COUNTY}, {"day": "2026-13-01"})]
    promise("what cannot be is refused in words", [p[0] for p in problems] == [422] * 4 and "还没到" in problems[0][1]["detail"] and "不写县" in problems[2][1]["detail"], problems)
    promise("a line with lines below takes none", officer.post(f"{plan}/lines/{next(l['id'] for l in lines.values() if 'goal' not in l)}/evidence", entry, If_Match="*")[0] in (409, 422))
    promise("nothing was kept of that", officer.ask(one)[1] == studios)
    status, entered, headers = officer.post(one + "/evidence", entry, If_Match=tag, Idempotency_Key="entry-1")
    promise("a number with its document is entered and counts", status == 200 and len(entered["entries"]) == len(studios["entries"]) + 1 and entered["entries"][-1]["isCounted"]
            and entered["value"]["value"] == studios["value"]["value"] + 3, entered)
    promise("sent again it is entered once", officer.post(one + "/evidence", entry, If_Match=tag, Idempotency_Key="entry-1")[1] == entered)
    promise("on an older version nothing is", officer.post(one + "/evidence", entry, If_Match=tag)[0] == 412 and officer.post(one + "/evidence", entry)[0] == 428)
    mine = entered["entries"][-1]["id"]
    status, attached, _ = officer.upload("名单.pdf", b"%PDF-1.4 list", path=f"{plan}/evidence/{mine}/documents")
    document = attached["entries"][-1]["documents"][-1]
    promise("a file is added and read back", status == 200 and document["digest"] and officer.ask(f"{plan}/evidence/{mine}/documents/{document['number']}")[1] == b"%PDF-1.4 list", attached)
    promise("there is no other", officer.ask(f"{plan}/evidence/{mine}/documents/9")[0] == 404)
    promise("to take back needs a reason", officer.post(f"{plan}/evidence/{mine}/withdraw", {"reason": " "}, If_Match="*")[0] == 422)
    status, withdrawn, _ = officer.post(f"{plan}/evidence/{mine}/withdraw", {"reason": "重复填报"}, If_Match=headers["ETag"])
    promise("taken back it no longer counts and is still shown", status == 200 and withdrawn["value"] == studios["value"] and withdrawn["entries"][-1]["withdrawn"]["reason"] == "重复填报"
            and not withdrawn["entries"][-1]["isCounted"], withdrawn)

    tag = chief.ask(one)[2]["ETag"]
    promise("a light by hand is the supervisor's", officer.post(one + "/light", {"light": "done", "reason": "好了"}, If_Match=tag)[0] == 403
            and chief.post(one + "/light", {"light": "green", "reason": "好了"}, If_Match=tag)[0] == 422 and chief.post(one + "/light", {"light": "done", "reason": " "}, If_Match=tag)[0] == 422)
    status, lit, _ = chief.post(one + "/light", {"light": "atRisk", "reason": "名单已审定"}, If_Match=tag)
    promise("set by hand it stands beside what the evidence says", status == 200 and lit["light"] == "atRisk" and lit["computed"] == "late" and lit["isByHand"] and "名单已审定" in offices.page("city-officer").go(one)[2])
    promise("of an older version it is not set", chief.post(one + "/light", {"light": "done", "reason": "好了"}, If_Match=tag)[0] == 412)
    status, lifted, _ = chief.post(one + "/light", {"reason": "恢复按佐证"}, If_Match="*")
    promise("lifted, the evidence decides, and both are told", status == 200 and lifted["light"] == "late" and [s.get("light") for s in lifted["lightHistory"]][:2] == [None, "atRisk"])
    promise("what is not set is not lifted", chief.post(one + "/light", {"reason": "再取消"}, If_Match="*")[0] == 409)

    rows = chief.all(plan + "/dispatch")[0]
    every = chief.all(plan + "/dispatch?all=true")[0]
    order = ["late", "atRisk", "insufficient", "onTrack", "done"]
    promise("dispatch is worst first and names lines and decisions", [order.index(r["light"]) for r in rows] == sorted(order.index(r["light"]) for r in rows) and len(every) > len(rows)
            and {r["line"]["id"] for r in rows if "line" in r} == {l["id"] for l in leaves if l["light"] in order[:3]} and any("decision" in r for r in rows))
    promise("what slipped is told with both lights", (slips := chief.all(plan + "/slipped")[0]) and all(s["before"] != s["now"] for s in slips))

    meetings = chief.all(plan + "/meetings")[0]
    status, called, headers = chief.post(plan + "/meetings", {"title": "接口召集的会议", "day": day})
    promise("a meeting is called, and begins with what the last one left", status == 201 and called["number"] == meetings[0]["number"] + 1 and any(d["state"] == "open" for d in called["carried"]), called)
    meeting = f"{plan}/meetings/{called['id']}"
    wish = {"text": "月底前补报学位数", "owner": "市财务科", "due": day, "item": "places"}
    promise("who reports decides nothing", officer.post(meeting + "/decisions", wish, If_Match="*")[0] == 403)
    promise("a decision wants its day and a line there is", [chief.post(meeting + "/decisions", {**wish, **wrong}, If_Match="*")[0] for wrong in ({"due": "2000-01-01"}, {"item": "nothing"}, {"text": " "})] == [422] * 3)
    status, decided, _ = chief.post(meeting + "/decisions", wish, If_Match=headers["ETag"])
    promise("it becomes a task in the dispatch list", status == 200 and [d["text"] for d in decided["decisions"]] == [wish["text"]]
            and wish["text"] in [r["decision"]["text"] for r in chief.all(plan + "/dispatch")[0] if "decision" in r], decided)
    promise("on an older version it is not kept", chief.post(meeting + "/decisions", wish, If_Match=headers["ETag"])[0] == 412)
    decision = decided["decisions"][0]["id"]
    status, ended, _ = chief.post(f"{meeting}/decisions/{decision}", {"state": "done", "outcome": "已补报"})
    promise("it is ended once", status == 200 and ended["decisions"][0]["state"] == "done" and chief.post(f"{meeting}/decisions/{decision}", {"state": "dropped", "outcome": "x"})[0] == 409)
    promise("the papers are there", chief.ask(meeting + "/pack.docx")[1][:2] == b"PK" and chief.ask(f"{plan}/meetings/nothing")[0] == 404)

    county = offices.program("county-officer-3", ["look", "reportProgress"])
    own = county.all("/counties")[0][0]["county"]
    status, white, _ = county.post(plan + "/lines/whitelist/evidence", {**entry, "county": own, "amount": 1}, If_Match="*")
    promise("a county reports for itself alone", status == 200 and county.post(plan + "/lines/whitelist/evidence", {**entry, "county": COUNTY}, If_Match="*")[0] in (403, 422)
            and county.post(plan + "/lines/whitelist/evidence", entry, If_Match="*")[0] == 422, white)
    seen = json.dumps([county.ask(plan)[1], county.ask(plan + "/lines/cv-primary")[1]], ensure_ascii=False)
    promise("and sees no other county's numbers", own in seen and COUNTY not in seen)
    promise("nor what the city handed in", county.ask(f"{plan}/evidence/{mine}/documents/{document['number']}")[0] == 403)

    offers = {offer["id"] for offer in chief.all("/city-plan-offers")[0]}
    other = sorted(offers - {p["id"] for p in adopted})[0]
    status, taken, _ = chief.post(f"/city-plans/{other}/adopt", If_Match="*")
    promise("a plan of the catalogue is adopted, as often as there is a newer version seen", status == 200 and taken["version"] == 1 and taken["id"] in [p["id"] for p in chief.all("/city-plans")[0]]
            and chief.post(f"/city-plans/{other}/adopt", If_Match='"v0-x"')[0] == 412 and chief.post("/city-plans/nothing/adopt", If_Match="*")[0] == 404 and officer.post(f"/city-plans/{other}/adopt", If_Match="*")[0] == 403)
    return {"plan": adopted[0]["id"], "item": "studios", "entry": mine, "meeting": called["id"], "decision": decision, "number": document["number"]}


def drafts(offices):
    """A plan's text by program: read, gone through, adopted."""
    chief = offices.program("city-inspectorate", ["look", "supervise"])
    reader = offices.program("city-officer", ["look"])
    text = {"title": "提质计划", "paragraphs": ["某市教育提质计划", "一、实施学位扩容行动（牵头单位：市规划科；配合单位：市财政局）", "一是新建学校。到2029年新增公办学位两千五百个，新建学校不少于3所。",
                                            "二是控制班额。大班额比例控制在5%以内。", "二、实施师资提升行动", "每年培训校长、骨干教师2000名。"]}
    promise("who may only look reads nothing in", reader.post("/plan-drafts", text)[0] == 403 and chief.post("/plan-drafts", {**text, "paragraphs": ["", " "]})[0] == 422)
    status, draft, headers = chief.post("/plan-drafts", text)
    one = "/plan-drafts/" + draft["id"]
    promise("a text becomes a draft, every line with its place", status == 201 and any(line.get("goal") == "≥ 2500 个" for line in draft["lines"]) and all("段" in line["place"] for line in draft["lines"])
            and reader.ask(one)[1] == draft and draft["id"] in [d["id"] for d in reader.all("/plan-drafts")[0]], draft)
    number = next(line["number"] for line in draft["lines"] if line["label"].startswith("控制班额"))
    status, changed, after = chief.post(f"{one}/lines/{number}", {"label": "控制班额", "isDropped": True}, If_Match=headers["ETag"])
    gone = {line["number"] for line in changed["lines"] if not line["isKept"]}
    promise("dropping a line drops what is below", status == 200 and len(gone) >= 2 and number in gone, changed)
    promise("on an older version nothing is dropped", chief.post(f"{one}/lines/{number}", {"label": "x"}, If_Match=headers["ETag"])[0] == 412)
    promise("nor a line there is not", chief.post(f"{one}/lines/99999", {"label": "x"}, If_Match="*")[0] == 404)
    promise("a plan ends after it begins", chief.post(one + "/adopt", {"from": "2029-12-31", "until": "2026-01-01"}, If_Match="*")[0] == 422)
    status, plan, _ = chief.post(one + "/adopt", {"from": "2026-01-01", "until": "2029-12-31"}, If_Match=after["ETag"])
    lines = chief.all(f"/city-plans/{plan['id']}/lines")[0]
    promise("what stays is worked by", status == 200 and any(line.get("goal") == "≥ 2500 个" for line in lines) and not any("大班额" in line["label"]["zh"] for line in lines), lines)
    promise("and adopted once", chief.post(one + "/adopt", {"from": "2026-01-01", "until": "2029-12-31"}, If_Match="*")[0] == 409 and chief.ask(one)[1]["adopted"] == plan["id"])
    status, draft, _ = chief.post("/plan-drafts", text)
    return {"draft": draft["id"], "number": 1}
