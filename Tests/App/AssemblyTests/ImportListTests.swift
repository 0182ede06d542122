import Foundation
import Indicators
import Pages
import Registry
import Testing
import Vocabulary

@testable import Assembly
@testable import Imports

@Suite("导入记录给谁看") struct ImportListTests {
    private let today = Day(year: 2026, month: 11, day: 25)

    private func files(_ desk: Desk, _ grants: [Grant], id: PersonID = "p") async throws -> [String] {
        let person = Person(id: id, name: "某人", grants: grants)
        let server = WebServer(
            desk.installation, people: MachineOperator(), isDemo: false, python: "", organisation: "市教育局", today: { [today] in today })
        let imports = server.importsDesk(try TemplateLibrary(folders: []))
        return try await imports.records(for: Visit(person: person, today: today)).map(\.start.file.name).sorted()
    }

    @Test("只列得出打得开的：两个县的人看两个县，没有职务的人什么也看不到，市里的表县里看不到") func list() async throws {
        let desk = try await Desk()
        _ = try await desk.preview([Desk.school("1001", "清河县")], county: "清河县", name: "清河.csv")
        _ = try await desk.preview([Desk.school("1002", "石桥县")], county: "石桥县", name: "石桥.csv")
        _ = try await desk.preview([Desk.school("1003", "东岭县")], county: "东岭县", name: "东岭.csv")
        _ = try await desk.preview([Desk.school("1004", "清河县")], name: "全市.csv")
        let (qinghe, shiqiao) = (Grant(.countyOfficer, county: "清河县"), Grant(.countyOfficer, county: "石桥县"))
        #expect(try await files(desk, [qinghe]) == ["清河.csv"])
        #expect(try await files(desk, [qinghe, shiqiao]) == ["清河.csv", "石桥.csv"].sorted())
        #expect(try await files(desk, []).isEmpty)
        #expect(try await files(desk, [Grant(.cityOfficer)]).count == 4)
        #expect(try await files(desk, [qinghe], id: Desk.signed().by) == ["全市.csv", "清河.csv"].sorted())
    }

    @Test("一行也不能导入时，标题不说“其余0行可以导入”") func headline() async throws {
        let desk = try await Desk()
        let none = try await desk.preview([Desk.school("1001", "石桥县"), Desk.school("1002", "石桥县")], county: "清河县")
        #expect(ImportPage.headline(none) == "“学校表.csv”的2行都要改，现在一行也不能导入")
        let some = try await desk.preview([Desk.school("1001", "石桥县"), Desk.school("1002", "清河县")], county: "清河县")
        #expect(ImportPage.headline(some) == "“学校表.csv”有1行要改，其余1行可以导入")
    }
}
