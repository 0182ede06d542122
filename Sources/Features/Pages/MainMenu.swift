internal import Registry
public import SiteMap

/// The menu beside every page: the six verbs, then data and system. Only what the visitor may use is shown.
public enum MainMenu {
    /// `current` is the address of the page itself; `form` the form whose template is offered.
    public static func groups(_ site: SiteMap, county: String?, visit: Visit, form: String, current: String) -> [PageFrame.MenuGroup] {
        func link(_ label: String, _ url: String) -> PageFrame.Link { PageFrame.Link(label, url, isCurrent: url == current) }
        let isSchool = visit.sight.isSchoolsOnly
        var measuring = isSchool ? [link("本校", site.city)] : [link("全市总览", site.city), PageFrame.Link("大屏", site.bigScreen)]
        var groups: [PageFrame.MenuGroup] = []
        if let county {
            measuring += [
                link("县域达标", site.county(county)), link("学校", site.schools(county)), link("学校地图", site.map(county)),
                link("对比", site.comparison(county)),
            ]
        }
        groups.append(PageFrame.MenuGroup("量 监测", measuring))
        if let county { groups.append(PageFrame.MenuGroup("诊 短板", [link("短板清单", site.shortfalls(county))])) }
        groups.append(
            PageFrame.MenuGroup(
                "谋 规划",
                visit.mayAnywhere(.look)
                    ? [
                        link("达标方案", site.plans), link("专项资金", site.funds), link("编制与配置", site.staffing),
                        link("交流轮岗", site.rotation), link("教联体", site.alliances),
                    ] : []))
        groups.append(
            PageFrame.MenuGroup(
                "办 任务",
                [
                    link("我的办件", SiteMap.cases), link("日历", SiteMap.caseCalendar), link("统计", SiteMap.caseFigures),
                    link("整改成效", SiteMap.rectificationEffects), link("办事规则", SiteMap.caseKinds),
                ]))
        groups.append(
            PageFrame.MenuGroup(
                "督 督导",
                [
                    link("规划督办", site.cityPlans), link("入校督导", site.inspection), link("督导计划", site.visitPlan),
                    link("公开的白名单", SiteMap.publicLists),
                ] + (isSchool ? [] : [link("新表核对", SiteMap.collectOnce)])))
        var data: [PageFrame.Link] = []
        if visit.mayAnywhere(.handIn) { data.append(link("数据导入", site.imports)) }
        if !isSchool { data.append(link("上报与冻结", site.snapshots)) }
        data += [link("下载学校表模板", site.template(form))]
        groups.append(PageFrame.MenuGroup("数据", data))
        var system = [link("标准与指标", site.rules)]
        if visit.may(.readAudit, in: nil) { system.append(link("审计记录", site.audit)) }
        if visit.session != nil, visit.may(.manageAccounts, in: nil) { system.append(link("人员与权限", "/people")) }
        if visit.session != nil, visit.may(.seePersonal, in: nil) { system.append(link("人员信息", "/personal")) }
        system.append(link("个人信息清单", "/personal/inventory"))
        if visit.session != nil { system.append(link("本人信息", "/personal/me")) }
        system.append(link("程序接口", "/api"))
        groups.append(PageFrame.MenuGroup("系统", system))
        return groups
    }
}
