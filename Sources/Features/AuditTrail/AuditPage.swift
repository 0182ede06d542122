internal import Foundation
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// Events with filters, a page at a time, and what a check of the whole chain found.
struct AuditPage: Sendable {
    struct Material: Sendable {
        var events: [AuditEvent]
        var count: Int
        var actions: [String]
        var query: AuditQuery
        var check: AuditCheck?
    }
    struct Check: Sendable {
        var style: String
        var message: String
    }

    let page: PageFrame
    let name: String
    let first: String
    let last: String
    let actions: [PageFrame.Choice]
    let events: ShownTable
    let check: [Check]
    let pages: [PageFrame.Link]

    init(_ desk: AuditDesk, _ material: Material, _ query: PageQuery, _ visit: Visit) {
        page = desk.frame(material.count == 0 ? "没有相符的审计记录" : "\(material.count)条审计记录", visit)
        (name, first, last) = (material.query.name, material.query.first, material.query.last)
        actions = material.actions.map {
            PageFrame.Choice(value: $0, label: AuditWords.action($0), isChosen: $0 == material.query.action)
        }
        events = AuditPage.table(material.events).shown(query)
        check =
            material.check.map {
                $0.isIntact
                    ? [Check(style: "met", message: "\($0.count)条全部相符，末条校验码 \($0.anchor)。把它抄在别处，以后可以比对。")]
                    : [Check(style: "notmet", message: "第\($0.broken ?? 0)条起不可信：\($0.reason)。请保全数据库，并查明经过。")]
            } ?? []
        pages = AuditPage.pages(material)
    }

    private static func table(_ events: [AuditEvent]) -> DataTable {
        DataTable(
            "events", "审计记录",
            columns: [
                .init("time", "时间", isTight: true), .init("name", "谁", isTight: true),
                .init("action", "做了什么", isTight: true), .init("object", "对什么"), .init("outcome", "结果", isTight: true),
                .init("address", "从哪里", isTight: true), .init("number", "序号", .number(0)),
            ],
            rows: events.map { event in
                let entry = event.entry
                let style = entry.outcome == .done ? "" : entry.outcome == .forbidden ? "notmet" : "warning"
                return [
                    .init(PageTime.text(entry.at)),
                    .init(entry.name.isEmpty ? "未登录" : entry.name),
                    .init(AuditWords.action(entry.action)), .init(entry.object), .init(entry.outcome.label.zh, style: style),
                    .init(entry.address), .init(Double(event.number), "\(event.number)"),
                ]
            })
    }

    private static func pages(_ material: Material) -> [PageFrame.Link] {
        let query = material.query
        func url(_ from: Int) -> String {
            let pairs = [("name", query.name), ("action", query.action), ("first", query.first), ("last", query.last), ("from", "\(from)")]
            return "/audit?"
                + pairs.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(separator: "&")
        }
        var links: [PageFrame.Link] = []
        if query.from > 0 { links.append(PageFrame.Link("更近的", url(max(0, query.from - AuditDesk.pageSize)))) }
        if query.from + material.events.count < material.count { links.append(PageFrame.Link("更早的", url(query.from + AuditDesk.pageSize))) }
        return links
    }
}

