internal import Foundation
internal import HTTPTypes
internal import Inspection
internal import Pages
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// What is done at a school.
    func visitStepOperations(_ going: InspectionWork.Going, _ one: Parameter) -> [Operation] {
        let item: [Parameter] = [
            one, .path("rubric", "评价表的编号", .text(1...60)), .path("item", "评价项的编号", .text(1...60)),
        ]
        func step(
            _ path: String, _ id: String, _ title: LocalizedText, _ parameters: [Parameter], body: Operation.Body = .none,
            isVersioned: Bool = false, note: String = "", _ take: @escaping @Sendable (Call) async throws -> OpenedVisit
        ) -> Operation {
            .post(
                "/inspection/visits/{visit}/\(path)", id, .inspection, title, needs: .duty(.inspect), parameters, body: body,
                isVersioned: isVersioned, note: note, gives: VisitEntry.whole, version: \.visit.version
            ) { call in
                let opened = try await take(call)
                call.note.say(opened.visit.schoolName)
                return opened
            }
        }
        return [
            step(
                "arrive", "arriveAtSchool", LocalizedText(zh: "到校签到", en: "Check in"), [one],
                body: .json(
                    .object([
                        Property("location", .text(3...80), "定位：经度,纬度，后面可写精度（米）", isRequired: false),
                        Property("reason", .text(0...100), "没有定位的原因", isRequired: false),
                    ]), example: .object(("location", .text("120.1,36.2,15")))), note: "已签到的再签，第一次的算数。没有定位也能签，如实记下。"
            ) { call in
                try await going.arrive(
                    call.segment("visit"), try VisitFilling.position(call.body["location"]?.string), call.body["reason"]?.string ?? "",
                    call.visit)
            },
            step(
                "items/{rubric}/{item}", "judgeInspectionItem", LocalizedText(zh: "评一项", en: "Judge an item"), item,
                body: VisitFilling.judgement, note: "先签到再评。再评一次代替原来的等级；写了 problem 就多一条发现的问题。"
            ) { call in
                try await going.judge(
                    call.segment("visit"), call.segment("rubric"), call.segment("item"), try VisitFilling.parts(call), call.visit)
            },
            step(
                "items/{rubric}/{item}/with-photo", "judgeInspectionItemWithPhoto",
                LocalizedText(zh: "评一项并交一张照片", en: "Judge an item with a photo"), item, body: .file(fields: VisitFilling.properties)
            ) { call in
                try await going.judge(
                    call.segment("visit"), call.segment("rubric"), call.segment("item"), try VisitFilling.partsWithPhoto(call), call.visit)
            },
            step(
                "findings/{finding}/case", "openCaseOfFinding", LocalizedText(zh: "发现的问题立件整改", en: "Make a case of a finding"),
                [one, .path("finding", "发现的编号，见 problems", .text(1...64))], note: "一条发现只立一件。"
            ) { try await going.openCase($0.segment("finding"), $0.segment("visit"), $0.visit) },
            step(
                "finish", "finishInspection", LocalizedText(zh: "结束本次督导", en: "Finish a visit"), [one], isVersioned: true,
                note: "每一项都评了（或评为不适用 na）才能结束。"
            ) { try await going.finish($0.segment("visit"), $0.seen, $0.visit) },
        ]
    }

    /// What inspection comes to: scores with their arithmetic, and papers.
    func scoreOperations(_ outcome: InspectionWork.Outcome, _ one: Parameter) -> [Operation] {
        [
            .get(
                "/inspection/counties/{county}/score", "getCountyScore", .inspection,
                LocalizedText(zh: "县级督政评分", en: "What a county scores"), [.county], note: "每一分写明怎么来的；没有数据的是资料不足，不当作零分。",
                gives: ScoreSheet.shape
            ) { try await outcome.county($0.segment("county"), $0.visit) },
            .get(
                "/inspection/counties/{county}/schools/{school}/score", "getSchoolScore", .inspection,
                LocalizedText(zh: "校长体检", en: "What a school scores"), [.county, .school], isOfSchool: true, gives: ScoreSheet.shape
            ) { try await outcome.school($0.segment("school"), $0.segment("county"), $0.visit) },
        ]
            + [("docx", "Docx", Papers.docx, "Word"), ("pdf", "Pdf", Papers.pdf, "PDF")].flatMap { kind, suffix, type, name in
                [
                    Operation(
                        method: .get, path: "/inspection/counties/{county}/report.\(kind)", id: "getCountyInspection\(suffix)",
                        group: .inspection, title: LocalizedText(zh: "县督导报告（\(name)）", en: "County's inspection report (\(name))"),
                        needs: .duty(.look), parameters: [.county], success: .file(type: type)
                    ) { call in
                        let paper = try await outcome.countyReport(call.segment("county"), kind, call.visit)
                        return Reply(file: paper.bytes, name: paper.name, type: type)
                    },
                    Operation(
                        method: .get, path: "/inspection/visits/{visit}/report.\(kind)", id: "getInspection\(suffix)", group: .inspection,
                        title: LocalizedText(zh: "入校督导报告（\(name)）", en: "Report of a visit (\(name))"), needs: .duty(.look),
                        parameters: [one],
                        success: .file(type: type), isOfSchool: true
                    ) { call in
                        let paper = try await outcome.visitReport(call.segment("visit"), kind, call.visit)
                        return Reply(file: paper.bytes, name: paper.name, type: type)
                    },
                ]
            }
    }
}

/// What a program fills in at a school, as the form of the page would have sent it.
enum VisitFilling {
    static let properties = [
        Property("level", .text(1...60), "等级的编号，见评价表的 levels；na 是不适用"), Property("note", .text(0...500), "说明", isRequired: false),
        Property("problem", .text(0...500), "发现的问题", isRequired: false),
        Property("finishBy", .day, "问题的整改期限，晚于今天", isRequired: false),
        Property("location", .text(3...80), "定位：经度,纬度，后面可写精度（米）", isRequired: false),
    ]

    static let judgement = Operation.Body.json(.object(properties), example: .object(("level", .text("na")), ("note", .text("本校没有食堂"))))

    /// Throws where it is written and is no place on Earth.
    static func position(_ text: String?) throws -> VisitPosition? {
        guard let text else { return nil }
        guard let position = VisitPosition(text: text) else {
            throw Problem(
                .body, "location 要写成“经度,纬度”，如 120.1,36.2", "location is written as longitude,latitude",
                complaints: [.init(pointer: "/location", zh: "写法不对", en: "is not written as it should be")])
        }
        return position
    }

    static func parts(_ call: Call) throws -> PostedParts { try parts { call.body[$0]?.string } }

    /// Throws where no file came.
    static func partsWithPhoto(_ call: Call) throws -> PostedParts {
        guard let upload = call.upload else { throw Problem(.file) }
        var parts = try parts { upload.fields[$0] }
        parts.files = [PostedParts.File(field: "e.photo", name: upload.name, url: upload.file, size: upload.size)]
        return parts
    }

    private static func parts(_ text: (String) -> String?) throws -> PostedParts {
        _ = try position(text("location"))
        let names = [("level", "level"), ("note", "note"), ("problem", "problem"), ("finishBy", "finishBy"), ("location", "e.position")]
        return PostedParts(
            values: names.compactMap { name, field in text(name).map { (name: field, value: $0) } })
    }
}
