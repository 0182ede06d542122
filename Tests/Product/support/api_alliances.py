"""Alliances of schools by program, on the invented city, for api.py: kept, filled, made of an adopted plan. And what came of rectifications."""

import datetime
import io
import json
import re
import urllib.parse

import openpyxl

from support.servers import promise, wait

COUNTY = "清河县"
HOME = f"/alliances/counties/{COUNTY}"
TODAY = datetime.date.today()
YESTERDAY = str(TODAY - datetime.timedelta(days=1))
YEAR = TODAY.year if TODAY.month >= 9 else TODAY.year - 1
REGISTER = ["名册编号", "教联体名称", "形式", "学校标识码", "学校名称", "角色", "学段", "加入日期", "退出日期", "退出理由"]


def book(rows):
    made = openpyxl.Workbook()
    made.active.title = "教联体名册"
    made.active.append(REGISTER)
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def reading(offices):
    city = offices.program("city-officer", ["look"])
    groups, pages = city.all("/alliances/groups?limit=3")
    promise("alliances come in pages, of every county", pages > 1 and len({g["county"] for g in groups}) >= 6 and len({g["id"] for g in groups}) == len(groups), len(groups))
    own = city.all(f"/alliances/groups?county={COUNTY}")[0]
    promise("or of one county", own and {g["county"] for g in own} == {COUNTY} and len(own) < len(groups))
    promise("with the sums of the running school year", all(g["schoolYear"] == YEAR and g["tally"]["entries"] >= 0 and g["schools"] > g["supported"] for g in own), own[0])
    one = "/alliances/groups/" + own[0]["id"]
    status, whole, headers = city.ask(one)
    promise("an alliance says who is in it, what came to each, year by year", status == 200 and headers["ETag"].startswith(f'"v{whole["version"]}-') and whole["members"][0]["role"] == "supported"
            and whole["years"][0]["schoolYear"] == YEAR and whole["years"][0]["tally"] == whole["tally"], whole)
    activities = city.all(one + "/activities?limit=4")[0]
    told = [a for a in activities if "struck" not in a and a["kind"] == "lesson" and int(a["day"][:4]) - (a["day"][5:7] < "09") == YEAR - 1]
    past = city.ask(f"{one}?year={YEAR - 1}")[1]
    promise("a year's sum is that of its activities", past["tally"]["lessons"] == sum(a["count"] for a in told) > 0 and past["schoolYear"] == YEAR - 1, past["tally"])
    older = min(own, key=lambda g: g["founded"])
    effect = city.ask(f"/alliances/groups/{older['id']}/effect")[1]
    known = [c for c in effect["changes"] if c["ahead"]["state"] == "known"]
    promise("the effect says it is no cause, and compares with the others", "不是因果" in effect["note"] and known
            and all(abs(c["now"]["value"] - c["before"]["value"] - c["change"]["value"]) < 1e-9 and abs(c["change"]["value"] - c["othersChange"]["value"] - c["ahead"]["value"]) < 1e-9 and c["others"] > 0 for c in known))
    promise("what is not known is no zero", all("value" not in c["change"] for c in effect["changes"] if "unknown" in (c["now"]["state"], c["before"]["state"])))
    text = offices.page("city-officer").go(one)[2]
    promise("the page says the same", whole["name"] in text and f'共享教师{whole["tally"]["teachers"]}人次' in text or "还没有活动" in text)
    promise("an alliance there is not is not there", city.ask("/alliances/groups/nobody")[0] == 404 and city.ask("/alliances/groups/nobody/effect")[0] == 404)
    promise("its report is a Word paper", city.ask(HOME + "/report.docx")[1][:2] == b"PK")
    head = offices.program("school-head", ["look"])
    mine = head.all("/alliances/groups")[0]
    promise("a school's head is told what the own school is in", len(mine) == 1 and head.ask("/alliances/groups/" + mine[0]["id"])[0] == 200)
    seen = head.ask(f"/alliances/groups/{mine[0]['id']}/effect")[1]
    promise("of the others no figures", "教育局看得到" in seen["note"] and len({c["school"] for c in seen["changes"]}) <= 1)
    foreign = next(g for g in groups if g["county"] != COUNTY)
    promise("and of another county's nothing", head.ask("/alliances/groups/" + foreign["id"])[0] == 403)
    officer = offices.program("county-officer-2", ["look", "keepAlliances"])
    promise("nor is a county's officer", officer.ask("/alliances/groups/" + foreign["id"])[0] == 403
            and officer.ask(f"/alliances/counties/{foreign['county']}/report.docx")[0] == 403)
    return officer


