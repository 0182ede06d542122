internal import Foundation
public import Geography
public import Indicators
public import Vocabulary

/// 示范市: an invented city whose figures are drawn from the thresholds of the catalogue and typical spreads.
/// The same seed gives the same city on every machine.
public struct DemoCity: Sendable {
    public let name = "示范市"
    public let schoolYears: [SchoolYear]
    let schools: [DemoSchool]
    private let seed: UInt64
    private let standard: Standard

    public static let years = 2021...2025

    public init(seed: UInt64 = 20_260_901, standard: Standard) {
        self.seed = seed
        self.standard = standard
        schoolYears = DemoCity.years.map { SchoolYear($0) }
        var chance = SeededChance(seed: seed)
        let ground = DemoBoundaries(seed: seed)
        schools = DemoCounty.city.flatMap { DemoCity.schools($0, standard, ground, &chance) }
    }

    /// The outlines of the counties, in WGS-84.
    public var boundaries: [Boundary] { DemoBoundaries(seed: seed).boundaries(DemoCounty.city.map(\.name)) }

    /// The school returns of a year in the order of the register, one row per school.
    public func schoolRows(_ year: SchoolYear) -> [ReturnRow] {
        var chance = SeededChance(seed: seed &+ UInt64(year.start))
        var rows = schools.map { $0.row(year.start, newest: DemoCity.years.upperBound, standard, &chance) }
        guard year.start == DemoCity.years.upperBound else { return rows }
        for county in DemoCounty.city where county.blanks > 0 {
            let places = rows.indices.filter { rows[$0].attributes["county"] == county.name }
            for step in 0..<county.blanks where places.count > step * 7 + 3 {
                let key = FactKey(step % 2 == 0 ? "equipment_value" : "networked_classrooms", nil)
                rows[places[step * 7 + 3]].facts[key] = .absent(.blank)
            }
        }
        return rows
    }

    /// The counties' own figures of a year. The insufficient county leaves some out.
    public func countyRows(_ year: SchoolYear, form: ReturnForm) -> [ReturnRow] {
        DemoCounty.city.map { county in
            var facts: [FactKey: Fact] = [:]
            for key in form.factKeys { facts[key] = .known(1) }
            for (element, value) in DemoCity.countyFigures(county, year) { facts[FactKey(element, nil)] = .known(value) }
            if county.blanks > 0 {
                for element in ["survey_valid", "survey_satisfied", "monitoring_level"] { facts[FactKey(element, nil)] = .absent(.blank) }
            }
            return ReturnRow(number: 0, attributes: ["county": county.name], facts: facts)
        }
    }

    /// Names of the counties, in the order of the register.
    public var counties: [String] { DemoCounty.city.map(\.name) }

    private static func countyFigures(_ county: DemoCounty, _ year: SchoolYear) -> [String: Double] {
        let weak = county.level < 1.1
        return [
            "small_schools": 12, "small_schools_funded": 12, "special_funding": 8_000, "special_funding_standard": 7_000,
            "teacher_pay": weak ? 91_000 : 98_000, "civil_servant_pay": 95_000, "trained_teachers": 2_800, "compulsory_teachers": 2_800,
            "exchange_eligible": 900, "exchanged": weak ? 72 : 118, "exchanged_backbone": weak ? 12 : 31, "certified_teachers": 2_800,
            "zoned_primary": 14_000, "zoned_primary_total": 14_000, "zoned_junior": 6_900, "zoned_junior_total": 7_100,
            "quality_senior_quota": 1_300, "quality_senior_plan": 2_200, "migrant_children": 1_800, "migrant_public": 1_640,
            "migrant_purchased": 90, "entered": 7_000, "transferred_in": 120, "transferred_out": 210, "died": 1, "graduated": 6_780,
            "disabled_enrolled": 233, "disabled_total": 238, "schools_total": 48, "schools_training_budget": weak ? 45 : 48,
            "basic_years": 6, "basic_cv_primary": weak ? 0.58 : 0.41, "basic_cv_junior": weak ? 0.47 : 0.38, "monitoring_level": 3,
            "monitoring_spread": weak ? 0.16 : 0.12, "survey_valid": 5_200, "survey_satisfied": weak ? 4_300 : 4_790,
        ]
    }

