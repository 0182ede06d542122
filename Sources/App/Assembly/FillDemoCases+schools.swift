internal import Casework
internal import DemoCity
internal import Indicators
internal import Registry
internal import Vocabulary

extension FillDemoCases {
    private func place(_ table: ReturnTable, _ row: Int) -> CasePlace {
        CasePlace(county: table.attribute("county", row), school: table.attribute("code", row), label: table.attribute("name", row))
    }

    func hazards(_ table: ReturnTable) async throws {
        // The demo's own head finds something in the in-tray, too.
        let own = DemoCity.people.flatMap(\.grants).first { $0.role == .schoolHead }?.school
        let home = (0..<table.count).first { table.attribute("code", $0) == own }
        for hazard in work.hazards(80, schools: table.count) {
            let isHome = (hazard.depth == 1 || hazard.depth == 2) && hazard.picture % 3 == 0
            let place = place(table, isHome ? home ?? hazard.school : hazard.school)
            let day = today.adding(days: -hazard.daysAgo)
            let by = hazard.isPublic ? CaseActor.anonymous : head(place)
            var answers: [String: FieldValue] = [
                "what": .text(hazard.what), "where": .text(hazard.place), "kind": .choice(hazard.kind),
            ]
            let kept = try await installation.files.keep(DemoPicture(100 + hazard.picture).png, name: "发现时.png")
            answers["picture"] = .files([CaseFile(name: kept.name, digest: kept.digest, size: kept.size, type: "image/png")])
            let beginning = CaseBeginning(title: "\(hazard.place)\(hazard.what)", place: place, subject: place.school ?? "")
            let opened = try await office.open(
                "safety-hazard", beginning, CaseCommand(.note, by: by, at: date(day), today: day, answers: answers))
            try await handle(hazard, opened, table)
        }
    }

    private func handle(_ hazard: DemoWork.Hazard, _ opened: Case, _ table: ReturnTable) async throws {
        let (officer, head, day) = (officer(opened.place.county ?? ""), head(opened.place), opened.openedDay)
        guard hazard.depth > 0 else { return }
        if hazard.depth == 5 {
            _ = try await step(opened, "reject", officer, on: day.adding(days: 1), reason: "到校查看，已在上次检查中处理完毕")
            return
        }
        var grade: [String: FieldValue] = [
            "grade": .choice(hazard.isMajor ? "major" : "general"), "removeBy": .date(day.adding(days: hazard.isMajor ? 5 : 10)),
        ]
        if hazard.isMajor { grade["closeOff"] = .text("设围挡，安排专人值守") }
        let school = CaseUnit(role: "school.head", county: opened.place.county, school: opened.place.school)
        let sent = try await step(opened, "dispatch", officer, on: day.adding(days: 1), answers: grade, target: school)
        guard hazard.depth > 1, let sent, day.adding(days: 5) <= today else { return }
        let done = day.adding(days: 5)
        let photos = try await photos(1, 20 + Int(hazard.picture), sent, on: done, table)
        let removal: [String: FieldValue] = ["how": .text("已维修更换并自查"), "cost": .money(60_000)]
        let removed = try await step(sent, "remove", head, on: done, answers: removal, evidence: photos)
        guard hazard.depth > 3, let removed else { return }
        let visit = Evidence(kind: .location, takenAt: date(done), position: photos.first?.position)
        _ = try await step(
            removed, "recheck", officer, on: day.adding(days: 7), answers: ["seen": .text("现场查看，隐患已消除")],
            evidence: visit.position == nil ? [] : [visit])
    }

    func visits(_ table: ReturnTable) async throws {
        for visit in work.visits(40, schools: table.count) {
            let place = place(table, visit.school)
            let (by, day) = (head(place), today.adding(days: -visit.daysAgo))
            let answers: [String: FieldValue] = [
                "pupil": .reference(id: visit.pupil, label: visit.pupil), "grade": .choice(visit.grade), "why": .choices([visit.reason]),
                "day": .date(day.adding(days: 4)),
            ]
            let beginning = CaseBeginning(title: "家访", place: place, subject: visit.pupil)
            let opened = try await office.open(
                "home-visit", beginning, CaseCommand(.note, by: by, at: date(day), today: day, answers: answers))
            let record: [String: FieldValue] = ["way": .choice("home"), "minutes": .number(35), "heard": .text("家庭情况已了解，商定每周联系一次")]
            guard visit.depth > 0, let visited = try await step(opened, "visit", by, on: day.adding(days: 4), answers: record) else {
                continue
            }
            if visit.depth == 2 { _ = try await step(visited, "follow", by, on: day.adding(days: 6), reason: "下月再访一次") }
        }
    }
}
