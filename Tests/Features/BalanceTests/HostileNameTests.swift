import Foundation
import Testing

@testable import Balance

/// What people type into a name must come out as that text on every page, never as part of the page.
@Suite("恶意的名称") struct HostileNameTests {
    @Test(
        "写在学校、县和单位名称里的标签不起作用",
        arguments: ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "{{x}}{{{y}}}"])
    func names(_ hostile: String) async throws {
        var bureau = try InventedBureau { $0 + hostile }
        bureau.organisation = "局" + hostile
        bureau.source = "表" + hostile
        let query = "t=schools&q=&note=" + (hostile.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        let pages = try await bureau.pages(query)
        #expect(pages.count == 14)
        let shown = hostile.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        let start = shown.prefix { $0 != "\"" && $0 != "'" }
        for (name, html) in pages {
            for word in ["<script>alert", "<img src=x", "<svg/onload"] { #expect(!html.contains(word), "\(name): \(word)") }
            #expect(html.contains(start.isEmpty ? "&gt;&lt;" : String(start)), "\(name) does not show the name")
        }
    }

    @Test("没有一页缺字段或留下模板记号") func complete() async throws {
        for (name, html) in try await InventedBureau().pages() {
            #expect(!html.contains("{{"), "\(name)")
            #expect(html.contains("<h1>"), "\(name)")
            #expect(!html.contains("<h2></h2>") && !html.contains("href=\"\""), "\(name)")
            #expect(!html.contains("nan") && !html.contains("Optional("), "\(name)")
        }
    }
}
