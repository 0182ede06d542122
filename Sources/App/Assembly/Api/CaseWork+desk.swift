internal import API
internal import Cases

extension CaseWork {
    /// As the pages of 办件 do it.
    init(_ desk: CasesDesk) {
        self.init(
            kinds: { desk.kinds($0) }, definition: { desk.definition($0) },
            list: { try await desk.list($0, after: $1, limit: $2, $3) }, one: { try await desk.one($0, $1) },
            file: { try await desk.keptFile($0, of: $1, $2) },
            figures: { try await desk.figures($0, kind: $1, from: $2, until: $3, $4) },
            steps: CaseWork.Steps(
                open: { try await desk.open($0, $1, $2) }, act: { try await desk.act($0, $1, $2, seen: $3, $4) },
                remark: { try await desk.remark($0, $1, seen: $2, $3) }))
    }
}
