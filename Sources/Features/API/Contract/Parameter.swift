/// A part of an address or a header that an operation reads.
struct Parameter: Sendable {
    enum Place: String, Sendable { case path, query, header }

    var name: String
    var place: Place
    var schema: Schema
    var note: String
    var isRequired: Bool
    var example: JSON?

    private init(_ name: String, _ place: Place, _ schema: Schema, _ note: String, isRequired: Bool, example: JSON? = nil) {
        self.name = name
        self.place = place
        self.schema = schema
        self.note = note
        self.isRequired = isRequired
        self.example = example
    }

    static func path(_ name: String, _ note: String, _ schema: Schema = .text(1...100), example: JSON? = nil) -> Parameter {
        Parameter(name, .path, schema, note, isRequired: true, example: example)
    }

    static func query(_ name: String, _ schema: Schema, _ note: String, isRequired: Bool = false, example: JSON? = nil) -> Parameter {
        Parameter(name, .query, schema, note, isRequired: isRequired, example: example)
    }

    static func header(_ name: String, _ schema: Schema, _ note: String) -> Parameter {
        Parameter(name, .header, schema, note, isRequired: false)
    }

    // MARK: Those many operations share

    static let county = path("county", "县（市、区）的名称", example: .text("清河县"))
    static let school = path("school", "学校（机构）标识码", example: .text("2137020001"))
    static let stage = path("stage", "学段", .choice(["primary", "junior"]), example: .text("primary"))
    static let code = path("code", "标准中的项目代码", example: .text("1"))
    static let year = query("year", .integer(1949...2200), "学年，用开始的年份；不写则是有数据的最近一年", example: .integer(2025))
    static let standard = query("standard", .text(1...60), "标准的编号；不写则是 2017 年优质均衡", example: .text("balance-2017"))
    static let view = query("view", .choice(["official", "live"]), "official：已冻结的县用冻结的数（默认）；live：一律用当前的数")
    static let limit = query("limit", .integer(1...500), "每页最多几条，默认 100")
    static let cursor = query("cursor", .text(1...600), "上一页 Link 里给的翻页标记")
    static let scope = [year, standard, view]

    static let ifMatch = header("If-Match", .text(1...200), "您看到的版本：上次读到的 ETag。不带会得到 428，过时会得到 412；* 表示不论哪一版")
    static let idempotencyKey = header(
        "Idempotency-Key", .text(1...100), "您自己编的、不重复的一串字。同一个键再发一次得到同一个回答，不会办两次；24 小时内有效")
}
