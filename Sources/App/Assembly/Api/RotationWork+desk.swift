internal import API
internal import Rotation

extension RotationWork {
    /// As the pages of 交流轮岗 do it.
    init(_ desk: RotationDesk) {
        self.init(
            rules: desk.ruling, counties: { try await desk.rates($0, $1) }, county: { try await desk.rates(of: $0, $1, $2) },
            register: { try await desk.register(of: $0, $1, $2) }, turn: { try await desk.turn($0, in: $1, $2) },
            plans: { try await desk.plans(of: $0, $1, $2) }, plan: { try await desk.plan($0, $1) },
            steps: Steps(
                takeIn: { try await desk.takeIn($0, name: $1, $2, in: $3, $4).1 },
                step: { try await desk.step($0, in: $1, to: $2, seen: $3, $4) },
                arrive: { try await desk.arrive($0, in: $1, $2).count },
                ask: { file, year, wish, county, visit in
                    let asked = RotationWish(percent: wish.percent, basis: wish.basis, seconds: wish.seconds, whatIf: wish.whatIf)
                    return try await desk.ask(file, year, asked, in: county, visit)
                }, adopt: { try await desk.adopt($0, form: $1, $2) }),
            carry: CarryWork(
                openCases: { try await desk.openCases($0, finishBy: $1, $2) },
                draftTargets: { try await desk.draftTargets($0, finishBy: $1, $2) }))
    }
}
