internal import Foundation
internal import Pages
internal import Registry
internal import Vocabulary

/// One account, for those who manage accounts: posts, ways in, open logins.
struct PersonPage: Sendable {
    struct Post: Sendable {
        var place: Int
        var title: String
        var end: String
        var isOver: Bool
    }
    struct Step: Sendable {
        var step: String
        var label: String
    }
    struct Bound: Sendable {
        var provider: String
        var label: String
        var name: String
    }

    let page: PageFrame
    let notice: [String]
    let news: [String]
    let url: String
    let version: Int
    let name: String
    let posts: [Post]
    let hasPosts: Bool
    let form: AccountsDesk.PostForm
    let state: String
    let steps: [Step]
    let sessions: [SessionRow]
    let hasSessions: Bool
    let identities: [Bound]
    let providers: [PageFrame.Choice]
    let hasProviders: Bool

    init(
        _ desk: AccountsDesk, _ account: Account, sessions: [SessionRow], identities: [Identity], _ visit: Visit, notice: [String],
        news: [String], fields: [String: String], counties: [String]
    ) {
        let current = account.person.grants.filter { $0.holds(on: visit.today) && $0.isPlaced }
        let head = account.isDisabled ? "已停用" : current.isEmpty ? "没有起作用的职务" : "\(current.count)项职务"
        page = desk.frame(
            "\(account.person.name)：\(head)", lead: "登录名 \(account.login)，\(PageTime.text(account.createdAt))建立。改动立即起作用，并记入审计。", visit,
            current: "", actions: [PageFrame.Link("回到人员与权限", "/people")])
        self.notice = notice
        self.news = news
        url = "/people/\(account.id)"
        version = account.version
        name = account.person.name
        posts = account.person.grants.enumerated().map { place, grant in
            var bare = grant
            bare.until = nil
            return Post(
                place: place, title: PostWords.text(bare, today: visit.today), end: PostWords.end(grant, today: visit.today) ?? "长期",
                isOver: !grant.holds(on: visit.today))
        }
        hasPosts = !posts.isEmpty
        form = AccountsDesk.PostForm(fields, counties: counties)
        state = AccountsDesk.state(account)
        let isSelf = account.id == visit.person.id
        steps =
            isSelf
            ? []
            : [
                Step(step: "reset", label: "重置密码"),
                account.isDisabled ? Step(step: "enable", label: "恢复账户") : Step(step: "disable", label: "停用账户"),
            ] + (account.hasTimeCodes ? [Step(step: "codes", label: "取消动态码")] : [])
        self.sessions = sessions
        hasSessions = !sessions.isEmpty
        let labels = Dictionary(desk.customs.providers.map { ($0.id, $0.label) }) { first, _ in first }
        self.identities = identities.map { Bound(provider: $0.provider, label: labels[$0.provider] ?? $0.provider, name: $0.name) }
        providers = desk.customs.providers.map { PageFrame.Choice(value: $0.id, label: $0.label, isChosen: false) }
        hasProviders = !providers.isEmpty || !identities.isEmpty
    }
}
