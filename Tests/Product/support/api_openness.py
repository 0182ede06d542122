"""Checks of new forms, published lists and what is kept of people by program, on the invented city, for api.py."""

from support.servers import promise


def openness(offices):
    api = offices.program("city-officer", ["look", "handle"])
    questions = ["网络多媒体教室数", "校内停车位数"]
    status, found, _ = api.post("/collect-once", {"questions": questions})
    verdicts = {one["question"]: one["verdict"] for one in found} if status == 200 else {}
    promise("a question that is answered already is told, with where", verdicts.get(questions[0]) == "held" and found[0]["facts"][0]["heldBy"], found)
    promise("one that is not is new", verdicts.get(questions[1]) == "new", verdicts)
    promise("a form without questions is refused", api.post("/collect-once", {"questions": []})[0] == 422)
    head = offices.program("school-head", ["look", "handle"])
    promise("schools do not check forms", head.post("/collect-once", {"questions": questions})[0] == 403)
    status, problem, _ = api.post("/collect-once/requests", {"title": "停车位调查", "questions": questions})
    promise("a form that asks for what is held is not asked for", status in (409, 422) and "已经有数据" in problem["detail"], status, problem)
    status, problem, _ = api.post("/collect-once/requests", {"title": "停车位调查", "questions": questions[1:]})
    promise("what its own form wants is named place by place", status == 422 and problem["errors"], problem)
    lists = api.all("/public-lists")[0]
    promise("published lists are named", any(one["kind"] == "school-activity" for one in lists), lists)
    lines = api.all("/public-lists/school-activity")[0]
    promise("a list has its lines, each in its phase", lines and {line["phase"] for line in lines} <= {"valid", "coming", "over"}, lines[:1])
    valid = api.all("/public-lists/school-activity?phase=valid")[0]
    promise("and may be narrowed to what is valid now", valid == [line for line in lines if line["phase"] == "valid"])
    promise("a list there is not is not there", api.ask("/public-lists/rectification")[0] == 404)
    kept = api.all("/personal-inventory")[0]
    promise("what is kept of people is told with purpose and time", kept and all(one["purpose"] and one["columns"] for one in kept), len(kept))