def changing(offices, officer):
    """A new alliance and what it does."""
    reader = offices.program("county-officer-2", ["look"])
    units = officer.all(f"/counties/{COUNTY}/units?limit=500")[0]
    inside = {g["lead"]["school"] for g in officer.all("/alliances/groups")[0]}
    for group in officer.all("/alliances/groups")[0]:
        inside |= {m["school"]["school"] for m in officer.ask("/alliances/groups/" + group["id"])[1]["members"]}
    free = sorted({u["school"] for u in units if u["stage"] == "primary"} - inside)
    lead, first, second, third = free[:4]
    wish = {"name": "接口教联体", "form": "alliance", "lead": lead, "founded": f"{YEAR - 1}-10-08", "members": [{"school": first, "role": "supported"}]}
    post = lambda body, **headers: officer.post(HOME + "/groups", body, **headers)
    promise("who may only look founds nothing", reader.post(HOME + "/groups", wish)[1]["code"] == "token.scope")
    status, problem, _ = post({**wish, "lead": "0000", "members": [{"school": "1111", "role": "supported"}]})
    promise("every school there is not is named", status == 422 and "0000" in problem["detail"] and "1111" in problem["detail"], problem)
    promise("nor is one founded on no day, or in days to come", post({**wish, "founded": "2025-02-31"})[0] == 422 and post({**wish, "founded": "0001-01-01"})[0] == 422
            and post({**wish, "founded": str(TODAY + datetime.timedelta(days=2))})[0] == 409)
    promise("an unknown form is told", "形式请选" in post({**wish, "form": "nothing"})[1]["detail"])
    taken = next(m["school"]["school"] for g in officer.all("/alliances/groups")[0] for m in officer.ask("/alliances/groups/" + g["id"])[1]["members"])
    status, problem, _ = post({**wish, "members": [{"school": taken, "role": "supported"}]})
    promise("a supported school is in one alliance at a time", status == 409 and "已是" in problem["detail"], problem)
    status, made, headers = post(wish, Idempotency_Key="found-1")
    promise("an alliance is founded, sent twice once", status == 201 and made["members"][0]["school"]["school"] == first and made["version"] == 1
            and post(wish, Idempotency_Key="found-1")[1] == made, made)
    one = "/alliances/groups/" + made["id"]
    visit = {"kind": "staff", "day": f"{YEAR - 1}-12-02", "count": 2, "days": 40, "subject": "数学", "from": lead, "to": first, "evidence": "跟岗表"}
    promise("to record, say which version was seen", officer.post(one + "/activities", visit)[0] == 428)
    promise("an older version is told so", officer.post(one + "/activities", visit, If_Match='"v0-x"')[0] == 412)
    status, problem, _ = officer.post(one + "/activities", {**visit, "day": f"{YEAR - 1}-10-01"}, If_Match="*")
    promise("before the founding nothing was done", status == 409 and "之前" in problem["detail"], problem)
    promise("shared staff tell their days", "天数" in officer.post(one + "/activities", {k: v for k, v in visit.items() if k != "days"}, If_Match="*")[1]["detail"])
    status, done, after = officer.post(one + "/activities", visit, If_Match=headers["ETag"], Idempotency_Key="staff-1")
    promise("an activity is recorded; the tag is the alliance's", status == 201 and done["count"] == 2 and after["ETag"].startswith('"v2-'), done)
    promise("not twice", officer.post(one + "/activities", visit, If_Match="*")[0] == 409)
    tally = officer.ask(f"{one}?year={YEAR - 1}")[1]["tally"]
    promise("and counts", (tally["teachers"], tally["teacherDays"], tally["entries"]) == (2, 80, 1))
    status, joined, tag = officer.post(one + "/members", {"school": second, "role": "strong", "day": f"{YEAR}-09-01"}, If_Match=after["ETag"])
    promise("a school joins on the version that was seen", status == 200 and [m["school"]["school"] for m in joined["members"]] == [first, second], joined)
    other = next(c["county"] for c in offices.program("city-officer", ["look"]).all("/counties")[0] if c["county"] != COUNTY)
    foreign = offices.program("city-officer", ["look"]).all(f"/counties/{other}/units?limit=3")[0][0]["school"]
    promise("another county's school is the city's to take in", "市教育局" in officer.post(one + "/members", {"school": foreign, "role": "strong", "day": f"{YEAR}-09-01"}, If_Match="*")[1]["detail"])
    promise("nobody leaves before what was done with it", officer.post(one + "/leave", {"member": 0, "day": f"{YEAR - 1}-11-30", "reason": "调整"}, If_Match="*")[0] == 409)
    promise("a member there is not does not leave", officer.post(one + "/leave", {"member": 9, "day": str(TODAY), "reason": "调整"}, If_Match="*")[0] == 412)
    status, left, tag = officer.post(one + "/leave", {"member": 1, "day": YESTERDAY, "reason": "期满"}, If_Match=tag["ETag"])
    promise("a school leaves with its reason", status == 200 and left["members"][1]["until"] == YESTERDAY and left["members"][1]["reason"] == "期满", left)
    status, struck, tag = officer.post(one + "/strikes", {"activity": done["id"], "reason": "登错"}, If_Match=tag["ETag"])
    kept = officer.all(one + "/activities")[0]
    promise("an entry is struck out with its reason and stays to be read", status == 200 and kept[0]["struck"]["reason"] == "登错" and officer.ask(f"{one}?year={YEAR - 1}")[1]["tally"]["entries"] == 0)
    promise("once", officer.post(one + "/strikes", {"activity": done["id"], "reason": "登错"}, If_Match="*")[0] == 412)
    rows = [[1, "表格教联体", "教联体", third, "", "牵头学校", "", f"{YEAR}-09-01", "", ""], [2, "表格教联体", "", second, "", "成员", "", "2025-02-31", "", ""]]
    status, problem, _ = officer.upload("表.xlsx", book(rows), path=HOME + "/workbooks")
    promise("a wrong workbook is told cell by cell", status == 422 and any("F3" in e["message"] for e in problem["errors"]) and any("H3" in e["message"] for e in problem["errors"]), problem)
    rows[1][5:8] = ["成员校", "", f"{YEAR}-09-01"]
    status, taken, _ = officer.upload("表.xlsx", book(rows), path=HOME + "/workbooks")
    promise("a right one is taken", status == 201 and taken == {"alliances": 1, "activities": 0}, taken)
    status, problem, _ = officer.upload("表.xlsx", book(rows), path=HOME + "/workbooks")
    promise("not twice", status == 422 and "已经有" in problem["detail"], problem)


