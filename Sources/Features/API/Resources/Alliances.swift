internal import Alliances
internal import Foundation
internal import HTTPTypes
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// 教联体: who is in which alliance, what they did, how supported schools changed. None without rules of alliances.
    var allianceOperations: [Operation] {
        guard let alliances = work.alliances else { return [] }
        return allianceReadingOperations(alliances.reading) + allianceFoundingOperations(alliances.founding)
            + allianceChangingOperations(alliances.changing)
    }

    private static let one = Parameter.path("alliance", "教联体的编号", .text(1...64))
    private static let year = Parameter.query("year", .integer(1949...2200), "学年，用开始的年份；不写则是本学年", example: .integer(2025))

    private func allianceReadingOperations(_ reading: AllianceWork.Reading) -> [Operation] {
        let county = Parameter.query("county", .text(1...100), "只要一个县登记的、或有它的学校的", example: .text("清河县"))
        return [
            .list(
                "/alliances/groups", "listAlliances", .alliances,
                LocalizedText(zh: "教联体和各自一学年的合计", en: "Alliances with a school year's sums"), [county, ApiDesk.year], isOfSchool: true,
                note: "只列看得到的：本县的，或有本校的。结束了的也在。", of: ToldAlliance.brief, key: \.alliance.id
            ) { try await reading.groups($0.text("county"), $0.schoolYear, $0.visit) },
            .get(
                "/alliances/groups/{alliance}", "getAlliance", .alliances,
                LocalizedText(zh: "一个教联体：成员、各学年合计", en: "An alliance: members, sums by year"), [ApiDesk.one, ApiDesk.year],
                isOfSchool: true, gives: ToldAlliance.whole, version: \.alliance.version
            ) { try await reading.group($0.segment("alliance"), $0.schoolYear, $0.visit) },
            .list(
                "/alliances/groups/{alliance}/activities", "listAllianceActivities", .alliances,
                LocalizedText(zh: "一个教联体的活动，撤销的也在", en: "What an alliance did"), [ApiDesk.one], isOfSchool: true,
                of: AllianceActivity.shape, key: \.id
            ) { try await reading.group($0.segment("alliance"), nil, $0.visit).activities },
            .get(
                "/alliances/groups/{alliance}/effect", "getAllianceEffect", .alliances,
                LocalizedText(zh: "成员校的变化，与县内其他学校对照", en: "How supported schools changed, beside the others"), [ApiDesk.one],
                isOfSchool: true, note: "只是对照，不是因果。没有数的写明理由，不当作零。", gives: ToldEffect.shape
            ) { try await reading.effect($0.segment("alliance"), $0.visit) },
            .list(
                "/alliances/counties/{county}/pairings", "listAdoptedPairings", .alliances,
                LocalizedText(zh: "已采用的结对方案，现在会登记成什么", en: "Adopted plans of pairs and what they would make"), [.county],
                of: OfferedPairing.shape, key: \.plan.id
            ) { try await reading.pairings($0.segment("county"), $0.visit) },
        ]
            + [("docx", "Docx", Papers.docx, "Word"), ("pdf", "Pdf", Papers.pdf, "PDF")].map { kind, suffix, type, name in
                Operation(
                    method: .get, path: "/alliances/counties/{county}/report.\(kind)", id: "getCountyAlliances\(suffix)",
                    group: .alliances, title: LocalizedText(zh: "县教联体工作报告（\(name)）", en: "County's report on alliances (\(name))"),
                    needs: .duty(.look), parameters: [.county, ApiDesk.year], success: .file(type: type)
                ) { call in
                    let paper = try await reading.report(call.segment("county"), call.schoolYear, kind, call.visit)
                    return Reply(file: paper.bytes, name: paper.name, type: type)
                }
            }
    }

    private func allianceFoundingOperations(_ founding: AllianceWork.Founding) -> [Operation] {
        let adopted: @Sendable (Call, [ToldAlliance]) -> [ToldAlliance] = { call, made in
            call.note.say("\(call.segment("county"))\(made.count)个教联体")
            return made
        }
        return [
            .post(
                "/alliances/counties/{county}/groups", "foundAlliance", .alliances, LocalizedText(zh: "登记教联体", en: "Found an alliance"),
                needs: .duty(.keepAlliances), [.county], body: AllianceFilling.founding, status: 201,
                note: "一所成员校同一时间只能在一个教联体；外县的学校由市教育局登记。", gives: ToldAlliance.whole, version: \.alliance.version
            ) { call in
                let told = try await founding.found(AllianceFilling.wish(call), call.segment("county"), call.visit)
                call.note.say(told.alliance.name)
                return told
            },
            .post(
                "/alliances/counties/{county}/workbooks", "takeInAlliances", .alliances,
                LocalizedText(zh: "上传教联体名册和活动", en: "Take a workbook of alliances in"), needs: .duty(.keepAlliances), [.county],
                body: .file(fields: []), status: 201, note: "有一处不对就都不收，errors 逐处写明单元格。", gives: AlliancesTaken.shape
            ) { call in
                let upload = try call.file()
                let taken = try call.taken(try await founding.takeIn(upload.file, upload.name, call.segment("county"), call.visit))
                call.note.say("\(taken.alliances)个教联体、\(taken.activities)项活动")
                return AlliancesTaken(alliances: taken.alliances, activities: taken.activities)
            },
            .post(
                "/alliances/counties/{county}/plans", "adoptPairingFile", .alliances,
                LocalizedText(zh: "按结对方案文件登记教联体", en: "Found what a file of pairs says"), needs: .duty(.keepAlliances), [.county],
                body: .file(fields: [Property("founded", .day, "成立日期")]), status: 201,
                note: "文件由 junheng plan pairing 写出。按现在的数据逐对核对，全部登记或都不登记；同一份方案只登记一次。", gives: ToldAlliance.brief.list
            ) { call in
                let upload = try call.file()
                guard let founded = upload.fields["founded"].flatMap({ Day(written: $0) }) else {
                    throw Problem(
                        .body, "founded 要写成立日期，如 2026-03-01", "founded must be a day such as 2026-03-01",
                        complaints: [.init(pointer: "/founded", zh: "请写成立日期", en: "is no day")])
                }
                let data = try Data(contentsOf: upload.file)
                return adopted(call, try await founding.adoptFile(data, call.segment("county"), founded, call.visit))
            },
            .post(
                "/alliances/counties/{county}/pairings", "adoptPairing", .alliances,
                LocalizedText(zh: "按已采用的结对方案登记教联体", en: "Found what an adopted plan of pairs says"),
                needs: .duty(.keepAlliances), [.county],
                body: .json(
                    .object([Property("plan", .text(1...64), "方案的编号"), Property("founded", .day, "成立日期")]),
                    example: .object(("plan", .text("p1")), ("founded", .text("2026-03-01")))), status: 201,
                note: "全部登记或都不登记；同一份方案只登记一次。", gives: ToldAlliance.brief.list
            ) { call in
                let (plan, founded) = (call.body["plan"]?.string ?? "", try AllianceFilling.day(call, "founded"))
                return adopted(call, try await founding.adoptPlan(plan, call.segment("county"), founded, call.visit))
            },
        ]
    }

    private func allianceChangingOperations(_ changing: AllianceWork.Changing) -> [Operation] {
        func step(
            _ path: String, _ id: String, _ title: LocalizedText, _ properties: [Property], _ example: JSON, note: String = "",
            _ take: @escaping @Sendable (Call) async throws -> ToldAlliance
        ) -> Operation {
            .post(
                "/alliances/groups/{alliance}/\(path)", id, .alliances, title, needs: .duty(.keepAlliances), [ApiDesk.one],
                body: .json(.object(properties), example: example), isVersioned: true, note: note, gives: ToldAlliance.whole,
                version: \.alliance.version
            ) { call in
                let told = try await take(call)
                call.note.say(told.alliance.name)
                return told
            }
        }
        let reason = Property("reason", .text(1...200), "理由")
        let ending: JSON = .object(("day", .text("2026-07-01")), ("reason", .text("期满")))
        return [
            step(
                "members", "joinAlliance", LocalizedText(zh: "加入一所学校", en: "A school joins"),
                AllianceFilling.member + [Property("day", .day, "加入日期")],
                .object(("school", .text("2137020001")), ("role", .text("supported")), ("day", .text("2026-03-01")))
            ) { call in
                try await changing.join(
                    call.segment("alliance"), AllianceFilling.member(call.body), try AllianceFilling.day(call, "day"), call.seen, call.visit
                )
            },
            step(
                "leave", "leaveAlliance", LocalizedText(zh: "退出一所学校", en: "A school leaves"),
                [Property("member", .integer(0...9_999), "第几个成员，见 members 的 number"), Property("day", .day, "最后一天"), reason],
                .object(("member", .integer(0)), ("day", .text("2026-07-01")), ("reason", .text("期满")))
            ) { call in
                try await changing.leave(
                    call.segment("alliance"), AllianceFilling.number(call, "member") ?? -1, try AllianceFilling.day(call, "day"),
                    call.body["reason"]?.string ?? "", call.seen, call.visit)
            },
            step(
                "end", "endAlliance", LocalizedText(zh: "结束教联体", en: "End an alliance"), [Property("day", .day, "最后一天"), reason], ending,
                note: "还在的成员一并退出。"
            ) { call in
                try await changing.end(
                    call.segment("alliance"), try AllianceFilling.day(call, "day"), call.body["reason"]?.string ?? "", call.seen, call.visit
                )
            },
            .post(
                "/alliances/groups/{alliance}/activities", "recordAllianceActivity", .alliances,
                LocalizedText(zh: "登记一项活动", en: "Record an activity"), needs: .duty(.keepAlliances), [ApiDesk.one],
                body: AllianceFilling.activity, status: 201, isVersioned: true, note: "登记错了写明理由撤销，不改不删。ETag 是教联体新的版本。",
                gives: AllianceActivity.shape.of { $0.activity }, version: { $0.told.alliance.version }
            ) { call in
                let done = try await changing.record(
                    call.segment("alliance"), try AllianceFilling.activity(call), call.seen, call.visit)
                call.note.say("\(done.told.alliance.name)\(done.activity.kind.label.zh)\(done.activity.count)\(done.activity.kind.unit)")
                return done
            },
            step(
                "strikes", "strikeAllianceActivity", LocalizedText(zh: "撤销一项活动", en: "Strike an activity out"),
                [Property("activity", .text(1...64), "活动的编号"), reason],
                .object(("activity", .text("a1")), ("reason", .text("登错")))
            ) { call in
                try await changing.strike(
                    call.body["activity"]?.string ?? "", call.segment("alliance"), call.body["reason"]?.string ?? "", call.seen, call.visit)
            },
        ]
    }
}

