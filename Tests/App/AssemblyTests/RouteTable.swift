import Registry

@testable import API
@testable import Assembly

/// What every page asks for. The interface's operations declare it themselves.
extension RouteTableTests {
    static let table: [String: Needs] = {
        var table: [String: Needs] = [
            "GET /assets/{name}": .nothing, "GET /favicon.ico": .nothing, "GET /login": .nothing, "POST /login": .nothing,
            "GET /setup": .nothing, "POST /setup": .nothing, "POST /logout": .login, "GET /account": .login, "POST /account": .login,
            "GET /people": .duty(.manageAccounts), "POST /people": .duty(.manageAccounts),
            "GET /": .anyLook, "GET /standards": .anyLook, "GET /templates/{file}": .anyLook, "GET /bigscreen": .beyondSchools,
            "GET /audit": .duty(.readAudit), "GET /imports": .anyLook, "POST /imports": .duty(.handIn),
            "GET /imports/{import}": .duty(.look), "GET /tasks": .anyLook, "GET /plans": .anyLook, "GET /plans/compare": .anyLook,
            "GET /plans/new": .duty(.plan), "POST /plans": .duty(.plan), "GET /plans/{plan}": .duty(.look),
            "GET /plans/{plan}/{file}": .duty(.look), "POST /plans/{plan}/adopt": .duty(.adopt),
            "POST /plans/{plan}/carry/cases": .duty(.handle),
            "POST /plans/{plan}/carry/targets": .duty(.supervise), "GET /plans/answers/{task}": .duty(.look),
            "GET /plans/methods/{method}/new": .duty(.plan), "POST /plans/methods/{method}": .duty(.plan),
            "GET /tasks/{task}": .duty(.look), "GET /rectifications/effects": .anyLook, "GET /tasks/{task}/events": .duty(.look),
            "GET /tasks/{task}/result": .duty(.look),
            "GET /imports/{import}/marked.xlsx": .duty(.look), "GET /snapshots": .anyLook,
            // A report is under way and not frozen: another one is the submitter's to ask for, who is told that there is one.
            "POST /snapshots/counties/{county}": .duty(.submit), "GET /snapshots/{snapshot}": .duty(.look),
        ]
        table["GET /people/{person}"] = .duty(.manageAccounts)
        for step in [
            "disable", "enable", "reset", "name", "posts", "posts/end", "sessions/end", "codes", "identities", "identities/end",
        ] { table["POST /people/{person}/\(step)"] = .duty(.manageAccounts) }
        for path in ["GET /login/code", "POST /login/code", "GET /login/{provider}", "GET /login/{provider}/back"] {
            table[path] = .nothing
        }
        table["GET /account/codes"] = .login
        for step in ["sessions/end", "codes", "codes/confirm", "codes/off"] { table["POST /account/\(step)"] = .login }
        table["GET /personal/inventory"] = .login
        for route in ["GET /personal", "POST /personal/find", "GET /personal/people/{person}"] { table[route] = .duty(.seePersonal) }
        for step in ["unmask", "detail"] { table["POST /personal/people/{person}/\(step)"] = .duty(.seePersonal) }
        for step in ["hold", "release", "export", "erase"] { table["POST /personal/people/{person}/\(step)"] = .duty(.manageAccounts) }
        table["GET /personal/me"] = .login
        for step in ["detail", "consent", "withdraw", "export", "erase"] { table["POST /personal/me/\(step)"] = .login }
        table["GET /rotation"] = .anyLook
        for place in ["counties/{county}", "plans/{plan}"] { table["GET /rotation/\(place)"] = .duty(.look) }
        for place in ["register", "plans", "arrivals", "exchanges/{exchange}"] {
            table["POST /rotation/counties/{county}/\(place)"] = .duty(.arrangeStaff)
        }
        table["GET /rotation/compare"] = .anyLook
        for step in ["adopt", "carry/cases"] { table["POST /rotation/plans/{plan}/\(step)"] = .duty(.arrangeStaff) }
        table["POST /rotation/plans/{plan}/carry/targets"] = .duty(.supervise)
        table["GET /funds"] = .anyLook
        for place in ["", "/report.docx"] { table["GET /funds/counties/{county}\(place)"] = .duty(.look) }
        table["GET /funds/counties/{county}/schools/{school}"] = .sightOfSchool
        table["GET /funds/counties/{county}/entries/{entry}/documents/{number}"] = .duty(.look)
        for step in ["entries", "reversals", "carry", "adopt", "workbooks", "documents"] {
            table["POST /funds/counties/{county}/\(step)"] = .duty(.keepFunds)
        }
        table["GET /staffing"] = .anyLook
        for place in ["counties/{county}", "plans/{plan}"] { table["GET /staffing/\(place)"] = .duty(.look) }
        table["GET /staffing/counties/{county}/schools/{school}"] = .sightOfSchool
        table["GET /staffing/compare"] = .anyLook
        for place in ["counties/{county}/rosters", "plans/{plan}/adopt", "plans/{plan}/carry/cases"] {
            table["POST /staffing/\(place)"] = .duty(.arrangeStaff)
        }
        table["POST /staffing/plans/{plan}/carry/targets"] = .duty(.supervise)
        for step in ["disable", "enable", "reset"] { table["POST /people/{person}/\(step)"] = .duty(.manageAccounts) }
        for step in ["apply", "undo", "discard", "recount"] { table["POST /imports/{import}/\(step)"] = .duty(.handIn) }
        for step in ["cancel", "retry"] { table["POST /tasks/{task}/\(step)"] = .duty(.handIn) }
        table["POST /snapshots/{snapshot}/submit"] = .duty(.submit)
        for step in ["approve", "giveBack"] { table["POST /snapshots/{snapshot}/\(step)"] = .duty(.review) }
        table["POST /snapshots/{snapshot}/freeze"] = .duty(.freeze)
        for page in ["GET /api", "GET /tokens", "POST /tokens", "POST /tokens/{token}/revoke"] { table[page] = .anyDuty }
        for page in ["GET /webhooks", "POST /webhooks", "GET /webhooks/{webhook}"] { table[page] = .anyLook }
        for step in ["secret", "test", "enable", "disable", "remove", "deliveries/{delivery}/resend"] {
            table["POST /webhooks/{webhook}/\(step)"] = .anyLook
        }
        for page in ["", "/calendar", "/figures", "/kinds", "/kinds/{kind}", "/open/{kind}", "/{case}", "/{case}/do/{action}"] {
            table["GET /cases\(page)"] = .anyLook
        }
        for page in ["/{case}/files/{digest}", "/{case}/notices/{notice}"] { table["GET /cases\(page)"] = .anyLook }
        for step in ["/batch", "/open/{kind}", "/{case}/do/{action}", "/{case}/note"] { table["POST /cases\(step)"] = .anyLook }
        table["POST /cases/rebuild"] = .duty(.manageAccounts)
        for page in ["GET /lists", "GET /lists/{kind}"] { table[page] = .nothing }
        for page in ["GET /collect-once", "POST /collect-once", "POST /collect-once/apply"] { table[page] = .beyondSchools }
        for page in ["GET /report/{kind}", "POST /report/{kind}", "GET /report/{kind}/poster"] { table[page] = .nothing }
        table["POST /counties/{county}/rectifications"] = .duty(.look)
        for more in [cityPlans, inspection, alliances] { table.merge(more) { $1 } }
        return table
    }()

