internal import Vocabulary

extension CountyJudge {
    func partResult(
        _ part: Standard.Part, stages: [StageResult], units: [UnitResult], school: [ItemResult], county: String
    ) -> PartResult {
        let bySchool = Dictionary(uniqueKeysWithValues: school.map { ($0.code, $0) })
        let items = part.items.map { item in
            switch item.level {
            case .unit: unitItem(item, stages)
            case .school: bySchool[item.code] ?? empty(item)
            case .county: countyItem(item, county)
            case .spread: spreadItem(item, stages)
            }
        }
        var verdicts = items.map(\.verdict)
        if part.items.contains(where: { $0.level == .unit }) { verdicts += stages.map(\.verdict) }
        return PartResult(id: part.id, label: part.label, items: items, verdict: Verdict.all(verdicts))
    }

    /// A measured item is met when its spread stays under the ceiling in every stage that has units.
    private func unitItem(_ item: Standard.Item, _ stages: [StageResult]) -> ItemResult {
        var result = empty(item)
        if result.label.zh.isEmpty, let label = item.indicator.flatMap({ catalogue.indicators[$0]?.label }) { result.label = label }
        let verdicts = stages.filter { $0.units > 0 }.compactMap { $0.indicator(item.code)?.verdict }
        result.verdict = verdicts.isEmpty ? .insufficient : Verdict.all(verdicts)
        return result
    }

    /// All spreads of the standard at once; a stage without schools leaves the question open.
    private func spreadItem(_ item: Standard.Item, _ stages: [StageResult]) -> ItemResult {
        var result = empty(item)
        result.verdict = Verdict.all(stages.flatMap { $0.units == 0 ? [.insufficient] : $0.indicators.map(\.verdict) })
        return result
    }

    private func empty(_ item: Standard.Item) -> ItemResult {
        ItemResult(
            code: item.code, label: item.label, level: item.level, clause: item.clause, note: item.note, verdict: .insufficient, tests: [])
    }

    // MARK: The county's own figures

    private func countyItem(_ item: Standard.Item, _ county: String) -> ItemResult {
        var result = empty(item)
        let table = evaluation.counties
        let row = table.flatMap { table in (0..<table.count).first { table.attribute("county", $0) == county } }
        result.tests = item.tests.map { countyTest($0, table, row) }
        result.verdict = Verdict.all(result.tests.map(\.verdict))
        return result
    }

    private func countyTest(_ test: Standard.Test, _ table: ReturnTable?, _ row: Int?) -> TestResult {
        let lookup = { (name: String) -> Operand in
            guard let table, let row else { return .number(.nan) }
            if let column = table.attributes[name] { return .text(column[row]) }
            return .number(FactKey(name).flatMap { table.fact($0, row).number } ?? .nan)
        }
        let outcome = test.judge(lookup, isReported: row != nil)
        var result = TestResult(test: test, verdict: outcome.verdict, missing: [], schools: 0, failing: 0, unanswered: 0, row: row)
        (result.value, result.bound) = (outcome.value, outcome.bound)
        if outcome.verdict == .insufficient { result.missing = test.variables.filter { lookup($0).isAbsent } }
        return result
    }

    // MARK: What every school must pass

    func schoolItem(_ item: Standard.Item) -> (result: ItemResult, shortfalls: [Shortfall]) {
        var result = empty(item)
        var shortfalls: [Shortfall] = []
        for test in item.tests {
            var outcome = TestResult(test: test, verdict: .met, missing: [], schools: 0, failing: 0, unanswered: 0, row: nil)
            for row in rows where !Set(units.stages(row)).isDisjoint(with: standard.stages) {
                examine(row, test, item, &outcome, &shortfalls)
            }
            if outcome.failing > 0 {
                outcome.verdict = .notMet
            } else if outcome.unanswered > 0 || outcome.schools == 0 {
                outcome.verdict = .insufficient
            } else {
                outcome.verdict = test.bound == nil ? .measured : .met
            }
            result.tests.append(outcome)
        }
        let verdicts = result.tests.filter { $0.schools > 0 }.map(\.verdict)
        result.verdict = verdicts.isEmpty ? .insufficient : Verdict.all(verdicts)
        return (result, shortfalls)
    }

    private func examine(
        _ row: Int, _ test: Standard.Test, _ item: Standard.Item, _ outcome: inout TestResult, _ shortfalls: inout [Shortfall]
    ) {
        let lookup = { [self] (name: String) in units.operand(name, row: row, stage: nil, share: 1) }
        let applies = test.applies?.evaluate(lookup) ?? 1
        guard applies != 0 else { return }
        outcome.schools += 1
        let value = test.value.evaluate(lookup)
        let bound = test.bound?.evaluate(lookup)
        guard !applies.isNaN, !value.isNaN, bound?.isNaN != true else {
            outcome.unanswered += 1
            for name in test.variables where lookup(name).isAbsent && !outcome.missing.contains(name) { outcome.missing.append(name) }
            return
        }
        guard let bound, !test.comparison.holds(value, bound) else { return }
        outcome.failing += 1
        shortfalls.append(schoolShortfall(row, test, item, value, bound))
    }

    private func schoolShortfall(_ row: Int, _ test: Standard.Test, _ item: Standard.Item, _ value: Double, _ bound: Double) -> Shortfall {
        let element = test.raises.flatMap { catalogue.elements[$0] }
        let gap = test.comparison == .atLeast ? bound - value : value - bound
        return Shortfall(
            school: units.table.attribute("code", row), name: units.table.attribute("name", row), stage: nil, row: row, code: item.code,
            label: test.label.zh, value: value, threshold: bound, floor: nil, missing: gap,
            needed: element?.isWhole ?? true ? (gap - 1e-9).rounded(.up) : gap, unit: element?.unit ?? test.unit, element: test.raises,
            rule: .schoolTest, ruleText: item.clause.isEmpty ? item.label.zh : "\(item.label.zh)（\(item.clause)）")
    }
}

extension Operand {
    fileprivate var isAbsent: Bool {
        if case .number(let number) = self { return number.isNaN }
        return false
    }
}
