import Casework
import Foundation
import Storage
import Vocabulary

/// Very many invented cases of three kinds, the same for the same number: rectifications, hazards and visits over all schools and
/// over the days since the rules are in force. One in five has stopped on its way; the others have come as far as their days allow.
struct CaseCrowd: Sendable {
    let ground: CaseGround
    let all: CaseDefinitions
    let today: Day
    let count: Int
    private let kinds: [String: CaseDefinition]

    /// Nil where a kind is missing.
    init?(_ count: Int, _ ground: CaseGround, _ all: CaseDefinitions, today: Day) {
        let names = ["rectification", "safety-hazard", "home-visit"]
        kinds = Dictionary(uniqueKeysWithValues: names.compactMap { name in all.current(name, on: today).map { (name, $0) } })
        guard kinds.count == names.count else { return nil }
        (self.count, self.ground, self.all, self.today) = (count, ground, all, today)
    }

    /// Ascending with the number, so that stores are filled in the order of their keys; nothing else of a case is.
    static func id(_ number: Int) -> String { String(format: "bench%09d", number) }

    func history(_ number: Int) throws -> StoredCases.History {
        var chance = CaseChance(number)
        let share = chance.below(100)
        let school = ground.schools[chance.below(ground.schools.count)]
        let place = CasePlace(county: school.county, school: school.code, label: school.name)
        let kind = share < 55 ? "rectification" : share < 85 ? "safety-hazard" : "home-visit"
        guard let definition = kinds[kind] else { throw CaseRefusal(.definition, kind) }
        var story = CaseStory(CaseCrowd.id(number), definition, all, today: today)
        let scene = Scene(
            number: number, place: place, day: definition.from.adding(days: chance.below(today.ordinal - definition.from.ordinal + 1)),
            stop: chance.below(5) == 0 ? chance.below(4) : 9, word: chance.below(1_000))
        switch kind {
        case "rectification": try rectify(&story, scene)
        case "safety-hazard": try remove(&story, scene)
        default: try visit(&story, scene)
        }
        // What became late since yesterday waits for the next round.
        if chance.below(20) > 0 { story.tell(before: today) }
        return StoredCases.History(id: story.id, definition: definition, events: story.events)
    }

    /// What one case is about. `stop` is the step it does not get beyond.
    struct Scene {
        var number: Int
        var place: CasePlace
        var day: Day
        var stop: Int
        var word: Int

        var school: CaseUnit { CaseUnit(role: "school.head", county: place.county, school: place.school) }
        var head: CaseActor { actor("school-head", "校长", "school.head", school: place.school) }
        var teacher: CaseActor { actor("school-teacher", "教师", "school.teacher", school: place.school) }
        var officer: CaseActor {
            CaseActor(
                id: "county-officer-\(place.county ?? "")", name: "县督导室", posts: [.init(role: "county.supervisor", county: place.county)])
        }

        private func actor(_ id: String, _ name: String, _ role: String, school: String?) -> CaseActor {
            CaseActor(id: "\(id)-\(school ?? "")", name: name, posts: [.init(role: role, county: place.county, school: school)])
        }

        func beginning(_ series: String, _ title: String) -> CaseBeginning {
            CaseBeginning(
                number: "\(series)〔\(day.year)〕\(number + 100_000)号", title: title, place: place, subject: "\(place.school ?? "")/primary")
        }

        func photos(_ count: Int, on day: Day) -> [Evidence] {
            (0..<count).map { place in
                let file = CaseFile(name: "现场\(place + 1).jpg", digest: "bench-\(number)-\(place)", size: 80_000, type: "image/jpeg")
                return Evidence(
                    kind: .photo, file: file, takenAt: Date(timeIntervalSince1970: Double(day.ordinal) * 86_400 + 28_800),
                    position: CasePosition(longitude: 118.5, latitude: 37.4, accuracy: 20))
            }
        }
    }
}

/// Numbers by chance, the same for the same seed.
struct CaseChance {
    private var state: UInt64

    init(_ seed: Int) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x2026_0910
        _ = below(2)
    }

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
        return Int((mixed >> 33) % UInt64(max(bound, 1)))
    }
}
