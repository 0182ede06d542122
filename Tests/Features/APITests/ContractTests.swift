import Foundation
import Indicators
import Registry
import Testing
import Vocabulary

@testable import API
@testable import Pages

@Suite("接口的写法") struct ContractTests {
    @Test("读进来再写出去不变") func roundTrip() throws {
        let text = #"{"a":[1,-2.5,true,"清河\"县\n"],"b":{"c":""}}"#
        #expect(String(decoding: try #require(JSON(reading: Array(text.utf8))).bytes, as: UTF8.self) == text)
        #expect(JSON(reading: Array("{".utf8)) == nil && JSON(reading: []) == nil)
        let number = try #require(JSON(reading: JSON.number(0.1 + 0.2).bytes))
        #expect(number == .number(0.1 + 0.2))
    }

    @Test("没有的数写明理由，不是空也不是零") func quantities() {
        func text(_ quantity: Quantity) -> String { String(decoding: Shape<Quantity>.quantity.write(quantity).bytes, as: UTF8.self) }
        #expect(text(Quantity(0)) == #"{"state":"known","value":0}"#)
        #expect(text(Quantity(absence: .blank)).hasPrefix(#"{"state":"unknown","reason":"blank""#))
        #expect(text(Quantity(.nan)).hasPrefix(#"{"state":"unknown""#) && text(Quantity(.infinity)).hasPrefix(#"{"state":"unknown""#))
        #expect(text(Quantity(nil, else: .noLimit)).hasPrefix(#"{"state":"notApplicable","reason":"noLimit""#))
        for absence in Absence.allCases {
            #expect(Shape<Quantity>.quantity.schema.complaints(Shape<Quantity>.quantity.write(Quantity(absence: absence))).isEmpty)
        }
    }

    private let schema = Schema.object([
        Property("name", .text(1...5)), Property("kind", .choice(["a", "b"]), isRequired: false),
        Property("count", .integer(1...9), isRequired: false),
        Property("day", .day, isRequired: false), Property("list", .list(.flag, most: 2), isRequired: false),
    ])

    private func complaints(_ text: String) throws -> [String] {
        schema.complaints(try #require(JSON(reading: Array(text.utf8)))).map(\.pointer)
    }

    @Test("每一处错都指出位置") func complaints() throws {
        #expect(try complaints(#"{"name":"清河县"}"#).isEmpty)
        #expect(
            try complaints(#"{"kind":"c","count":10,"list":[true,1,true],"more":0,"day":"2026-02-30"}"#)
                == ["/count", "/day", "/kind", "/list", "/more", "/name"])
        #expect(try complaints(#"{"name":"a\u0000b"}"#) == ["/name"])
        #expect(try complaints(#"{"name":null}"#) == ["/name"])
        #expect(try complaints("[]") == [""])
    }

    @Test("地址里的数只有一种写法") func addresses() {
        #expect(Schema.count.value(of: "7") == .integer(7))
        for wrong in ["07", "+7", "7.0", "", "七"] { #expect(Schema.count.value(of: wrong) == nil, "\(wrong)") }
        #expect(Schema.list(.choice(["a", "b"])).value(of: "a,b") == .list([.text("a"), .text("b")]))
        #expect(Schema.flag.value(of: "1") == nil)
    }

    @Test("2月29日只在闰年有") func days() {
        #expect(Schema.isOf("date", "2024-02-29") && !Schema.isOf("date", "2025-02-29") && !Schema.isOf("date", "2024-2-29"))
        #expect(!Schema.isOf("date", "2100-02-29") && Schema.isOf("date", "2000-02-29"))
    }
}

@Suite("翻页") struct PagingTests {
    private func call(_ listing: String, limit: Int, cursor: String? = nil) -> Call {
        var values: [String: JSON] = ["limit": .integer(limit)]
        values["cursor"] = cursor.map { .text($0) }
        return Call(
            visit: Visit(person: Person(id: "p", name: "p", grants: []), today: Day(year: 2026, month: 1, day: 1)), values: values,
            body: .null,
            listing: listing, note: AuditNote())
    }

    @Test("跟着标记走，每条正好一次") func walk() throws {
        let all = (0..<23).map { "key\($0)" }
        var (seen, cursor): ([String], String?) = ([], nil)
        repeat {
            let page = try Paging(call("/x?", limit: 5, cursor: cursor)).page(all) { $0 }
            #expect(page.count == 23 && page.items.count <= 5)
            seen += page.items
            cursor = page.next
        } while cursor != nil
        #expect(seen == all)
    }

    @Test("前面插进一条，不会重复也不会漏") func moved() throws {
        let before = try Paging(call("/x?", limit: 3)).page(["b", "c", "d", "e"]) { $0 }
        let after = try Paging(call("/x?", limit: 3, cursor: before.next)).page(["a", "b", "c", "d", "e"]) { $0 }
        #expect(after.items == ["e"])
    }

    @Test("标记只用于它的列表和筛选") func foreign() throws {
        let next = try #require(try Paging(call("/x?a=1", limit: 1)).page(["a", "b"]) { $0 }.next)
        #expect(throws: Problem.self) { try Paging(call("/x?a=2", limit: 1, cursor: next)) }
        #expect(throws: Problem.self) { try Paging(call("/x?a=1", limit: 1, cursor: "nonsense")) }
    }

    @Test("正好一页时没有下一页") func exact() throws {
        #expect(try Paging(call("/x?", limit: 2)).page(["a", "b"]) { $0 }.next == nil)
        #expect(try Paging(call("/x?", limit: 2)).page([String]()) { $0 }.next == nil)
    }
}

@Suite("限速") struct RateTests {
    @Test("一分钟里超过就停，下一分钟重新计") func minute() async {
        let limit = RateLimit(limit: 2)
        let start = Date(timeIntervalSince1970: 1_000)
        #expect(await limit.take("a", at: start).remaining == 1)
        #expect(await !limit.take("a", at: start).isExceeded)
        #expect(await limit.take("a", at: start).isExceeded)
        #expect(await !limit.take("b", at: start).isExceeded)
        #expect(await !limit.take("a", at: start.addingTimeInterval(60)).isExceeded)
    }
}
