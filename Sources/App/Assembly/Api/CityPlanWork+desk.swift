internal import API
internal import CityPlans
internal import Targets

extension CityPlanWork {
    /// As the pages of 规划督办 do it.
    init(_ desk: CityPlansDesk) {
        self.init(
            reading: Reading(
                list: { try await desk.adopted($0) }, one: { try await desk.one($0, $1) }, offers: { desk.offers },
                weeks: { try await desk.weeks(of: $0) }, lights: { try await desk.lights(of: $0, in: $1) },
                slips: { try await desk.slips($0, $1) }, dispatch: { try await desk.dispatch($0, isWhole: $1, $2) },
                document: { try await desk.document($0, of: $1, in: $2, $3) }),
            steps: Steps(
                adopt: { try await desk.adopt($0, seen: $1, $2) },
                light: { try await desk.set($0, of: $1, in: $2, reason: $3, seen: $4, $5) },
                enter: { try await desk.enter($0, on: $1, of: $2, county: $3, seen: $4, $5) },
                withdraw: { try await desk.withdraw($0, in: $1, reason: $2, seen: $3, $4) },
                attach: { try await desk.attach($0, to: $1, in: $2, $3) }),
            meetings: Meetings(
                list: { try await desk.meetings(of: $0, $1) }, one: { try await desk.meeting($0, of: $1, $2) },
                call: { try await desk.call($0, on: $1, of: $2, $3) },
                decide: { wish, plan, seen, visit in
                    try await desk.decide(
                        wish.text, owner: wish.owner, due: wish.due, item: wish.item.isEmpty ? nil : wish.item, at: wish.meeting, of: plan,
                        seen: seen, visit)
                }, end: { try await desk.end($0, as: $1, outcome: $2, at: $3, of: $4, $5) },
                pack: { try await desk.pack($0, of: $1, $2) }),
            drafts: PlanDraftWork(
                list: { try await desk.drafts($0) }, one: { .init(try await desk.draft($0, $1)) },
                open: { .init(try await desk.openDraft($0, $1, $2)) },
                choose: { .init(try await desk.choose($0, for: $1, in: $2, seen: $3, $4)) },
                adopt: { try await desk.adoptDraft($0, title: $1, from: $2, until: $3, seen: $4, $5) }))
    }
}

extension PlanDraftWork.Opened {
    fileprivate init(_ opened: OpenedDraft) {
        self.init(draft: opened.draft, read: opened.read, from: opened.period.from, until: opened.period.until, kept: opened.kept)
    }
}