/// What a program fills in.
enum AllianceFilling {
    static let member = [
        Property("school", .text(1...60), "标识码"),
        Property("role", .choice(Alliance.Member.Role.allCases.map(\.rawValue)), "strong 强校、supported 成员校"),
        Property("stage", .choice(Stage.allCases.map(\.rawValue)), "只加入这一学段；不写则整校", isRequired: false),
    ]

    static let founding = Operation.Body.json(
        .object([
            Property("name", .text(1...60)), Property("form", .text(1...60), "形式的编号"), Property("lead", .text(1...60), "牵头学校的标识码"),
            Property("founded", .day, "成立日期"), Property("members", .list(.object(member), most: 200)),
        ]),
        example: .object(
            ("name", .text("示例教联体")), ("form", .text("alliance")), ("lead", .text("2137020001")), ("founded", .text("2026-03-01")),
            ("members", .list([.object(("school", .text("2137020002")), ("role", .text("supported")))]))))

    static let activity = Operation.Body.json(
        .object([
            Property("kind", .choice(AllianceActivity.Kind.allCases.map(\.rawValue)), "staff 共享教师、lesson 共享课程、visit 教研走访"),
            Property("day", .day), Property("count", .integer(1...1_000_000), "人次、节、次"),
            Property("days", .integer(1...10_000), "共享教师每人的天数", isRequired: false),
            Property("subject", .text(0...60), "学科；教研走访可以不写", isRequired: false),
            Property("from", .text(1...60), "由哪所学校，标识码"),
            Property("to", .text(0...60), "到哪所学校，标识码；不写则是各成员", isRequired: false),
            Property("evidence", .text(1...200), "依据：签到表、课表、文件号"),
        ]),
        example: .object(
            ("kind", .text("visit")), ("day", .text("2026-03-02")), ("count", .integer(1)), ("from", .text("2137020001")),
            ("evidence", .text("签到表"))))

