import AlliancePairing
import ArgumentParser
import Assembly
import Foundation
import Indicators
import PathToStandard
import Planning
import Plans
import Vocabulary

extension PlanCommand {
    /// `junheng plan pairing`: which strong school leads which weak ones.
    struct Pairing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "强弱校结对：哪所达标学校带哪些不达标学校",
            discussion: "达标的学校牵头，不达标的学校各由一所同学段的带动。退出码：0 有方案，2 输入有误，3 已证明没有方案（标准错误上写明哪些规则互相冲突），4 限时内没有找到方案，也没有证明没有。")

        @Argument(help: "学校数据表（.xlsx 或 .csv）") var file: String
        @Option(help: "标准的编号") var standard = "balance-2017"
        @Option(help: "学年起始年份") var year: Int?
        @Option(help: "表中有几个县时指明一个") var county: String?
        @Option(help: "每组最多几所学校，含牵头学校") var size = 4
        @Option(help: "两校最远几公里；不写时不限") var reach: Double?
        @Option(help: "每公里路程减几分（1 分为门槛的千分之一）") var travel = 5
        @Option(help: "按学生数计算带动能力：成员学校的学生合计不超过牵头学校的几倍；不写时每所学校同样算") var carry: Double?
        @Option(help: "为了让得分最低的学校更高，可以让出合计的百分之几") var concession = 0.0
        @Option(parsing: .upToNextOption, help: "保持不变的结对，形如 牵头学校标识码=成员学校标识码，可写几个") var keep: [String] = []
        @Option(parsing: .upToNextOption, help: "不得结对的，写法同上") var bar: [String] = []
        @Option(parsing: .upToNextOption, help: "以前结过对的，写法同上，各加 100 分") var history: [String] = []
        @Option(help: "目录文件夹") var catalogue: String?
        @Option(help: "限时，秒") var seconds = 30.0
        @Option(help: "结果写成 JSON 文件") var json: String?
        @Option(help: "方案文本，.docx") var report: String?

        func validate() throws {
            if !(1...86_400).contains(seconds) { throw ValidationError("--seconds 在 1 到 86400 之间") }
            if !(2...1000).contains(size) { throw ValidationError("--size 不小于 2：一所牵头学校和至少一所成员学校") }
            if let reach, !(0...5000).contains(reach) { throw ValidationError("--reach 以公里为单位，在 0 到 5000 之间") }
            if !(0...1000).contains(travel) { throw ValidationError("--travel 在 0 到 1000 之间") }
            if let carry, !(0...100).contains(carry) { throw ValidationError("--carry 在 0 到 100 之间") }
            if !(0...100).contains(concession) { throw ValidationError("--concession 是百分数，在 0 到 100 之间") }
            if let report, !report.lowercased().hasSuffix(".docx") { throw ValidationError("--report 的文件名以 .docx 结尾") }
            _ = try wishes()
        }

        private func wishes() throws -> PairingWishes {
            func pairs(_ texts: [String], _ option: String) throws -> [PairingProblem.Pair] {
                try texts.map { text in
                    let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
                    guard sides.count == 2, sides.allSatisfy({ !$0.isEmpty }) else {
                        throw ValidationError("\(option) “\(text)”写成 牵头学校标识码=成员学校标识码")
                    }
                    return .init(lead: sides[0], member: sides[1])
                }
            }
            var wishes = PairingWishes()
            wishes.groupSize = size
            wishes.reach = reach.map { Int(($0 * 1000).rounded()) }
            wishes.travelPoints = travel
            wishes.carry = carry.map { Int(($0 * 1000).rounded()) }
            wishes.concession = Int((concession * 10).rounded())
            wishes.kept = try pairs(keep, "--keep")
            wishes.barred = try pairs(bar, "--bar")
            wishes.history = try pairs(history, "--history")
            return wishes
        }

        func run() async throws {
            try Terminal.plan(file, standard, year, catalogue) { result, evaluation, _, _ in
                try answer(PlanPairing(evaluation, result, county: county, try wishes()))
            }
        }

        private func answer(_ use: PlanPairing) throws {
            let (method, missing) = PlanPairing.method(seconds: seconds)
            if let missing, carry != nil { Terminal.complain("\(missing)。改用自带的算法，可能证明不了最好") }
            for words in PairingWords.unchecked(use.drawn) { Terminal.complain(words) }
            switch try method.plan(use.problem) {
            case .plan(let plan, let total, let least, let proof):
                if let json { try Terminal.write(PairingJSON.plan(use.drawn, plan, total: total, least: least, proof), to: json) }
                if let report {
                    let paper = PairingPaper(
                        use.drawn, plan: plan, total: total, least: least, date: Terminal.today(),
                        source: URL(fileURLWithPath: file).lastPathComponent)
                    try Terminal.write(use.report(paper), to: report)
                }
                tell(use, plan, total)
            case .infeasible(let rules, let shortages, let certificate):
                if let json { try Terminal.write(PairingJSON.infeasible(use.drawn, rules, shortages, certificate), to: json) }
                let schools = shortages.map { "\n  \($0.words)" }.joined()
                try Terminal.noPlan(rules, schools)
            case .undecided(let certificate):
                try Terminal.fail("限时\(Int(seconds))秒内没有找到方案，也没有证明没有方案（\(certificate.solver)）。请加大 --seconds", 4)
            }
        }

        private func tell(_ use: PlanPairing, _ plan: PairingPlan, _ total: Certificate) {
            let outcome = PairingOutcome(use.problem, plan)
            let proof = total.status == .proved ? "，已证明合计不能更高" : ""
            print(
                "\(use.problem.title)：\(outcome.groups.count)所达标学校带动\(plan.pairs.count)所不达标学校，得分合计\(outcome.total)，最低\(outcome.least ?? 0)\(proof)，用时\(String(format: "%.1f", total.seconds))秒（\(total.solver)）"
            )
        }
    }
}