def pairing(offices, officer):
    """An adopted plan becomes alliances, all or none, once."""
    city = offices.program("city-officer", ["look", "plan", "adopt", "keepAlliances"])
    promise("without an adopted plan there is none to take", officer.all(HOME + "/pairings")[0] == [])
    wish = {"plan": "nobody", "founded": str(TODAY)}
    promise("nor is a plan there is not", officer.post(HOME + "/pairings", wish)[0] == 404)
    page = offices.page("city-officer")
    path = page.go("/plans/methods/pairing", county=COUNTY, year=str(city.all("/counties")[0][0].get("schoolYear", YEAR)), standard="balance-2017", size="12", travel="5", seconds="20")[1]
    task = path.rsplit("/", 1)[1]
    ended = wait(lambda: (now := city.ask("/tasks/" + task)[1])["state"] in ("done", "failed") and now, 200)
    plan = re.search(r'href="(/plans/[^"?]+)', page.go(path)[2]).group(1)
    page.go(plan + "/adopt", version=re.search(r'name="version" value="(\d+)"', page.go(plan)[2]).group(1))
    promise("a plan of pairs is adopted", ended["state"] == "done" and "采用。" in page.go(plan)[2], ended)
    offered = officer.all(HOME + "/pairings")[0]
    promise("what stands against it is told", len(offered) == 1 and offered[0]["alliances"] == [] and any("已是" in why for why in offered[0]["obstacles"]), offered)
    wish["plan"] = offered[0]["plan"]
    before = len(officer.all("/alliances/groups")[0])
    promise("then nothing of it is made", officer.post(HOME + "/pairings", wish)[0] == 409 and len(officer.all("/alliances/groups")[0]) == before)
    for group in officer.all("/alliances/groups")[0]:
        status, ended, _ = officer.post(f"/alliances/groups/{group['id']}/end", {"day": YESTERDAY, "reason": "改由结对方案"}, If_Match="*")
        promise(f"“{group['name']}” ends", status == 200 and ended["ended"] == YESTERDAY and all("until" in m for m in ended["members"]), ended)
    ready = officer.all(HOME + "/pairings")[0][0]
    promise("once the old ones have ended it shows what it would make", ready["obstacles"] == [] and ready["alliances"] and all(a["members"] for a in ready["alliances"]), ready)
    page = offices.page("county-officer-2").go(urllib.parse.quote(HOME))[2]
    promise("and so does the page", "按已采用的结对方案建组" in page and all(a["name"] in page for a in ready["alliances"]))
    reader = offices.program("county-officer-2", ["look"])
    promise("who may only look makes nothing of it", reader.post(HOME + "/pairings", wish)[0] == 403 and reader.all(HOME + "/pairings")[0][0]["plan"] == wish["plan"])
    promise("nor is it made for a day before the old ones ended", officer.post(HOME + "/pairings", {**wish, "founded": YESTERDAY})[0] == 409)
    status, made, _ = officer.post(HOME + "/pairings", wish)
    promise("all of it is made in one step", status == 201 and sorted(g["name"] for g in made) == sorted(a["name"] for a in ready["alliances"]) and all(g["isFromPlan"] for g in made)
            and sum(g["supported"] for g in made) == sum(len(a["members"]) for a in ready["alliances"]), made)
    status, problem, _ = officer.post(HOME + "/pairings", wish)
    promise("a second time it is refused", status == 409 and "不再重复登记" in problem["detail"], problem)
    promise("and offered no more", "不再重复登记" in officer.all(HOME + "/pairings")[0][0]["obstacles"][0])
    status, problem, _ = officer.upload("方案.json", json.dumps({"county": "别县"}), path=HOME + "/plans", founded=str(TODAY))
    promise("a file that is no plan is refused in words", status == 422 and "不是结对方案" in problem["detail"], problem)
    promise("so is one without a day", officer.upload("方案.json", "{}", path=HOME + "/plans")[0] == 422)
    return made[0]["id"]


