internal import Foundation
internal import HTTPTypes
internal import Inspection
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// 入校督导: who answers for which school, what is planned, what was seen, what it scores. None without rules of inspection.
    var inspectionOperations: [Operation] {
        guard let inspection = work.inspection else { return [] }
        let one = Parameter.path("visit", "督导的编号", .text(1...64))
        return inspectionReadingOperations(inspection, one) + chargeOperations(inspection.planning)
            + visitPlanOperations(inspection, one) + visitStepOperations(inspection.going, one) + scoreOperations(inspection.outcome, one)
    }

    private static let year = Parameter.query("year", .integer(2000...2100), "哪一年的督导计划；不写则今年", example: .integer(2026))

    private func inspectionReadingOperations(_ inspection: InspectionWork, _ one: Parameter) -> [Operation] {
        [
            .list(
                "/inspection/rubrics", "listRubrics", .inspection, LocalizedText(zh: "现行评价表", en: "Rubrics in force"), isOfSchool: true,
                of: Rubric.shape, key: \.id
            ) { inspection.planning.rubrics($0.visit) },
            .list(
                "/inspection/visits", "listInspections", .inspection, LocalizedText(zh: "督导计划和记录", en: "Visits planned and made"),
                [
                    ApiDesk.year, .query("county", .text(1...60), "县（市、区）"), .query("school", .text(1...60), "学校标识码"),
                    .query("state", .choice(Inspection.Visit.State.allCases.map(\.rawValue)), "状态"),
                ], isOfSchool: true, note: "只列您能看的学校；责任督学只看到自己负责的。", of: VisitEntry.shape, key: \.visit.id
            ) { call in
                let filter = VisitFilter(
                    year: call.integer("year") ?? call.visit.today.year, county: call.text("county"), school: call.text("school"))
                let state = call.text("state").flatMap { Inspection.Visit.State(rawValue: $0) }
                return try await inspection.visits(filter, call.visit).filter { state == nil || $0.visit.state == state }
            },
            Operation(
                method: .get, path: "/inspection/visits/{visit}", id: "getInspection", group: .inspection,
                title: LocalizedText(zh: "一次督导：申请、签到、逐项评分、发现的问题", en: "A visit in full"), needs: .duty(.look), parameters: [one],
                success: .json(status: 200, VisitEntry.whole.schema), isOfSchool: true
            ) { call in answer(try await inspection.one(call.segment("visit"), call.visit)) },
            Operation(
                method: .get, path: "/inspection/visits/{visit}/photos/{digest}", id: "getInspectionPhoto", group: .inspection,
                title: LocalizedText(zh: "一张照片", en: "A photo of a visit"), needs: .duty(.look),
                parameters: [one, .path("digest", "照片的 SHA-256", .text(1...64))], success: .file(type: "application/octet-stream"),
                isOfSchool: true
            ) { call in
                let photo = try await inspection.photo(call.segment("digest"), call.segment("visit"), call.visit)
                return Reply(file: photo.bytes, name: photo.name, type: "application/octet-stream")
            },
        ]
    }

    private func answer(_ opened: OpenedVisit, status: Int = 200) -> Reply {
        Reply(VisitEntry.whole.write(opened), status: status, version: opened.visit.version)
    }

    // MARK: Who answers for which school

    private func chargeOperations(_ planning: InspectionWork.Planning) -> [Operation] {
        [
            .list(
                "/inspection/schools", "listInspectedSchools", .inspection,
                LocalizedText(zh: "各校的责任督学和检查次数", en: "Schools, who answers for them, how often they are visited"), [ApiDesk.year],
                isOfSchool: true, of: SchoolCharge.shape, key: \.school
            ) { try await planning.charges($0.integer("year"), $0.visit) },
            .list(
                "/inspection/counts", "listPublishedVisits", .inspection,
                LocalizedText(zh: "公开的入校检查次数", en: "Visits as they are published"), needs: .person, [ApiDesk.year], isOfSchool: true,
                note: "与不用登录的公开页面相同：每校几次、合并少进校几次，没有人名。", of: SchoolCharge.published, key: \.school
            ) { call in
                let all = try await planning.counts(call.integer("year") ?? call.visit.today.year)
                return call.onlySchool.map { only in all.filter { $0.school == only } } ?? all
            },
            .list(
                "/inspection/counties/{county}/inspectors", "listInspectors", .inspection,
                LocalizedText(zh: "可以负责一个县的学校的督学", en: "Who may answer for schools of a county"), needs: .duty(.arrangeVisits), [.county],
                of: InspectorEntry.shape, key: \.id
            ) { call in
                try await planning.inspectors(call.segment("county"), call.visit).map { InspectorEntry(id: $0.id, name: $0.name) }
            },
            .post(
                "/inspection/counties/{county}/schools/{school}/inspector", "assignInspector", .inspection,
                LocalizedText(zh: "指定责任督学", en: "Name who answers for a school"), needs: .duty(.arrangeVisits), [.county, .school],
                body: .json(
                    .object([
                        Property("inspector", .text(1...64), "督学的编号，见 /inspection/counties/{county}/inspectors"),
                        Property("region", .text(1...30), "督学责任区"),
                    ]), example: .object(("inspector", .text("abc")), ("region", .text("第一责任区")))),
                note: "代替原来的责任督学。一个责任区和一名督学的学校数有上限。", gives: Responsibility.shape
            ) { call in
                let made = try await planning.assign(
                    call.segment("school"), call.segment("county"), call.body["inspector"]?.string ?? "",
                    call.body["region"]?.string ?? "", call.visit)
                call.note.say("\(made.schoolName)：\(made.inspectorName)")
                return made
            },
            Operation(
                method: .delete, path: "/inspection/counties/{county}/schools/{school}/inspector", id: "releaseInspector",
                group: .inspection, title: LocalizedText(zh: "取消责任督学", en: "Nobody answers for a school any more"),
                needs: .duty(.arrangeVisits), parameters: [.county, .school], success: .empty
            ) { call in
                try await planning.release(call.segment("school"), call.segment("county"), call.visit)
                return .done
            },
        ]
    }

    // MARK: The plan

    private func visitPlanOperations(_ inspection: InspectionWork, _ one: Parameter) -> [Operation] {
        let planning = inspection.planning
        return [
            .list(
                "/inspection/proposals", "listVisitProposals", .inspection,
                LocalizedText(zh: "待批准的检查怎样合并", en: "What to make of the visits asked for"), [ApiDesk.year], isOfSchool: true,
                note: "同一所学校、时间重合、可以合并的合成一次入校。", of: VisitPlanner.Proposal.shape, key: \.base.id
            ) { try await planning.proposals($0.integer("year"), $0.visit) },
            Operation(
                method: .post, path: "/inspection/counties/{county}/requests", id: "requestInspections", group: .inspection,
                title: LocalizedText(zh: "申请入校检查", en: "Ask for visits"), note: "每所学校一次；有一所不行，就一所也不申请。", needs: .duty(.requestVisits),
                parameters: [.county],
                body: .json(
                    .object([
                        Property("rubric", .text(1...60), "评价表的编号，见 /inspection/rubrics"), Property("from", .day, "最早入校的一天"),
                        Property("until", .day, "最晚入校的一天，与最早的在同一年"), Property("purpose", .text(1...200), "事由"),
                        Property("schools", .list(.text(1...20), most: 500), "学校标识码"),
                    ]),
                    example: .object(
                        ("rubric", .text("routine")), ("from", .text("2026-10-08")), ("until", .text("2026-10-16")),
                        ("purpose", .text("秋季学期随访")), ("schools", .list([.text("2137020001")])))),
                success: .json(status: 201, .object([Property("items", .list(VisitEntry.shape.schema))]))
            ) { call in
                var values = ["rubric", "from", "until", "purpose"].map { ($0, call.body[$0]?.string ?? "") }
                values += (call.body["schools"]?.items?.compactMap(\.string) ?? []).map { ("school", $0) }
                let asked = try await planning.ask(
                    PostedParts(values: values.map { (name: $0.0, value: $0.1) }), call.segment("county"), call.visit)
                call.note.say("\(asked.count)所学校")
                return Reply(.object(("items", .list(asked.map(VisitEntry.shape.write)))), status: 201)
            },
            planned(
                "approve", "approveInspection", LocalizedText(zh: "批准，可合并别的申请", en: "Take into the plan, with others"), one,
                body: .json(
                    .object([
                        Property("with", .list(.text(1...64), most: 20), "并入的申请，见 /inspection/proposals", isRequired: false),
                        Property("exception", .text(0...200), "次数已满仍要批准的理由，市里才能写", isRequired: false),
                    ]), example: .object(("with", .list([])))), note: "次数已满的不批准，除非市里写明例外的理由。"
            ) { call in
                try await planning.approve(
                    call.segment("visit"), call.body["with"]?.items?.compactMap(\.string) ?? [], call.body["exception"]?.string ?? "",
                    call.seen, call.visit)
            },
            planned(
                "decline", "declineInspection", LocalizedText(zh: "不批准", en: "Say no"), one,
                body: .json(
                    .object([Property("reason", .text(1...200), "申请的部门看得到")]), example: .object(("reason", .text("与上月检查重复"))))
            ) { call in
                try await planning.decline(call.segment("visit"), call.body["reason"]?.string ?? "", call.seen, call.visit)
            },
        ]
    }

    private func planned(
        _ step: String, _ id: String, _ title: LocalizedText, _ one: Parameter, body: Operation.Body, note: String = "",
        _ take: @escaping @Sendable (Call) async throws -> OpenedVisit
    ) -> Operation {
        .post(
            "/inspection/visits/{visit}/\(step)", id, .inspection, title, needs: .duty(.arrangeVisits), [one], body: body,
            isVersioned: true, note: note, gives: VisitEntry.whole, version: \.visit.version
        ) { call in
            let opened = try await take(call)
            call.note.say(opened.visit.schoolName)
            return opened
        }
    }
}
