internal import Foundation
internal import Indicators
internal import Pages
internal import SiteMap
internal import Vocabulary

/// One report of a county: its history, its seal, its next step.
struct SnapshotPage: Sendable {
    struct Step: Sendable {
        var action: String
        var state: String
        var name: String
        var time: String
        var reason: String
    }
    struct Fact: Sendable {
        var label: String
        var text: String
    }

    let page: PageFrame
    let notice: [String]
    let check: [Check]
    let facts: [Fact]
    let steps: [Step]
    let buttons: [SnapshotButton]
    let versions: [PageFrame.Link]
    let hasVersions: Bool
    let countyURL: String
    let verifyURL: [String]

    struct Check: Sendable {
        var style: String
        var message: String
    }

    init(
        _ desk: SnapshotsDesk, _ snapshot: Snapshot, versions: [Snapshot], check: SnapshotCheck?, notice: String?, _ visit: Visit,
        _ scope: Scope
    ) {
        let site = SiteMap(scope)
        let returned = snapshot.returnReason.map { "。退回理由：\($0)" } ?? ""
        page = desk.frame(
            "\(snapshot.title)：\(snapshot.state.label.zh)\(returned)", lead: SnapshotPage.advice(snapshot), visit, scope, years: [],
            place: snapshot.county, isList: false)
        self.notice = notice.map { [$0] } ?? []
        self.check = check.map { [Check(style: $0.isIntact ? "met" : "notmet", message: $0.message)] } ?? []
        facts = SnapshotPage.facts(snapshot, desk)
        steps = snapshot.steps.map {
            Step(
                action: $0.action.label.zh, state: $0.to.label.zh, name: $0.signature.name, time: PageTime.text($0.signature.at),
                reason: $0.reason)
        }
        let isNewest = versions.last?.id == snapshot.id
        buttons = isNewest ? SnapshotButton.list(snapshot.county, snapshot, visit, site) : []
        let others = versions.filter { $0.id != snapshot.id }
        self.versions = others.map { PageFrame.Link("第\($0.number)版：\($0.state.label.zh)", site.snapshot($0.id)) }
        hasVersions = !others.isEmpty
        countyURL = site.county(snapshot.county)
        verifyURL = snapshot.seal == nil ? [] : [site.snapshot(snapshot.id) + "&verify=1"]
    }

    private static func advice(_ snapshot: Snapshot) -> String {
        switch snapshot.state {
        case .draft: "县里核对数据后上报；上报后数据不能再改，除非退回。"
        case .submitted: "等待市里审核。审核人可以通过，也可以写明理由退回。"
        case .returned: "请按退回理由改正，重新导入后再上报。"
        case .approved: "审核已通过，冻结后成为正式数据。"
        case .frozen: "这是正式数据，逐字节保存，可随时校验。"
        }
    }

    private static func facts(_ snapshot: Snapshot, _ desk: SnapshotsDesk) -> [Fact] {
        var facts = [
            Fact(label: "包含", text: snapshot.forms.map { desk.catalogue.forms[$0]?.label.zh ?? $0 }.joined(separator: "、"))
        ]
        if let seal = snapshot.seal {
            facts += [
                Fact(label: "校验码（SHA-256）", text: seal.hash), Fact(label: "行数", text: "\(seal.rows)"),
                Fact(label: "冻结时间", text: PageTime.text(seal.at)), Fact(label: "所用目录的校验码", text: seal.catalogue),
            ]
            if seal.catalogue != desk.catalogueDigest {
                facts.append(Fact(label: "注意", text: "冻结之后标准目录有更新，页面上的结论按现行目录计算"))
            }
        }
        return facts
    }
}

/// Words and colours the pages share.
enum SnapshotWords {
    static func style(_ state: Snapshot.State?) -> String {
        switch state {
        case .frozen: "met"
        case .submitted, .approved: "warning"
        case .returned: "notmet"
        case .draft, nil: "insufficient"
        }
    }
}
