internal import Foundation
internal import Pages
internal import Registry

/// Open logins as pages list them.
struct SessionRow: Sendable {
    var id: String
    var device: String
    var address: String
    var begun: String
    var seen: String
    var isCurrent: Bool

    init(_ session: Session, current: String?, providers: [LoginProvider]) {
        id = session.id
        let by = session.provider.map { id in "，经\(providers.first { $0.id == id }?.label ?? id)" } ?? ""
        device = DeviceWords.text(session.agent) + by
        address = session.address.isEmpty ? "本机" : session.address
        begun = PageTime.text(session.startedAt)
        seen = PageTime.text(session.seenAt)
        isCurrent = session.id == current
    }
}

extension AccountsDesk {
    /// The logins of an account that are still open, newest first.
    func openSessions(of account: PersonID, current: String?) async throws -> [SessionRow] {
        try await sessions.sessions(of: account).filter { $0.stage == .full && rules.session.isAlive($0, now: now()) }
            .map { SessionRow($0, current: current, providers: customs.providers) }
    }
}
