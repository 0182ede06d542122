internal import Exchanges
internal import Foundation
internal import Hummingbird
internal import Indicators
public import Pages
internal import Registry
internal import SiteMap
public import Vocabulary

extension RotationRecord {
    /// What the plan asks of each school, in the order of their names: how many of which subject go and come. No persons.
    var tasks: [SchoolTask] {
        var found: [String: (name: String, out: [String: Int], into: [String: Int])] = [:]
        func add(_ place: Int, _ post: String, isOut: Bool) {
            let school = schools[place]
            var own = found[school.code] ?? (school.name, [:], [:])
            if isOut { own.out[post, default: 0] += 1 } else { own.into[post, default: 0] += 1 }
            found[school.code] = own
        }
        for move in moves {
            add(move.from, move.post, isOut: true)
            add(move.to, move.post, isOut: false)
        }
        return found.sorted { ($0.value.name, $0.key) < ($1.value.name, $1.key) }.map { code, own in
            let subjects = Set(own.out.keys).union(own.into.keys).sorted()
            let task = SchoolTask(
                matter: "教师交流", school: code, schoolName: own.name, title: "",
                lines: subjects.map { SchoolTask.Line(subject: $0, out: own.out[$0] ?? 0, into: own.into[$0] ?? 0) })
            var titled = task
            titled.title = "\(SchoolYear(year).label.zh)教师交流：派出\(task.out)人，接收\(task.into)人"
            return titled
        }
    }
}

/// An adopted plan of exchange as the text of a work plan, which is read like any other and reviewed before it counts.
struct RotationTargets {
    let record: RotationRecord
    let finishBy: Day

    init(_ record: RotationRecord, _ finishBy: Day) {
        self.record = record
        self.finishBy = finishBy
    }

    /// The school year is not named in the lines: whoever reads a plan takes its years for the term.
    var text: String {
        let day = "\(finishBy.year)年\(finishBy.month)月\(finishBy.day)日前"
        var lines = [
            "\(day)，到岗交流教师不少于\(record.moves.count)名，交流比例不低于\(record.basisLabel)的\(record.rate)。",
            "\(day)，交流教师中骨干教师不少于\(record.backbones)名，骨干教师占比不低于\(record.backboneShare)。",
        ]
        lines += record.spreads.filter { $0.after < $0.before }.map { spread in
            let (before, after) = (RotationFigures.decimals(spread.before, 3), RotationFigures.decimals(spread.after, 3))
            return "\(day)，\(spread.label)的校际差异系数由\(before)降到\(after)。"
        }
        return """
            一、总体目标
            \(record.region)按已采用的轮岗方案，\(day)完成校长教师交流轮岗。
            二、重点任务
            （一）交流轮岗
            \(lines.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n"))
            """
    }
}

extension RotationDesk {
    func carryPart(_ kept: RosterPlan, _ record: RotationRecord, _ outcomes: [CarriedOut], _ visit: Visit) -> CarryPart {
        let site = SiteMap(scope(kept.year))
        let isAdopted = kept.adoptedAt != nil && !record.moves.isEmpty
        let mayArrange = isAdopted && visit.may(.arrangeStaff, in: kept.county)
        return CarryPart(
            "下达任务：每所参加交流的学校一件，写明各学科派出、接收几人，不写教师姓名和编号。生成督办草稿：把交流比例、骨干比例、差异系数写成规划文本，复核后逐条督办。",
            casesURL: mayArrange ? site.rotationCarry(kept.id, "cases") : nil, casesLabel: "给各校下达任务",
            openers: mayArrange ? carrying.openers(kept.county, visit) : nil,
            targetsURL: isAdopted && visit.may(.supervise, in: nil) ? site.rotationCarry(kept.id, "targets") : nil, outcomes: outcomes,
            visit)
    }

    private func carried(_ id: String, _ finishBy: Day, _ visit: Visit) async throws -> (RosterPlan, RotationRecord) {
        let (kept, record) = try await found(id, visit, .look)
        guard kept.adoptedAt != nil else { throw ExchangeRefusal("这份方案还没有采用。先采用，再下达任务") }
        guard finishBy > visit.today else { throw ExchangeRefusal(CarryPart.noDay, .input) }
        guard !record.moves.isEmpty else { throw ExchangeRefusal("这份方案没有人交流，不需要下达任务") }
        return (kept, record)
    }

    /// Opens a case at every school that takes part in an adopted plan. Throws `ExchangeRefusal`, `PageMissing`, `NotAllowed`.
    public func openCases(_ id: String, finishBy: Day, _ visit: Visit) async throws -> [CarriedOut] {
        let (kept, record) = try await carried(id, finishBy, visit)
        try visit.require(.arrangeStaff, in: kept.county)
        return try await carrying.openCases(kept, record.tasks, finishBy, visit)
    }

    /// Drafts targets of an adopted plan, for review. Answers the address of the draft. Throws as `openCases`.
    public func draftTargets(_ id: String, finishBy: Day, _ visit: Visit) async throws -> String {
        let (kept, record) = try await carried(id, finishBy, visit)
        try visit.require(.supervise, in: nil)
        return try await carrying.draftTargets(
            kept.id, "\(kept.county)\(kept.year.label.zh)轮岗方案任务分解", RotationTargets(record, finishBy).text, visit)
    }
}