/// Actions in the words of those who take them; an address without words is shown as it is.
enum AuditWords {
    private static let words = [
        "POST /imports": "上传数据表", "POST /imports/{import}/apply": "确认导入", "POST /imports/{import}/undo": "撤销导入",
        "POST /imports/{import}/discard": "放弃导入", "POST /imports/{import}/recount": "重新比对",
        "POST /snapshots/counties/{county}": "开始上报或更正", "POST /snapshots/{snapshot}/submit": "上报",
        "POST /snapshots/{snapshot}/giveBack": "退回", "POST /snapshots/{snapshot}/approve": "审核通过",
        "POST /snapshots/{snapshot}/freeze": "冻结", "POST /login": "登录", "POST /logout": "退出", "POST /setup": "建第一个管理员",
        "POST /account": "改密码", "POST /people": "建账户", "POST /people/{person}/disable": "停用账户",
        "POST /people/{person}/enable": "启用账户", "POST /people/{person}/reset": "重置密码", "POST /visitor": "切换演示用户",
        "POST /login/code": "输入动态码", "GET /login/{provider}/back": "外部登录", "POST /account/sessions/end": "结束自己的登录",
        "POST /account/codes": "开始设置动态码", "POST /account/codes/confirm": "启用动态码", "POST /account/codes/off": "停用动态码",
        "POST /people/{person}/name": "改姓名", "POST /people/{person}/posts": "加职务", "POST /people/{person}/posts/end": "结束职务",
        "POST /people/{person}/sessions/end": "结束他人登录", "POST /people/{person}/codes": "取消动态码",
        "POST /people/{person}/identities": "绑定外部账号", "POST /people/{person}/identities/end": "解除外部账号",
        "POST /personal/find": "按号码找人", "POST /personal/people/{person}/unmask": "查看个人信息原文",
        "POST /personal/people/{person}/detail": "更正个人信息", "POST /personal/people/{person}/hold": "保全个人信息",
        "POST /personal/people/{person}/release": "解除保全", "POST /personal/people/{person}/export": "导出某人的信息",
        "POST /personal/people/{person}/erase": "删除某人的信息", "POST /personal/me/detail": "更正本人信息",
        "POST /personal/me/consent": "同意告知", "POST /personal/me/withdraw": "撤回同意", "POST /personal/me/export": "导出本人信息",
        "POST /personal/me/erase": "删除本人信息",
        "POST /cases/{case}/do/{action}": "办理办件", "POST /cases/{case}/note": "备注办件", "POST /cases/batch": "批量办理",
        "POST /cases/open/{kind}": "新立办件", "POST /report/{kind}": "扫码报告", "POST /counties/{county}/rectifications": "下发整改",
        "POST /tasks/{task}/cancel": "取消任务", "POST /tasks/{task}/retry": "重做任务",
        "POST /tokens": "建接口令牌", "POST /tokens/{token}/revoke": "停用接口令牌", "DELETE /tokens/{token}": "停用接口令牌",
        "POST /snapshots": "开始上报或更正", "POST /webhooks": "加通知地址", "POST /webhooks/{webhook}/test": "试发通知",
        "POST /webhooks/{webhook}/secret": "换通知密钥", "POST /webhooks/{webhook}/enable": "启用通知地址",
        "POST /webhooks/{webhook}/disable": "停用通知地址", "POST /webhooks/{webhook}/remove": "删去通知地址",
        "DELETE /webhooks/{webhook}": "删去通知地址", "POST /webhooks/{webhook}/deliveries/{delivery}/resend": "重发通知",
        "POST /rotation/counties/{county}/register": "登记教师交流", "POST /rotation/counties/{county}/plans": "做轮岗方案",
        "POST /rotation/counties/{county}/exchanges/{exchange}": "改交流状态", "POST /rotation/plans/{plan}/adopt": "采用轮岗方案",
        "POST /plans": "算达标方案", "POST /plans/{plan}/adopt": "采用方案",
        "POST /rotation/counties/{county}/arrivals": "确认全部到岗",
        "POST /funds/counties/{county}/entries": "登记专项资金", "POST /funds/counties/{county}/reversals": "冲正专项资金",
        "POST /funds/counties/{county}/carry": "结转专项资金", "POST /funds/counties/{county}/adopt": "方案列入预算",
        "POST /funds/counties/{county}/workbooks": "上传专项资金工作簿",
        "POST /alliances/counties/{county}/groups": "登记教联体", "POST /alliances/counties/{county}/workbooks": "上传教联体工作簿",
        "POST /alliances/counties/{county}/plans": "采用结对方案", "POST /alliances/groups/{alliance}/members": "教联体加学校",
        "POST /alliances/groups/{alliance}/leave": "退出教联体", "POST /alliances/groups/{alliance}/end": "结束教联体",
        "POST /alliances/groups/{alliance}/activities": "登记教联体活动", "POST /alliances/groups/{alliance}/strikes": "撤销教联体活动",
        "POST /staffing/counties/{county}/rosters": "上传教职工名册", "POST /staffing/plans/{plan}/adopt": "采用岗位匹配方案",
    ]

    static func action(_ action: String) -> String {
        // A program does what a page does, at the same address below the interface's own.
        let parts = action.split(separator: " ", maxSplits: 1)
        if parts.count == 2, parts[1].hasPrefix("/api/v1/") { return "接口：" + self.action("\(parts[0]) \(parts[1].dropFirst(7))") }
        return words[action] ?? (action.hasPrefix("GET ") ? "查看 \(action.dropFirst(4))" : action)
    }
}
