import Alliances
import ArgumentParser
import Assembly
import Foundation
import Vocabulary

/// `junheng alliances`: the register of school alliances with what they did in a school year.
struct AlliancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alliances", abstract: "教联体：有哪些、本学年共享教师、课程和教研走访多少，哪些成员校还没有得到帮扶",
        discussion: "读数据文件夹或数据库，不改动。退出码：0 列出，2 输入有误。")

    @OptionGroup var place: CasesCommand.Place
    @Option(help: "县（市、区）；不写时全部") var county: String?
    @Option(help: "学年起始年份；不写时是今天所在的学年") var year: Int?
    @Option(help: "结果写成 JSON 文件") var json: String?

    func validate() throws {
        if let year, !(1949...2200).contains(year) { throw ValidationError("--year 写学年的起始年份，如 2025") }
    }

    func run() async throws {
        let installation = try await place.open()
        let today = Terminal.today()
        let listing = try await AllianceListing(installation, county: county, year: year.map { SchoolYear($0) }, today: today)
        if let json { try Terminal.write(listing.json(), to: json) }
        if listing.alliances.isEmpty { print("\(county ?? "全市")\(listing.year.label.zh)没有登记教联体") }
        for row in listing.alliances {
            let tally = row.tally
            let done = tally.isEmpty ? "还没有活动" : "共享教师\(tally.teachers)人次（\(tally.teacherDays)人·天），课程\(tally.lessons)节，教研走访\(tally.visits)次"
            print(
                "\(row.alliance.county) \(row.alliance.name)（\(row.form)，\(row.size)所）：\(row.alliance.ended.map { "\($0)结束；" } ?? "")\(done)"
            )
            if !row.idle.isEmpty { print("  还没有得到帮扶：\(row.idle.map(\.title).joined(separator: "、"))") }
        }
    }
}
