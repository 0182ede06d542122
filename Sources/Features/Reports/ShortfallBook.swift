public import Indicators
public import Reporting
internal import Vocabulary

/// 短板清单 as a workbook: what is missing where, in raw quantity.
public enum ShortfallBook {
    public static func make(_ result: StandardResult) -> SheetBook {
        SheetBook([
            sheet("短板清单", result, "学校达标必须补上的缺口", result.counties.flatMap { county in rows(county) { $0.isBinding } }),
            sheet("允许范围内的缺口", result, "单项未达标但不影响学校达标，补上更稳妥", result.counties.flatMap { county in rows(county) { !$0.isBinding } }),
            spreads(result),
        ])
    }

    private static func sheet(_ name: String, _ result: StandardResult, _ note: String, _ rows: [[SheetBook.Cell]]) -> SheetBook.Sheet {
        SheetBook.Sheet(
            name: name, title: "\(result.standard.label.zh)\(name)（\(result.schoolYear.label.zh)）",
            notes: ["\(note)。缺口按现有学生数测算，未取整的数供核对，需补数按整人、整间向上取整。依据：\(result.standard.document)"],
            columns: [
                .init("县(市、区)", width: 14), .init("学校标识码", width: 14), .init("学校", width: 32), .init("学段", width: 8),
                .init("指标代码", width: 9), .init("指标", width: 24), .init("现值"), .init("标准"), .init("底线"),
                .init("缺口", decimals: 2), .init("需补"), .init("单位", width: 8), .init("未满足的规则", width: 56),
            ], rows: rows, frozenColumns: 3)
    }

    private static func rows(_ county: CountyResult, _ keep: (Shortfall) -> Bool) -> [[SheetBook.Cell]] {
        county.shortfalls.filter(keep).map { shortfall in
            [
                .text(county.county), .text(shortfall.school), .text(shortfall.name), .text(shortfall.stage?.label.zh ?? "全校"),
                .text(shortfall.code), .text(shortfall.label), .number(shortfall.value), .number(shortfall.threshold),
                .init(shortfall.floor),
                .init(shortfall.missing), .init(shortfall.needed), .text(shortfall.unit), .text(shortfall.ruleText),
            ]
        }
    }

    private static func spreads(_ result: StandardResult) -> SheetBook.Sheet {
        let rows = result.counties.flatMap { county in
            county.stages.flatMap { stage in
                stage.indicators.map { indicator -> [SheetBook.Cell] in
                    [
                        .text(county.county), .text(stage.stage.label.zh), .text(indicator.code), .init(indicator.mean),
                        .init(indicator.statistics.sd), .init(indicator.cv), .init(indicator.ceiling), .text(indicator.verdict.label.zh),
                        .number(Double(indicator.unitsMet)), .number(Double(indicator.unitsNotMet)),
                        .number(Double(indicator.unitsUnknown)),
                    ]
                }
            }
        }
        return SheetBook.Sheet(
            name: "差异系数", title: "校际差异系数（\(result.schoolYear.label.zh)）", notes: ["按学生数加权的总体标准差除以全县均值；与上限比较时不取整"],
            columns: [
                .init("县(市、区)", width: 14), .init("学段", width: 8), .init("指标", width: 8), .init("全县均值"), .init("标准差", decimals: 4),
                .init("差异系数", decimals: 4), .init("上限"), .init("结论"), .init("达标单位", decimals: 0), .init("未达标单位", decimals: 0),
                .init("资料不足", decimals: 0),
            ], rows: rows, frozenColumns: 2)
    }
}
