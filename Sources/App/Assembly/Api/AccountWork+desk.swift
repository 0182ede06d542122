internal import API
internal import Accounts

extension AccountWork {
    /// As the pages of 人员与权限 do it.
    init(_ desk: AccountsDesk) {
        self.init(
            list: { try await desk.accounts($0, $1) }, one: { try await desk.account($0, $1) },
            make: { try await desk.make($0, $1, $2) }, take: { try await desk.take($0, on: $1, seen: $2, $3, $4) })
    }
}
