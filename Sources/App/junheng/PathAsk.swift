import ArgumentParser
import Assembly
import Foundation
import Indicators
import PathToStandard
import Planning
import Vocabulary

/// What is asked about a county's path to the standard: its data, the prices, the limits.
struct PathAsk: ParsableArguments {
    @Argument(help: "学校数据表（.xlsx 或 .csv）") var file: String
    @Option(help: "标准的编号") var standard = "balance-2017"
    @Option(help: "学年起始年份") var year: Int?
    @Option(help: "表中有几个县时指明一个") var county: String?
    @Option(help: "费用表（.yaml）；不写时用目录里的缺省单价") var costs: String?
    @Option(help: "目录文件夹") var catalogue: String?
    @Option(help: "总费用上限，万元") var budget: Double?
    @Option(help: "分几年做完，1 到 10；同时写 --budget-per-year") var years: Int?
    @Option(name: .customLong("budget-per-year"), help: "每年的费用上限，万元") var budgetPerYear: Double?
    @Option(help: "招聘人数上限，0 为不招聘") var hires: Int?
    @Option(help: "调动人数上限，0 为不调动") var moves: Int?
    @Option(name: .customLong("cv-margin"), help: "差异系数要比上限再低百分之几，1 到 50") var margin: Int?
    @Option(name: .customLong("no-build"), help: "不新建的学校，标识码以逗号分开") var noBuild: String?
    @Option(help: "用地上限，形如 标识码=平方米，以逗号分开") var land: String?

    func validate() throws {
        if let budget, !(0...1e9).contains(budget) { throw ValidationError("--budget 以万元为单位，不小于 0") }
        if let years, !(1...10).contains(years) { throw ValidationError("--years 在 1 到 10 之间") }
        if let budgetPerYear, !(0...1e9).contains(budgetPerYear) { throw ValidationError("--budget-per-year 以万元为单位，不小于 0") }
        if (years == nil) != (budgetPerYear == nil) { throw ValidationError("--years 和 --budget-per-year 要一起写") }
        if let hires, hires < 0 { throw ValidationError("--hires 不小于 0") }
        if let moves, moves < 0 { throw ValidationError("--moves 不小于 0") }
        if let margin, !PathLimits.margins.contains(margin) { throw ValidationError("--cv-margin 是 1 到 50 的整数") }
        _ = try limits()
    }

    private func limits() throws -> PathLimits {
        var caps: [String: Int] = [:]
        for pair in (land ?? "").split(separator: ",") {
            let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2, let cap = Int(sides[1]), cap >= 0 else { throw ValidationError("--land 写成 标识码=平方米，以逗号分开") }
            caps[sides[0]] = cap
        }
        return PathLimits(
            budget: budget.map { Int(($0 * 10_000).rounded()) }, hires: hires, moves: moves,
            noBuilding: Set((noBuild ?? "").split(separator: ",").map(String.init)), land: caps, years: years,
            yearly: budgetPerYear.map { Int(($0 * 10_000).rounded()) }, margin: margin)
    }

    /// Evaluates the workbook and poses the problem. Complaints end the command with exit code 2.
    func pose(_ answer: (PlanPath) throws -> Void) throws {
        try Terminal.plan(file, standard, year, catalogue) { result, evaluation, folder, compiled in
            let list = try PlanPath.costs(costs, folder, compiled)
            try answer(PlanPath(evaluation, result, county: county, costs: list, limits: try limits()))
        }
    }
}