    static func member(_ json: JSON) -> AllianceWish.Member {
        AllianceWish.Member(
            json["school"]?.string ?? "", json["role"]?.string.flatMap { Alliance.Member.Role(rawValue: $0) } ?? .supported,
            stage: json["stage"]?.string.flatMap { Stage(rawValue: $0) })
    }

    static func wish(_ call: Call) -> AllianceWish {
        func text(_ name: String) -> String { call.body[name]?.string ?? "" }
        return AllianceWish(
            name: text("name"), form: text("form"), lead: text("lead"), founded: Day(written: text("founded")),
            members: (call.body["members"]?.items ?? []).map { member($0) })
    }

    static func activity(_ call: Call) throws -> ActivityWish {
        func text(_ name: String) -> String { call.body[name]?.string ?? "" }
        return ActivityWish(
            AllianceActivity.Kind(rawValue: text("kind")) ?? .visit, day: try day(call, "day"), count: number(call, "count") ?? 0,
            days: number(call, "days"), subject: text("subject"), from: text("from"), to: text("to"), evidence: text("evidence"))
    }

    static func number(_ call: Call, _ name: String) -> Int? {
        if case .integer(let number)? = call.body[name] { number } else { nil }
    }

    static func day(_ call: Call, _ name: String) throws -> Day {
        guard let day = call.body[name]?.string.flatMap({ Day(written: $0) }) else {
            throw Problem(
                .body, "\(name) 要写成 2026-03-01", "\(name) must be a day such as 2026-03-01",
                complaints: [.init(pointer: "/\(name)", zh: "不是日期", en: "is no day")])
        }
        return day
    }
}
