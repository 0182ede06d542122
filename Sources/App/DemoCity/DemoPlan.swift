internal import Foundation
public import Targets
public import Vocabulary

/// 示范市's own plan, half done: dates lie around the day the demo is filled, so that every kind of light is to be seen.
public struct DemoPlan: Sendable {
    public static let id = "shifan-eight-actions"
    let today: Day

    public init(today: Day) { self.today = today }

    private func day(_ days: Int) -> Day { today.adding(days) }

    /// The definition as it is adopted.
    public var body: String {
        """
        plan: \(DemoPlan.id)
        label: { zh: 示范市教育“八大行动”, en: Eight actions of the demo city }
        document: { title: 示范市教育“八大行动”实施方案, issuer: 示范市教育局, date: "\(day(-320))", source: 演示数据（虚构） }
        from: \(day(-320))
        until: \(day(410))
        offices:
          - { id: leader, label: 分管副市长, level: cityLeader }
          - { id: bureau, label: 市教育局, level: section, under: leader }
          - { id: basic, label: 市基教科, level: section, under: bureau }
          - { id: staff, label: 市人事科, level: section, under: bureau }
          - { id: finance, label: 市财务科, level: section, under: bureau }
          - { id: inspection, label: 市督导室, level: section, under: bureau }
          - { id: digital, label: 市电教馆, level: section, under: bureau }
          - { id: safety, label: 市安全科, level: section, under: bureau }
          - { id: counties, label: 各县（市、区）教育局, level: county, under: bureau }
        counts:
          - { name: 八大行动, count: 8, of: programme, under: eight }
        items:
          - goal: eight
            label: 建设教育强市
            owner: bureau
            deadline: \(day(400))
            holds:
              - programme: party
                label: 教育党建领航行动
                owner: bureau
                holds:
                  - { task: principals, label: 全面落实中小学校党组织领导的校长负责制, deadline: \(day(-60)) }
                  - { task: brand, label: 学校党建品牌评审, deadline: \(day(90)) }
              - programme: substance
                label: 教育内涵提升行动
                owner: basic
                holds:
                  - { target: skill-schools, label: 每生掌握1项运动技能的学校, amount: { atLeast: 200, unit: 所, paced: true }, deadline: \(day(220)) }
                  - { target: labour-bases, label: 认定劳动实践基地, amount: { atLeast: 20, unit: 个 }, deadline: \(day(40)),
                      milestones: [{ by: \(day(-100)), value: 8 }, { by: \(day(-3)), value: 15, label: 三季度 }] }
                  - { task: arts, label: 艺术素质测评纳入综合素质评价, deadline: \(day(-20)) }
              - programme: resources
                label: 教育资源扩优行动
                owner: basic
                coOwners: [counties]
                holds:
                  - measure: balance
                    label: 义务教育优质均衡
                    holds:
                      - { target: cv-primary, label: 小学各项差异系数, amount: { atMost: 0.5 }, evidence: { indicator: balance-2017/cv/primary, each: county } }
                      - { target: cv-junior, label: 初中各项差异系数, amount: { atMost: 0.45 }, evidence: { indicator: balance-2017/cv/junior, each: county }, deadline: \(day(20)) }
                      - { target: cv-share, label: 差异系数全部达标的县所占比例, amount: { atLeast: 1, unit: "%" }, evidence: { indicator: balance-2017/cv/share-of-counties } }
                  - { target: places, label: 新增公办学位, amount: { atLeast: 6000, unit: 个, paced: true }, owner: finance }
                  - { target: rectified, label: 办结短板整改, amount: { atLeast: 40, unit: 件 }, evidence: { cases: rectification/closed } }
              - programme: teachers
                label: 师资队伍提质行动
                owner: staff
                coOwners: [counties]
                holds:
                  - { target: rotation, label: 教师交流轮岗比例, amount: { atLeast: 0.1, unit: "%", per: schoolYear }, evidence: { indicator: balance-2017/G11/1, each: county } }
                  - { target: rotation-backbone, label: 交流教师中骨干教师比例, amount: { atLeast: 0.2, unit: "%", per: schoolYear }, evidence: { indicator: balance-2017/G11/2, each: county } }
                  - { target: trained, label: 书记校长、骨干教师培训, amount: { atLeast: 2000, unit: 人次 }, deadline: \(day(60)),
                      milestones: [{ by: \(day(-200)), value: 500 }, { by: \(day(-40)), value: 1500 }] }
                  - { target: studios, label: 建成名师名校长工作室, amount: { atLeast: 30, unit: 个 }, deadline: \(day(-30)) }
              - programme: digital
                label: 教育数字赋能行动
                owner: digital
                holds:
                  - { target: online, label: 政务服务网上办、掌上办的比例, amount: { atLeast: 1, unit: "%" }, deadline: \(day(25)) }
                  - { task: network, label: 教育城域网提质增容, deadline: \(day(150)) }
              - programme: reform
                label: 教育改革增效行动
                owner: basic
                holds:
                  - { task: monitoring, label: 建成质量监测和综合评价指标体系, deadline: \(day(-120)) }
                  - { task: homework, label: 作业统筹监管机制, deadline: \(day(10)) }
              - programme: climate
                label: 教育生态优化行动
                owner: basic
                holds:
                  - { target: whitelist, label: 各县公布进校园活动清单, amount: { atLeast: 1, unit: 份 }, evidence: { documents: 1, each: county }, deadline: \(day(15)) }
                  - { task: conduct, label: 师德考核负面清单, owner: staff, deadline: \(day(-200)) }
              - programme: safety
                label: 教育安全保障行动
                owner: safety
                holds:
                  - { target: alarms, label: 一键报警、视频联网的学校, amount: { atLeast: 300, unit: 所 }, deadline: \(day(-10)) }
                  - { task: kitchens, label: 学校食堂“互联网＋明厨亮灶”, deadline: \(day(200)) }

        """
    }

