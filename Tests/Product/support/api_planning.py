"""Rectifications and plans by program, on the invented city, for api.py."""

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