def alliances(offices):
    """What there is, by the names of the addresses."""
    officer = reading(offices)
    changing(offices, officer)
    return {"county": COUNTY, "alliance": pairing(offices, officer)}


def effects(offices):
    city = offices.program("city-officer", ["look"])
    found = [(year, city.all(f"/rectification-effects?year={year}")[0]) for year in (TODAY.year, TODAY.year - 1)]
    year, counties = next(((year, all_) for year, all_ in found if sum(c["sums"]["closed"] for c in all_)), found[0])
    one = max(counties, key=lambda c: c["sums"]["closed"])
    promise("what came of rectifications, county by county", len(counties) >= 6 and one["sums"]["closed"] > 0, year, one)
    whole = city.ask(f"/counties/{one['county']}/rectification-effects?year={year}")[1]
    lines, _ = city.all(f"/counties/{one['county']}/rectification-effects/cases?year={year}&limit=2")
    sums = whole["sums"]
    promise("items and cases add up to the county's", whole["sums"] == one["sums"] and len(lines) == sums["closed"] == sum(i["sums"]["closed"] for i in whole["items"])
            and sums["met"] == sum(l.get("verdict") == "met" for l in lines) and sums["measured"] == sum("verdict" in l for l in lines) == sums["closed"] - sums["waiting"])
    promise("what waits for frozen data has no verdict and no zero", all(("verdict" in l) == ("waiting" not in l) and ("verdict" in l or l["value"]["measured"]["reason"] == "notMeasured") for l in lines))
    promise("each names its case and its shortfall", all(city.ask("/cases/" + l["case"])[0] == 200 and l["key"].split("/")[1] == l["school"] for l in lines[:3]))
    text = offices.page("city-officer").go(urllib.parse.quote(f"/counties/{one['county']}/rectifications/effects") + f"?closed={year}")[2]
    promise("the page says the same", f"销号{sums['closed']}件" in text and all(l["number"] in text for l in lines[:3]))
    other = next(c["county"] for c in counties if c["county"] != one["county"])
    limited = offices.program("city-officer", ["look"], county=other)
    promise("another county's token sees none of it", limited.ask(f"/counties/{one['county']}/rectification-effects")[0] == 403 and {c["county"] for c in limited.all("/rectification-effects")[0]} == {other})
    promise("a year out of range is refused", city.ask("/rectification-effects?year=99")[0] == 400)
