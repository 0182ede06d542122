import Testing

@testable import Indicators

@Suite("整列计算与逐校计算") struct FrameTests {
    /// Formulas of every shape: straight quotients and those that need the compiled program.
    private let extra = """

        ---
        indicator: area-sum
        label: 合计
        numerator: area + gym
        denominator: pupils
        factor: 100
        examples: [ { given: { area: 10, gym: 1, pupils: 1 }, value: 1100 } ]
        ---
        indicator: guarded
        label: 较繁
        numerator: max(area - gym * 2, 0)
        denominator: pupils + 1
        weight: pupils
        examples: [ { given: { area: 10, gym: 1, pupils: 1 }, value: 4 } ]
        """

    @Test("直算与编译两条路、只要统计与连值都要，结果逐位相同；缺数与零分母照旧") func shapes() throws {
        let catalogue = try SmallCatalogue.make(extra)
        let indicators = ["area-per-pupil", "books-per-pupil", "area-sum", "guarded"].compactMap { catalogue.indicators[$0] }
        let n = 9_173
        var columns = NumberColumns(count: n)
        var (pupils, area, gym, books): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        for i in 0..<n {
            pupils.append(i % 1_009 == 5 ? 0 : Double(i % 97 + 10))
            area.append(i % 2_003 == 7 ? .nan : Double(i * 31 % 1_009 + 500))
            gym.append(Double(i % 13))
            books.append(Double(i * 7 % 8_191))
        }
        for (name, column) in [("pupils", pupils), ("area", area), ("gym", gym), ("books", books)] { columns.set(name, column) }
        // Groups from one unit to thousands, some empty.
        let groups = Groups(groupOf: (0..<n).map { $0 % 3 == 0 ? 40 : $0 * $0 % 37 }, count: 41)
        let frame = IndicatorFrame(columns, groups: groups)
        let found = frame.evaluate(indicators)
        let alone = frame.statistics(indicators)
        let weights = groups.order.map { pupils[$0] }
        for (place, indicator) in indicators.enumerated() {
            let values = groups.order.map { row -> Double in
                indicator.value { name -> Operand in .number(columns[name]?[row] ?? .nan) }
            }
            #expect(zip(found[place].values, values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
            for group in 0..<groups.count {
                let places = groups.places(group)
                let expected = GroupStatistics(values: Array(values[places]), weights: Array(weights[places]))
                #expect(found[place].groups[group] == expected && alone[place * groups.count + group] == expected)
            }
        }
        #expect(found[0].values.contains(where: \.isNaN) && alone.contains { $0.unknown > 0 } && alone.contains { $0.count == 0 })
    }

    @Test("没有一行数据也算得出：每组都没有均值") func empty() throws {
        let catalogue = try SmallCatalogue.make()
        let indicators = ["area-per-pupil", "books-per-pupil"].compactMap { catalogue.indicators[$0] }
        var columns = NumberColumns(count: 0)
        for name in ["pupils", "area", "gym", "books"] { columns.set(name, []) }
        let frame = IndicatorFrame(columns, groups: Groups(groupOf: [], count: 2))
        #expect(
            frame.evaluate(indicators).allSatisfy { $0.values.isEmpty && $0.groups.count == 2 && $0.groups.allSatisfy { $0.mean == nil } })
        #expect(frame.statistics(indicators).count == 4)
    }
}
