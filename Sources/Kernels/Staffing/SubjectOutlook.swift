public import Vocabulary

/// Teachers of a subject a county's schools of one stage will need, and who of today's will still be there.
public struct SubjectOutlook: Sendable, Hashable, Codable {
    public var stage: Stage
    /// First calendar year of the school year.
    public var year: Int
    public var subject: String
    /// In thousandths; nil where the number of classes is not known.
    public var need: Int?
    /// Teachers on the establishment; nil where the staff or somebody's age is not known.
    public var remaining: Int?

    /// Whole teachers too many or, below zero, too few.
    public var balance: Int? {
        need.flatMap { need in
            remaining.map { $0 * 1_000 >= need ? $0 - (need + 999) / 1_000 : $0 - need / 1_000 }
        }
    }

    /// By stage, subject and year. `places` are the counted units' places among those the members speak of.
    static func all(_ units: [UnitStaffing], places: [Int], members: [StaffMember], _ rules: StaffingRules) -> [SubjectOutlook] {
        let stageOf = Dictionary(zip(places, units).map { ($0, $1.stage) }) { first, _ in first }
        let teachers = members.filter { stageOf[$0.unit] != nil && rules.teaches($0) && rules.tenures.contains($0.tenure) }
        let months = teachers.map { rules.retirement.month($0) }
        return Set(units.map(\.stage)).sorted().flatMap { stage -> [SubjectOutlook] in
            guard let curriculum = rules.curriculum(stage) else { return [] }
            let own = units.filter { $0.stage == stage }
            let isWhole = own.allSatisfy(\.isWhole)
            return curriculum.hours.flatMap { subject, _ in
                let persons = teachers.indices.filter {
                    stageOf[teachers[$0].unit] == stage && rules.subject(teachers[$0].subject) == subject
                }
                let isAged = persons.allSatisfy { months[$0] != nil }
                return (own.first?.ahead ?? []).indices.map { step in
                    let (year, classes) = (own[0].ahead[step].year, own.map { $0.ahead[step].classes })
                    let known = classes.compactMap { $0 }
                    let stay = persons.count { months[$0].map { $0 >= Month(year, 9) } ?? false }
                    return SubjectOutlook(
                        stage: stage, year: year, subject: subject,
                        need: known.count == classes.count ? curriculum.need(subject, classes: known.reduce(0, +)) : nil,
                        remaining: isWhole && isAged ? stay : nil)
                }
            }
        }
    }
}
