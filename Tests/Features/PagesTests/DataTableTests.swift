import Reporting
import Testing

@testable import Pages

@Suite("表格") struct DataTableTests {
    private let table = DataTable(
        "schools", "学校",
        columns: [
            .init("name", "学校"), .init("pupils", "学生", .number(0), total: .sum),
            .init("value", "值", .number(2), total: .mean(weight: "pupils")),
        ],
        rows: [
            [.init("东关小学", url: "/a"), .init(100), .init(2.0, decimals: 2)], [.init("西城小学"), .init(300), .init(4.0, decimals: 2)],
            [.init("北关小学"), .init(200), .init(nil, absent: "未填")],
        ])

    private func cells(_ query: String) -> [[SheetBook.Cell]] {
        table.shown(PageQuery(query)).book(title: "表", notes: []).sheets[0].rows
    }

    @Test("按列排序，缺数总在最后") func sorts() {
        #expect(cells("t=schools&sort=value").prefix(3).map { $0[0] } == [.text("东关小学"), .text("西城小学"), .text("北关小学")])
        #expect(cells("t=schools&sort=-value").prefix(3).map { $0[0] } == [.text("西城小学"), .text("东关小学"), .text("北关小学")])
    }

    @Test("合计随筛选而变，缺一个数就没有均值") func totals() {
        #expect(cells("")[3] == [.text("合计、加权平均"), .number(600), .empty])
        let some = cells("t=schools&q=%E4%B8%9C")
        #expect(some == [[.text("东关小学"), .number(100), .number(2)]])
        let two = table.shown(PageQuery("t=schools&sort=-value"))
        #expect(two.html.contains("合计"))
    }

    @Test("均值按权重") func weightedMean() {
        var known = table
        known.rows.removeLast()
        #expect(known.shown(PageQuery()).book(title: "", notes: []).sheets[0].rows[2][2] == .number(3.5))
    }

    @Test("只导出选中的列，第一列总在") func columns() {
        #expect(cells("t=schools&cols=&cols=value")[0] == [.text("东关小学"), .number(2)])
        #expect(cells("t=schools&cols=")[0] == [.text("东关小学")])
        // Another table's choice does not concern this one.
        #expect(cells("t=other&cols=value&q=zzz").count == 4)
    }

    @Test("地址里的加号是空格，中文照读") func query() {
        let query = PageQuery("t=a&q=%E6%B8%85+%E6%B2%B3&empty&x=1%3D2")
        #expect(query["q"] == "清 河")
        #expect(query["x"] == "1=2")
        #expect(query["empty"] == "")
    }

    @Test("学校名里的标签和引号不会变成标签") func escapes() {
        let hostile = "<script>alert(1)</script>\"'><img src=x>{{x}}"
        let bad = DataTable(
            "t", hostile, columns: [.init("a\"><b", hostile), .init("n", hostile, .number(1), total: .sum)],
            rows: [[.init(hostile, url: "javascript:\"" + hostile, style: ""), .init(1)], [.init(hostile), .init(nil, absent: hostile)]])
        let html = bad.shown(PageQuery("t=t&q=%3Cscript%3E&sort=%22%3E%3Cimg&y=%22%3E%3Cscript%3E")).html
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("\"><b"))
        #expect(html.contains("&lt;script&gt;"))
    }

    @Test("数的写法") func figures() {
        #expect(Figure.grouped(-1_234.5, 1) == "-1,234.5")
        #expect(Figure.grouped(0.04, 1) == "0.0")
        #expect(Figure.grouped(-0.04, 1) == "0.0")
        #expect(Figure.change(0.0123, 4) == "+0.0123")
        #expect(Figure.amount(12.0, "人") == "12 人")
        #expect(Figure.plain(3.825) == "3.825")
        #expect(Figure.grouped(Double.infinity) == "—")
    }
}
