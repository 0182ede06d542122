import Casework
import Vocabulary

extension CaseCrowd {
    /// From the order to the write-off in a month and a half: eleven steps.
    func rectify(_ story: inout CaseStory, _ scene: Scene) throws {
        let (day, word) = (scene.day, scene.word)
        let what = ["L1 生均教学及辅助用房面积", "L2 每百名学生骨干教师", "L3 每百名学生体育艺术教师", "L4 生均体育运动场馆面积", "L6 每百名学生网络多媒体教室"][word % 5]
        let links = [CaseLink(kind: "shortfall", target: "bench/\(scene.number)", label: "短板")]
        let order: [String: FieldValue] = [
            "demand": .text("按标准补齐"), "finishBy": .date(day.adding(days: 120)), "money": .money(500_000 + word * 1_000),
        ]
        let opening = scene.beginning("整改", "\(what)缺\(word)（小学）")
        guard try story.take(.open(opening), scene.officer, on: day, order, links: links) else { return }
        try story.note(3, scene.officer, from: day)
        guard scene.stop > 0 else { return }
        let promise: [String: FieldValue] = ["promisedDate": .date(day.adding(days: 20 + word % 60))]
        guard try story.take(.act("accept"), scene.head, on: day.adding(days: 3), promise) else { return }
        try story.note(3, scene.head, from: day.adding(days: 4))
        let done = day.adding(days: 10 + word % 70)
        let result: [String: FieldValue] = ["done": .text("已按要求完成"), "complete": .yesNo(true)]
        guard scene.stop > 1, try story.take(.act("report"), scene.head, on: done, result, evidence: scene.photos(2, on: done)),
            scene.stop > 2, try story.take(.act("sign"), scene.head, on: done.adding(days: 1)), scene.stop > 3
        else { return }
        _ = try story.take(.act("confirm"), scene.officer, on: done.adding(days: 5))
    }

    /// From the report of a hazard to the second look in a week: ten steps.
    func remove(_ story: inout CaseStory, _ scene: Scene) throws {
        let (day, word) = (scene.day, scene.word)
        let place = ["二楼走廊", "食堂", "操场东侧", "实验楼", "宿舍三层", "大门口", "配电间"][word % 7]
        let what = ["护栏松动", "电线裸露", "灭火器过期", "地砖破损", "墙皮脱落", "应急灯不亮"][word % 6]
        let found: [String: FieldValue] = ["what": .text(what), "where": .text(place), "kind": .choice("building")]
        guard try story.take(.open(scene.beginning("隐患", "\(place)\(what)")), scene.officer, on: day, found), scene.stop > 0 else { return }
        let grade: [String: FieldValue] = ["grade": .choice("general"), "removeBy": .date(day.adding(days: 10))]
        guard try story.take(.act("dispatch"), scene.officer, on: day.adding(days: 1), grade, target: scene.school) else { return }
        try story.note(4, scene.head, from: day.adding(days: 1))
        let done = day.adding(days: 3 + word % 14)
        let how: [String: FieldValue] = ["how": .text("已维修更换并自查"), "cost": .money(60_000)]
        guard scene.stop > 1, try story.take(.act("remove"), scene.head, on: done, how, evidence: scene.photos(1, on: done)) else { return }
        try story.note(2, scene.head, from: done)
        guard scene.stop > 2 else { return }
        let visit = Evidence(kind: .location, position: CasePosition(longitude: 118.5, latitude: 37.4, accuracy: 20))
        let seen: [String: FieldValue] = ["seen": .text("现场查看，隐患已消除")]
        _ = try story.take(.act("recheck"), scene.officer, on: done.adding(days: 2), seen, evidence: [visit])
    }

    /// A visit that is followed up twice: nine steps.
    func visit(_ story: inout CaseStory, _ scene: Scene) throws {
        let day = scene.day
        let pupil = "学生\(scene.number)"
        let plan: [String: FieldValue] = [
            "pupil": .reference(id: pupil, label: pupil), "grade": .choice("p\(scene.word % 6 + 1)"), "why": .choices(["study"]),
            "day": .date(day.adding(days: 4)),
        ]
        let record: [String: FieldValue] = ["way": .choice("home"), "minutes": .number(35), "heard": .text("家庭情况已了解，商定每周联系一次")]
        guard try story.take(.open(scene.beginning("家访", "家访")), scene.teacher, on: day, plan), scene.stop > 0 else { return }
        for (round, days) in [4, 30, 55].enumerated() {
            let date = day.adding(days: days)
            guard scene.stop > round, try story.take(.act("visit"), scene.teacher, on: date, record) else { return }
            try story.note(1, scene.teacher, from: date)
            let action = round == 2 ? "close" : "follow"
            guard try story.take(.act(action), scene.head, on: date.adding(days: 2), reason: "下月再访一次") else { return }
        }
    }
}
