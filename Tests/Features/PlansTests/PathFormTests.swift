import Foundation
import PathToStandard
import Planning
import Testing
import Vocabulary

@testable import Plans

@Suite("达标方案的提问") struct PathFormTests {
    private let list = CostList(
        id: "c", label: LocalizedText(zh: "单价", en: "Costs"), note: "缺省单价。",
        actions: [
            PathAction(id: "hire", label: "招聘教师", kind: .hire, unit: "人", cost: 100_000, adds: ["teachers": .one]),
            PathAction(id: "rooms", label: "新建用房", kind: .build, unit: "10㎡", cost: 35_000, adds: ["teaching_area": Fraction(10)]),
        ], leaving: .one, growth: .one)
    private let empty = PathQuestion(standard: "balance-2017", year: SchoolYear(2025), county: "清河县")

    private func asked(_ fields: [String: String]) -> (question: PathQuestion, complaints: [String]) {
        var form = PathForm(fields)
        let question = form.question(empty, list)
        return (question, form.complaints)
    }

    @Test("留空是不限制，写0是一个也不行") func blank() {
        let none = asked(["budget": "", "hires": " ", "cost-hire": "100000"])
        #expect(none.complaints.isEmpty && none.question == empty)
        let zero = asked(["budget": "0", "hires": "0", "moves": "0"]).question
        #expect(zero.budget == 0 && zero.hires == 0 && zero.moves == 0)
    }

    @Test("万元换成元，逐校的限制按标识码，只记下改过的单价") func values() {
        let question = asked([
            "budget": "1,234.5", "nobuild-3": "1", "land-2": "600", "land-4": "", "cost-hire": "90000", "cost-rooms": "35000",
            "prices": "1",
        ]).question
        #expect(question.budget == 12_345_000 && question.noBuilding == ["3"] && question.land == ["2": 600])
        #expect(question.costs == ["hire": 90_000] && question.prices)
        let priced = question.priced(list)
        #expect(priced.actions.map(\.cost) == [90_000, 35_000] && priced.note.hasPrefix("招聘教师的单价由本单位填写"))
        #expect(empty.priced(list).note == "缺省单价。")
    }

    @Test("填错的逐个说清楚，问题存下再读回来不变") func mistakes() throws {
        let wrong = asked(["budget": "很多", "hires": "2.5", "moves": "-1", "seconds": "9999"])
        #expect(wrong.complaints.count == 4 && wrong.complaints[0].contains("“很多”") && wrong.complaints[1].contains("整数"))
        let question = asked(["budget": "12.5", "nobuild-3": "1", "cost-hire": "1", "moves": "7", "seconds": "30"]).question
        #expect(try PathQuestion(text: question.text) == question)
        var again = PathForm(question)
        #expect(again.question(empty, list) == question)
    }

    @Test("分年要年数和每年的钱一起写") func staging() throws {
        let question = asked(["years": "3", "yearly": "120.5"]).question
        #expect(question.limits.years == 3 && question.limits.yearly == 1_205_000)
        var again = PathForm(question)
        #expect(again.question(empty, list) == question)
        #expect(asked(["years": "3"]).complaints.first?.contains("同时填写") == true)
        #expect(asked(["years": "11", "yearly": "5"]).complaints.first?.contains("1到10") == true)
    }

    @Test("差异系数留余地：写整百分数，0和留空是不留，写多了要说") func margin() throws {
        let question = asked(["margin": "5"]).question
        #expect(question.margin == 5 && question.limits.margin == 5)
        #expect(asked(["margin": "0"]).question == empty && asked(["margin": ""]).question == empty)
        #expect(asked(["margin": "60"]).complaints.first?.contains("1到50的整数") == true)
        var again = PathForm(question)
        #expect(again.question(empty, list) == question)
        // What was asked before there were margins reads back as asked without.
        let old = question.text.replacingOccurrences(of: "\"margin\":5,", with: "")
        #expect(try PathQuestion(text: old).margin == nil)
    }

    @Test("离最省多远，说得准") func words() {
        func certificate(_ bound: Double?) -> Certificate {
            Certificate(status: .feasible, objective: 1_000_000, bound: bound, solver: "HiGHS", problem: "p", seconds: 1)
        }
        #expect(PathWords.proof(certificate(nil)) == "没有证明离最省还有多远")
        #expect(PathWords.proof(certificate(1_000_000)) == "没有更省的方案")
        #expect(PathWords.proof(certificate(990_000)) == "离最省不超过1.00%")
        #expect(PathWords.amount(6, "人") == "6人" && PathWords.amount(3, "10㎡") == "30㎡" && PathWords.amount(9, "万元") == "9万元")
    }
}
