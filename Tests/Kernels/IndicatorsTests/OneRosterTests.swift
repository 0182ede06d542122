import Testing
import Vocabulary

@testable import Indicators

@Suite("学校名录导出为 OneRoster") struct OneRosterTests {
    private func files() throws -> [String: String] {
        let form = try #require(SmallCatalogue.make().forms.values.first)
        var table = ReturnTable(form: form, schoolYear: SchoolYear(2025))
        for (code, name, county) in [("1", "一,小学", "清河县"), ("2", "二\"小学", "东岭县")] {
            table.append(ReturnRow(number: 3, attributes: ["code": code, "name": name, "county": county], facts: [:]))
        }
        let export = OneRosterExport(organisation: "示范市教育局", schools: table, years: [SchoolYear(2025), SchoolYear(2024)])
        return Dictionary(export.files.map { ($0.name, $0.text) }) { first, _ in first }
    }

    @Test("没有的文件写明 absent，有的写明 bulk") func manifest() throws {
        let manifest = try #require(try files()["manifest.csv"])
        #expect(manifest.hasPrefix("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.2\r\n"))
        #expect(
            manifest.contains("file.orgs,bulk\r\n") && manifest.contains("file.users,absent\r\n")
                && manifest.contains("file.enrollments,absent\r\n"))
    }

    @Test("学校挂在县下，县挂在市下；逗号和引号不会拆开一格") func organisations() throws {
        let lines = try #require(try files()["orgs.csv"]).split(separator: "\r\n")
        #expect(lines[1] == "city,,,示范市教育局,local,,")
        #expect(lines.contains("school-1,,,\"一,小学\",school,1,county-%E6%B8%85%E6%B2%B3%E5%8E%BF"))
        #expect(lines.contains("school-2,,,\"二\"\"小学\",school,2,county-%E4%B8%9C%E5%B2%AD%E5%8E%BF"))
        #expect(lines.contains("county-%E6%B8%85%E6%B2%B3%E5%8E%BF,,,清河县,district,,city"))
    }

    @Test("学年从九月一日到八月三十一日") func sessions() throws {
        let lines = try #require(try files()["academicSessions.csv"]).split(separator: "\r\n")
        #expect(lines[1] == "year-2024,,,2024—2025学年,schoolYear,2024-09-01,2025-08-31,,2025")
    }
}