    /// What the offices reported so far.
    public var entries: [EvidenceEntry] {
        [
            entry("principals", "staff", -80, 1, "全市中小学全部落实", "示教字〔演示〕12号"),
            entry("brand", "staff", -30, 0, "收到申报材料"),
            entry("skill-schools", "basic", -200, 60, "第一批", "抽测报告（一）"), entry("skill-schools", "basic", -70, 35, "第二批", "抽测报告（二）"),
            entry("labour-bases", "basic", -110, 9, "第一批认定", "认定文件（一）"), entry("labour-bases", "basic", -20, 4, "第二批认定，还差材料"),
            entry("arts", "basic", -25, 1, "办法已印发", "示教字〔演示〕31号"),
            entry("places", "finance", -150, 1_800, "三所新建学校启用", "验收单"), entry("places", "finance", -40, 900, "两所扩建完工", "验收单"),
            entry("trained", "staff", -230, 560, "春季班", "培训名册（春季）"), entry("trained", "staff", -60, 1_020, "暑期班", "培训名册（暑期）"),
            entry("studios", "staff", -90, 22, "第一批挂牌", "示教字〔演示〕25号"),
            entry("online", "digital", -15, 0.92, "24项中22项可网上办", "事项清单"),
            entry("network", "digital", -50, 0, "完成招标", "中标通知书"),
            entry("monitoring", "basic", -140, 1, "指标体系已印发", "示教字〔演示〕18号"),
            entry("homework", "basic", -12, 0, "各县方案汇总中", "进展简报"),
            entry("conduct", "staff", -210, 1, "已印发执行", "示教字〔演示〕9号"),
            entry("alarms", "safety", -45, 281, "除改建中的学校外全部接入", "接入清单"),
            entry("whitelist", "county-officer-1", -9, 1, "已公布", "公布网页截图", county: "城关区"),
            entry("whitelist", "county-officer-2", -6, 1, "已公布", "公布网页截图", county: "清河县"),
        ]
    }

    /// A light set by hand, with its reason.
    public static let override: (item: String, light: PlanLight, reason: String) = (
        "alarms", .atRisk, "余下19所正在整体改建，改建完成前没有校舍可装；安全科已派人值守，不按滞后处理"
    )

    /// The decisions of the first joint meeting: text, line, office, days until due, outcome where it is done.
    public static let decisions: [(text: String, item: String, owner: String, due: Int, outcome: String)] = [
        ("第二批劳动实践基地材料限期补齐", "labour-bases", "市基教科", -4, ""),
        ("名师工作室余下8个的名单报局长办公会", "studios", "市人事科", -7, "名单已审定"), ("培训经费按进度拨付", "trained", "市财务科", 20, ""),
    ]

    private func entry(
        _ item: String, _ office: String, _ days: Int, _ amount: Double, _ note: String, _ document: String? = nil, county: String? = nil
    ) -> EvidenceEntry {
        let names = ["staff": "市人事科", "finance": "市财务科", "inspection": "市督导室", "digital": "市电教馆", "safety": "市安全科", "basic": "市基教科"]
        let name = names[office] ?? county.map { "\($0)督导室" } ?? office
        let at = DateComponents(
            calendar: Calendar(identifier: .gregorian), year: day(days).year, month: day(days).month, day: day(days).day, hour: 10
        ).date
        return EvidenceEntry(
            id: "demo-\(item)-\(-days)\(county ?? "")", plan: DemoPlan.id, item: item, county: county, day: day(days), amount: amount,
            note: note,
            documents: document.map { [EvidenceDocument(name: $0)] } ?? [],
            by: PlanSignature(by: office, name: name, at: at ?? Date(timeIntervalSince1970: 0)))
    }
}
