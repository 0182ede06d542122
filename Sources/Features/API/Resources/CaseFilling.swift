internal import Foundation
internal import Pages
internal import Vocabulary

/// What a program fills in for a case, as the form of the page would have sent it: one reading of forms for both.
enum CaseFilling {
    private static let answer = Schema.variants([.word, .list(.word, most: 500)])
    private static let common = [
        Property("answers", .map(answer), "各项的填写，按编号；表格写“编号.行.列”，行从0数。日期 2026-12-31，选择写选项的编号", isRequired: false),
        Property("location", .text(3...60), "定位：经度,纬度", isRequired: false),
        Property("measurements", .list(.text(1...30), most: 100), "实测值", isRequired: false),
        Property("remark", .text(0...500), "材料说明", isRequired: false),
    ]

    static let opening = Operation.Body.json(
        .object(
            [
                Property("title", .text(1...200)), Property("place", .text(1...60), "学校标识码，或县（市、区）的名称", isRequired: false),
                Property("subject", .text(1...100), "办件的对象是人时：谁", isRequired: false),
            ] + common),
        example: .object(
            ("title", .text("操场排水整改")), ("place", .text("2137020001")), ("answers", .object(("promised", .text("2026-12-31"))))))

    static let action = Operation.Body.json(
        .object(
            [
                Property("reason", .text(0...500), "理由", isRequired: false),
                Property("target", .text(1...120), "转给哪个单位：见步骤的 targets", isRequired: false),
                Property("coOwners", .list(.text(1...120), most: 20), "协办单位", isRequired: false),
            ] + common), example: .object(("reason", .text("材料齐全")), ("answers", .object([]))))

    static let fields = [
        Property("as", .text(1...60), "photo、document，或表里一项的编号"), Property("reason", .text(0...500), isRequired: false),
        Property("target", .text(1...120), isRequired: false), Property("answers", .word, "JSON：各项的填写", isRequired: false),
        Property("location", .text(3...60), isRequired: false), Property("remark", .text(0...500), isRequired: false),
    ]

    static func parts(_ call: Call) -> PostedParts {
        var values: [(name: String, value: String)] = []
        for name in ["title", "place", "subject", "reason", "target"] {
            if let text = call.body[name]?.string { values.append((name, text)) }
        }
        for unit in call.body["coOwners"]?.items?.compactMap(\.string) ?? [] { values.append(("coOwner", unit)) }
        for number in call.body["measurements"]?.items?.compactMap(\.string) ?? [] { values.append(("e.measurement", number)) }
        values += evidence(location: call.body["location"]?.string, remark: call.body["remark"]?.string)
        return PostedParts(values: values + answers(call.body["answers"]))
    }

    /// Throws where the file or the answers in the form cannot be read.
    static func partsWithFile(_ call: Call) throws -> PostedParts {
        guard let upload = call.upload else { throw Problem(.file) }
        var values: [(name: String, value: String)] = []
        for name in ["reason", "target"] { if let text = upload.fields[name] { values.append((name, text)) } }
        values += evidence(location: upload.fields["location"], remark: upload.fields["remark"])
        if let text = upload.fields["answers"] {
            guard let json = JSON(reading: Array(text.utf8)), Schema.map(answer).complaints(json).isEmpty else {
                throw Problem(.body, "answers 应是 JSON：各项的编号和填写", "answers must be JSON: fields and what is filled in")
            }
            values += answers(json)
        }
        let name = upload.fields["as"] ?? ""
        let field = ["photo", "document"].contains(name) ? "e.\(name)" : "f.\(name)"
        let file = PostedParts.File(field: field, name: upload.name, url: upload.file, size: upload.size)
        return PostedParts(values: values, files: [file])
    }

    private static func evidence(location: String?, remark: String?) -> [(name: String, value: String)] {
        [("e.location", location), ("e.position", location), ("e.note", remark)].compactMap { name, text in text.map { (name, $0) } }
    }

    static func answers(_ json: JSON?) -> [(name: String, value: String)] {
        guard case .object(let members) = json else { return [] }
        return members.flatMap { member in
            (member.value.items?.compactMap(\.string) ?? member.value.string.map { [$0] } ?? []).map { ("f.\(member.name)", $0) }
        }
    }
}