    private static func schools(
        _ county: DemoCounty, _ standard: Standard, _ ground: DemoBoundaries, _ chance: inout SeededChance
    ) -> [DemoSchool] {
        var schools: [DemoSchool] = []
        var number = 0
        func name(_ kind: String) -> String { "\(county.name.dropLast())\(DemoCounty.places[number % DemoCounty.places.count])\(kind)" }
        func add(
            _ kind: String, _ title: String, _ setting: String, _ pupils: [Stage: Double], _ chance: inout SeededChance,
            sponsor: String = "公办"
        ) {
            number += 1
            // Town schools stand close together, village schools all over the county.
            let reach = setting == "城区" ? 0.42 : setting == "镇区" ? 0.8 : 1
            let place = ground.place(in: county.name, across: chance.between(-reach, reach), up: chance.between(-reach, reach))
            schools.append(
                DemoSchool(
                    code: String(2_137_000_000 + county.code * 10_000 + number), name: title, county: county.name, kind: kind,
                    setting: setting,
                    sponsor: sponsor, longitude: place?.longitude ?? 0, latitude: place?.latitude ?? 0,
                    pupils: pupils, founded: Int(chance.between(1_956, 2_018)), standing: standing(county, standard, &chance)))
        }
        for index in 0..<county.primaries {
            let setting = index < county.primaries / 4 ? "城区" : index < county.primaries / 2 ? "镇区" : "乡村"
            let usual = setting == "城区" ? 860.0 : setting == "镇区" ? 540 : 240
            add("211", name("小学"), setting, [.primary: Swift.max(90, chance.normal(usual, usual * 0.3)).rounded()], &chance)
        }
        for index in 0..<county.juniors {
            add(
                "311", "\(county.name)第\(ordinal(index + 1))初级中学", index < 3 ? "城区" : index < 7 ? "镇区" : "乡村",
                [.junior: Swift.max(260, chance.normal(890, 270)).rounded()], &chance)
        }
        for index in 0..<county.points {
            add(
                "218", name("教学点"), "乡村", [.primary: index % 2 == 0 ? chance.between(18, 47).rounded() : chance.between(52, 90).rounded()],
                &chance)
        }
        add("312", name("九年一贯制学校"), "乡村", [.primary: 420, .junior: 310], &chance)
        add("312", name("学校"), "镇区", [.primary: 880, .junior: 640], &chance, sponsor: "民办")
        add("341", "\(county.name)第一中学", "城区", [.junior: 820, .senior: 1_450], &chance)
        if county.code % 3 == 1 { add("345", "\(county.name)实验学校", "城区", [.primary: 900, .junior: 700, .senior: 600], &chance) }
        add("342", "\(county.name)高级中学", "城区", [.senior: 2_100], &chance)
        add("514", "\(county.name)特殊教育学校", "镇区", [:], &chance)
        for place in 0..<county.lagging where schools.indices.contains(2 + place * 3) { lag(&schools[2 + place * 3], place, county) }
        for place in schools.indices where place % 5 == 1 {
            if let code = county.stretched[schools[place].kind] { schools[place].standing[code] = 6.5 }
        }
        return schools
    }

    private static func standing(_ county: DemoCounty, _ standard: Standard, _ chance: inout SeededChance) -> [String: Double] {
        var standing: [String: Double] = [:]
        for item in standard.measured.map(\.item) {
            let spread = item.code == "L2" ? county.spread * 1.3 : county.spread
            let least = county.level > 1.2 ? 1.06 : 0.7
            standing[item.code] = Swift.max(least, chance.normal(county.level, county.spread == 0 ? 0 : spread))
        }
        return standing
    }

    /// A school short of two or three things, and a few far richer ones that stretch the county apart.
    private static func lag(_ school: inout DemoSchool, _ place: Int, _ county: DemoCounty) {
        let codes = ["L2", "L5", "L6", "L4", "L7"]
        school.standing[codes[place % 5]] = 0.62 + 0.04 * Double(place % 4)
        if place % 3 != 2 { school.standing[codes[(place + 1) % 5]] = 0.9 }
        if county.level < 1.1 { school.standing["L6"] = place % 2 == 0 ? 3.4 : 0.4 }
    }

    private static func ordinal(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        return number < 10 ? digits[number] : "十" + digits[number - 10]
    }
}