    /// 规划督办: everybody who may look sees it; a county's office reports for its own county; the city supervises.
    private static let cityPlans: [String: Needs] = {
        var table: [String: Needs] = [
            "GET /city-plans": .anyLook, "GET /city-plans/{plan}": .anyLook, "GET /plan-drafts/{draft}": .anyLook,
        ]
        for view in ["boards", "slipped", "dispatch", "meetings", "lines/{item}", "meetings/{meeting}", "meetings/{meeting}/pack.docx"] {
            table["GET /city-plans/{plan}/\(view)"] = .anyLook
        }
        table["GET /city-plans/{plan}/evidence/{entry}/documents/{number}"] = .duty(.look)
        for step in ["lines/{item}/evidence", "evidence/{entry}/withdraw", "evidence/{entry}/documents"] {
            table["POST /city-plans/{plan}/\(step)"] = .duty(.reportProgress)
        }
        for step in ["lines/{item}/light", "meetings", "meetings/{meeting}/decisions", "meetings/{meeting}/decisions/{decision}"] {
            table["POST /city-plans/{plan}/\(step)"] = .duty(.supervise)
        }
        for path in ["/city-plans/adopt", "/plan-drafts", "/plan-drafts/{draft}", "/plan-drafts/{draft}/adopt"] {
            table["POST \(path)"] = .duty(.supervise)
        }
        return table
    }()
}
