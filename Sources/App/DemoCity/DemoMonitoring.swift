internal import Foundation
public import Indicators
public import Vocabulary

extension DemoCity {
    /// Forms beside the school and county returns that the city keeps figures for.
    public static let monitoringForms = ["county-extras", "preschool-county", "school-return-digital"]

    /// The rows of one of the monitoring forms, in the order of the register.
    public func monitoringRows(_ form: ReturnForm, _ year: SchoolYear) -> [ReturnRow] {
        form.key == "code" ? digitalRows(form, year) : DemoCounty.city.map { countyRow(form, $0, year) }
    }

    // MARK: Counties

    private func countyRow(_ form: ReturnForm, _ county: DemoCounty, _ year: SchoolYear) -> ReturnRow {
        var chance = SeededChance(seed: UInt64(county.code) &* 7_919 &+ UInt64(year.start))
        let known = form.id == "county-extras" ? extras(county, &chance) : preschool(county, &chance)
        var facts: [FactKey: Fact] = [:]
        for key in form.factKeys { facts[key] = known[key.element].map { Fact.known($0) } ?? .absent(.blank) }
        return ReturnRow(number: 0, attributes: ["county": county.name], facts: facts)
    }

    private func extras(_ county: DemoCounty, _ chance: inout SeededChance) -> [String: Double] {
        let weak = county.level < 1.1
        let senior = chance.between(90, 160).rounded()
        let children = chance.between(7_000, 11_000).rounded()
        let disabled = chance.between(150, 260).rounded()
        return [
            "classes_primary_all": 520, "classes_primary_56": weak ? 31 : 4, "classes_primary_66": weak ? 3 : 0, "classes_junior_all": 260,
            "classes_junior_56": weak ? 17 : 2, "classes_junior_66": 0, "classes_senior_all": senior,
            "classes_senior_56": (senior * (weak ? 0.22 : 0.06)).rounded(), "classes_senior_66": weak ? 2 : 0,
            "compulsory_pupils_all": 30_600, "compulsory_pupils_public": 29_080, "senior_pupils_all": senior * 50,
            "senior_pupils_public": senior * 46, "kindergarten_children": children,
            "public_children": (children * (weak ? 0.47 : 0.58)).rounded(), "inclusive_children": (children * 0.33).rounded(),
            "disabled_total": disabled, "disabled_enrolled": (disabled * (weak ? 0.96 : 0.985)).rounded(),
            "disabled_regular": (disabled * 0.48).rounded(), "disabled_special_class": (disabled * 0.05).rounded(),
            "disabled_special_school": (disabled * 0.33).rounded(), "disabled_home": (disabled * 0.09).rounded(), "population": 342_000,
            "special_schools": 1, "special_funding": 8_000, "special_funding_standard": 7_000,
        ]
    }

    private func preschool(_ county: DemoCounty, _ chance: inout SeededChance) -> [String: Double] {
        let weak = county.level < 1.1
        let children = chance.between(7_000, 11_000).rounded()
        let teachers = (children / (weak ? 15.8 : 13.5)).rounded()
        return [
            "preschool_age": (children / 0.93).rounded(), "kindergarten_children": children,
            "public_children": (children * (weak ? 0.47 : 0.58)).rounded(), "inclusive_children": (children * 0.33).rounded(),
            "kindergarten_classes": 320, "kindergarten_standard_classes": weak ? 262 : 301, "kindergarten_teachers": teachers,
            "kindergarten_staff": teachers + 40, "kindergarten_certified": teachers + (weak ? 31 : 40), "townships": 12,
            "townships_with_public": weak ? 11 : 12, "preschool_survey_valid": 2_100, "preschool_survey_satisfied": weak ? 1_760 : 1_930,
            "estate_kindergartens": 9, "estate_kindergartens_inclusive": 9, "preschool_funding": 600, "preschool_subsidy": 500,
            "kindergarten_contract_pay": 48_000, "kindergarten_staff_pay": 61_000,
        ]
    }

    // MARK: Schools

    private func digitalRows(_ form: ReturnForm, _ year: SchoolYear) -> [ReturnRow] {
        var chance = SeededChance(seed: 4_801 &+ UInt64(year.start))
        return schoolRows(year).map { row in
            var facts = row.facts.filter { form.factKeys.contains($0.key) }
            let pupils = Stage.allCases.reduce(0) { $0 + (row.facts[FactKey("pupils", $1)]?.number ?? 0) }
            let teachers = Stage.allCases.reduce(0) { $0 + (row.facts[FactKey("teachers", $1)]?.number ?? 0) }
            let networked = row.facts[FactKey("networked_classrooms", nil)]?.number
            let isTown = row.attributes["setting"] != "乡村"
            let rooms = max(networked ?? 0, (pupils / 36).rounded(.up) + 4)
            func set(_ element: String, _ value: Double) { facts[FactKey(element, nil)] = .known(max(0, value.rounded())) }
            set("bandwidth", isTown ? 1_000 : chance.share() < 0.7 ? 500 : 200)
            set("student_devices", pupils * chance.between(isTown ? 0.12 : 0.08, isTown ? 0.22 : 0.16))
            set("teacher_devices", teachers * chance.between(0.9, 1.15))
            set("classrooms", rooms)
            set("wireless_classrooms", rooms * chance.between(isTown ? 0.8 : 0.45, 1))
            set("recording_rooms", pupils > 700 ? 2 : pupils > 250 ? 1 : 0)
            set("platform_joined", 1)
            set("single_sign_on", chance.share() < (isTown ? 0.95 : 0.8) ? 1 : 0)
            set("security_filed", chance.share() < (isTown ? 0.85 : 0.5) ? 1 : 0)
            return ReturnRow(number: 0, attributes: row.attributes, facts: facts)
        }
    }
}
