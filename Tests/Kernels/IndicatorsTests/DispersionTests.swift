import Testing

@testable import Indicators

@Suite("离散程度") struct DispersionTests {
    private let values: [Double] = [6.2, 3.7, 10.5, 2.1, 7.3]
    private let weights: [Double] = [45, 37, 89, 76, 55]

    @Test("人人相同则各项都是零") func equal() {
        #expect(Inequality.gini([4, 4, 4], weights: [1, 2, 3]) == 0)
        #expect(Inequality.theil([4, 4, 4], weights: [1, 2, 3]) == 0)
    }

    @Test("基尼系数等于两两差的加权平均") func gini() throws {
        let total = weights.reduce(0, +)
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        var pairs = 0.0
        for i in values.indices { for j in values.indices { pairs += weights[i] * weights[j] * abs(values[i] - values[j]) } }
        let gini = try #require(Inequality.gini(values, weights: weights))
        #expect(abs(gini - pairs / (2 * total * total * mean)) < 1e-12)
    }

    @Test("泰尔指数等于城乡之间加城乡之内") func theil() throws {
        let parts = try #require(Inequality.theil(values, weights: weights, classes: ["城区", "乡村", "城区", "乡村", "镇区"]))
        #expect(abs(parts.total - parts.between - parts.within.values.reduce(0, +)) < 1e-12)
        #expect(parts.between > 0 && parts.within["镇区"] == 0)
    }

    @Test("杠杆等于把该校换成均值重算") func leverage() throws {
        let statistics = GroupStatistics(values: values, weights: weights)
        let mean = try #require(statistics.mean)
        let changes = try #require(Leverage.changes(values, weights: weights))
        for i in values.indices {
            var moved = values
            moved[i] = mean
            let again = try #require(GroupStatistics(values: moved, weights: weights).cv)
            #expect(abs(changes[i] - (again - (try #require(statistics.cv)))) < 1e-12)
        }
    }

    @Test("成块并行计算与逐校计算相同") func frame() throws {
        let catalogue = try SmallCatalogue.make()
        let indicator = try #require(catalogue.indicators["area-per-pupil"])
        let n = 5_000
        var columns = NumberColumns(count: n)
        let pupils = (0..<n).map { Double($0 % 97 + 10) }
        columns.set("pupils", pupils)
        columns.set("area", (0..<n).map { Double($0 * 31 % 1009 + 500) })
        columns.set("gym", (0..<n).map { Double($0 % 13) })
        let groups = Groups(groupOf: (0..<n).map { $0 % 7 }, count: 7)
        let column = try #require(IndicatorFrame(columns, groups: groups).evaluate([indicator]).first)
        for group in 0..<7 {
            let rows = Array(groups.rows(group))
            let values = rows.map { (Double($0 * 31 % 1009 + 500) - Double($0 % 13)) / pupils[$0] }
            #expect(column.groups[group] == GroupStatistics(values: values, weights: rows.map { pupils[$0] }))
        }
    }
}
