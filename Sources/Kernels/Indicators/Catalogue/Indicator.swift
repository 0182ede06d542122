internal import Definitions
public import Vocabulary

/// A quotient with a definition of both its parts: value = numerator × factor ÷ denominator.
///
/// The mean of a group is total over total, that is the values weighted by `weight`.
public struct Indicator: Sendable, Identifiable {
    public let id: String
    public var label: LocalizedText
    public var unit: String
    public var numerator: Formula
    public var denominator: Formula
    public var factor: Double
    /// Formula texts as written, for explanations.
    public var numeratorText: String
    public var denominatorText: String
    /// What the group mean and spread are weighted by; the denominator unless said otherwise.
    public var weight: Formula
    /// Decimals shown. Decisions use the unrounded number.
    public var decimals: Int
    /// The element one adds to when the value is too low.
    public var raises: String?
    public var definition: String
    public var source: String
    public var examples: [IndicatorExample]
}

/// A worked example a definition carries to prove itself.
public struct IndicatorExample: Sendable {
    public var given: [String: Double]
    /// The value expected, or nil when it must be absent.
    public var value: Double?
    public var place: Diagnostic.Place
}

extension Indicator {
    init(_ definition: Definition, known names: Set<String>, _ log: DiagnosticLog) {
        let body = definition.body
        body.only(
            [
                "indicator", "label", "unit", "numerator", "denominator", "factor", "weight", "decimals", "raise", "definition", "source",
                "examples",
            ], log)
        id = definition.id
        label = body.localized("label", log)
        unit = body["unit"]?.text ?? ""
        numeratorText = body.requiredText("numerator", log)
        denominatorText = body["denominator"]?.text ?? "1"
        numerator = body.formula("numerator", known: names, log) ?? .number(.nan)
        denominator = body["denominator"] == nil ? .number(1) : body.formula("denominator", known: names, log) ?? .number(.nan)
        weight = body["weight"] == nil ? denominator : body.formula("weight", known: names, log) ?? .number(.nan)
        factor = body["factor"]?.asNumber(log) ?? 1
        decimals = Int(body["decimals"]?.wholeNumber(log) ?? 2)
        raises = body["raise"]?.text
        if let raises, !names.contains(raises) {
            log.error("indicator.raise", at: body["raise"]?.place ?? body.place, "没有数据元“\(raises)”")
        }
        self.definition = body["definition"]?.text ?? ""
        source = body["source"]?.text ?? ""
        examples = (body["examples"]?.list ?? []).compactMap { IndicatorExample($0, log) }
        if examples.isEmpty {
            log.error("indicator.examples", at: body.place, "指标“\(definition.id)”要带至少一个算例（examples）")
        }
    }
}

extension IndicatorExample {
    init?(_ node: DefinitionNode, _ log: DiagnosticLog) {
        node.only(["given", "value", "absent", "note"], log)
        var given: [String: Double] = [:]
        for (key, value) in node["given"]?.entries ?? [] where !value.isNull { given[key] = value.asNumber(log) }
        self.given = given
        place = node.place
        value = node["value"]?.asNumber(log)
        if value == nil, !node.flag("absent", default: false, log) {
            log.error("indicator.example", at: node.place, "算例要写 value，或写 absent: true 表示应算不出")
            return nil
        }
    }
}

extension DefinitionNode {
    /// A formula whose variables must all be known names; stage suffixes (`pupils.primary`) are allowed.
    func formula(_ key: String, known names: Set<String>, _ log: DiagnosticLog) -> Formula? {
        guard let node = required(key, log) else { return nil }
        return node.asFormula(known: names, log)
    }

    func asFormula(known names: Set<String>, _ log: DiagnosticLog) -> Formula? {
        guard let text else {
            log.error("formula.text", at: place, "这里应写公式")
            return nil
        }
        do {
            let formula = try Formula(parsing: text)
            for name in formula.variables where !names.contains(String(name.prefix { $0 != "." })) {
                let near = DefinitionNode.nearest(String(name.prefix { $0 != "." }), among: names)
                let hint = near.map { "，是否想写“\($0)”？" } ?? "。公式里写数据元的编号（element 后面的英文），不写中文名称"
                log.error("formula.variable", at: place, "公式里的“\(name)”不是数据元，也不是表中的属性\(hint)")
            }
            for name in formula.variables where name.contains(".") && FactKey(name) == nil {
                let words = Stage.allCases.map { "\($0.rawValue)（\($0.label.zh)）" }.joined(separator: "、")
                log.error("formula.stage", at: place, "公式里的“\(name)”学段不对，点号后面可用：\(words)")
            }
            return formula
        } catch {
            log.error("formula.syntax", at: place, "公式“\(text)”有误，\(error)")
            return nil
        }
    }
}
