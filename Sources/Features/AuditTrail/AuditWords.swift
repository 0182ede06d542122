/// Actions in the words of those who take them; an address without words is shown as it is.
public struct AuditWords: Sendable {
    /// Steps of programs as the interface titles them, by `METHOD /address`.
    private let programs: [String: String]

    public init(programs: [String: String] = [:]) { self.programs = programs }

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
        "POST /cases/rebuild": "重建办件摘要",
        "POST /cases/open/{kind}": "新立办件", "POST /report/{kind}": "扫码报告", "POST /counties/{county}/rectifications": "下发整改",
        "POST /tasks/{task}/cancel": "取消任务", "POST /tasks/{task}/retry": "重做任务",
        "POST /tokens": "建接口令牌", "POST /tokens/{token}/revoke": "停用接口令牌",
        "POST /webhooks": "加通知地址", "POST /webhooks/{webhook}/test": "试发通知",
        "POST /webhooks/{webhook}/secret": "换通知密钥", "POST /webhooks/{webhook}/enable": "启用通知地址",
        "POST /webhooks/{webhook}/disable": "停用通知地址", "POST /webhooks/{webhook}/remove": "删去通知地址",
        "POST /webhooks/{webhook}/deliveries/{delivery}/resend": "重发通知",
        "POST /rotation/counties/{county}/register": "登记教师交流", "POST /rotation/counties/{county}/plans": "做轮岗方案",
        "POST /rotation/counties/{county}/exchanges/{exchange}": "改交流状态", "POST /rotation/plans/{plan}/adopt": "采用轮岗方案",
        "POST /rotation/plans/{plan}/carry/cases": "照轮岗方案下达任务", "POST /rotation/plans/{plan}/carry/targets": "照轮岗方案生成督办草稿",
        "POST /plans": "算达标方案", "POST /plans/methods/{method}": "算经费或结对方案", "POST /plans/{plan}/adopt": "采用方案",
        "POST /plans/{plan}/carry/cases": "照方案下发整改",
        "POST /plans/{plan}/carry/targets": "照方案生成督办草稿",
        "POST /rotation/counties/{county}/arrivals": "确认全部到岗",
        "POST /funds/counties/{county}/entries": "登记专项资金", "POST /funds/counties/{county}/reversals": "冲正专项资金",
        "POST /funds/counties/{county}/carry": "结转专项资金", "POST /funds/counties/{county}/adopt": "方案列入预算",
        "POST /funds/counties/{county}/workbooks": "上传专项资金工作簿",
        "POST /alliances/counties/{county}/groups": "登记教联体", "POST /alliances/counties/{county}/workbooks": "上传教联体工作簿",
        "POST /alliances/counties/{county}/plans": "采用结对方案文件", "POST /alliances/counties/{county}/pairings": "按已采用的结对方案建组",
        "POST /alliances/groups/{alliance}/members": "教联体加学校",
        "POST /alliances/groups/{alliance}/leave": "退出教联体", "POST /alliances/groups/{alliance}/end": "结束教联体",
        "POST /alliances/groups/{alliance}/activities": "登记教联体活动", "POST /alliances/groups/{alliance}/strikes": "撤销教联体活动",
        "POST /funds/counties/{county}/documents": "交专项资金凭据",
        "POST /city-plans/adopt": "采用内置规划", "POST /city-plans/{plan}/lines/{item}/evidence": "上报规划进展",
        "POST /city-plans/{plan}/lines/{item}/light": "人工定灯", "POST /city-plans/{plan}/evidence/{entry}/withdraw": "撤回规划进展",
        "POST /city-plans/{plan}/evidence/{entry}/documents": "补交佐证材料", "POST /city-plans/{plan}/meetings": "召集联席会议",
        "POST /city-plans/{plan}/meetings/{meeting}/decisions": "记下会议议定事项",
        "POST /city-plans/{plan}/meetings/{meeting}/decisions/{decision}": "更新议定事项", "POST /plan-drafts": "读入规划文本",
        "POST /plan-drafts/{draft}": "改规划草稿", "POST /plan-drafts/{draft}/adopt": "采用规划草稿",
        "POST /inspection/counties/{county}/requests": "申请入校督导", "POST /inspection/counties/{county}/inspectors": "分配责任督学",
        "POST /inspection/visits/{visit}/approve": "批准入校督导", "POST /inspection/visits/{visit}/decline": "不予批准入校督导",
        "POST /inspection/visits/{visit}/arrive": "到校签到", "POST /inspection/visits/{visit}/finish": "完成入校督导",
        "POST /inspection/visits/{visit}/items/{rubric}/{item}": "评分并记问题",
        "POST /inspection/visits/{visit}/findings/{finding}/case": "问题立件", "POST /collect-once": "核对新表",
        "POST /collect-once/apply": "申请新增报表",
        "POST /staffing/counties/{county}/rosters": "上传教职工名册", "POST /staffing/plans/{plan}/adopt": "采用岗位匹配方案",
        "POST /staffing/plans/{plan}/carry/cases": "照岗位匹配下达任务", "POST /staffing/plans/{plan}/carry/targets": "照岗位匹配生成督办草稿",
    ]

    public func action(_ action: String) -> String {
        if let title = programs[action] {
            // A step that pages take too is called the same.
            let parts = action.split(separator: " ", maxSplits: 1).map(String.init)
            let page = parts.count == 2 ? "\(parts[0]) \(parts[1].replacing("/api/v1", with: "", maxReplacements: 1))" : ""
            return "接口：\(AuditWords.words[page] ?? title)"
        }
        return AuditWords.words[action] ?? (action.hasPrefix("GET ") ? "查看 \(action.dropFirst(4))" : action)
    }
}
