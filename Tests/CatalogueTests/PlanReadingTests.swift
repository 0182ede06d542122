import Foundation
import Targets
import Testing

/// How much of the five texts the reader finds, against our own tables. The texts may not stand in the project: they are read from
/// beside it, and a run without them says so.
@Suite("读五份文本") struct PlanReadingTests {
    private static let texts = packageFolder.deletingLastPathComponent().appendingPathComponent("shared/reference")

    private func text(_ file: String) -> String? {
        try? String(contentsOf: Self.texts.appendingPathComponent("\(file).zh.txt"), encoding: .utf8)
    }

    private func places(_ place: TextPlace) -> String { "\(place.paragraph).\(place.sentence)" }

    /// Found among wanted; what is missing and what is too much.
    private func compare(_ found: [String], _ wanted: [String]) -> (missing: [String], excess: [String]) {
        var left = found
        var missing: [String] = []
        for one in wanted {
            if let place = left.firstIndex(of: one) { left.remove(at: place) } else { missing.append(one) }
        }
        return (missing, left)
    }

    private func tell(_ what: String, _ file: String, _ found: [String], _ wanted: [String]) -> (missing: [String], excess: [String]) {
        let result = compare(found, wanted)
        let right = Double(wanted.count - result.missing.count)
        let recall = wanted.isEmpty ? 1 : right / Double(wanted.count)
        let precision = found.isEmpty ? 1 : right / Double(found.count)
        print(
            "\(what)  \(file): recall \(String(format: "%.3f", recall)) (\(Int(right))/\(wanted.count)), precision \(String(format: "%.3f", precision)) (\(Int(right))/\(found.count))"
        )
        return result
    }

    @Test("标题的每一级、每个定量目标都找到，不多不少") func everything() throws {
        let headings = try CityPlanTests.table("headings")
        let quantities = try CityPlanTests.quantities()
        for file in Set(headings.map { $0[0] }).sorted() {
            guard let text = text(file) else {
                print("没有 \(file) 的原文（应在 \(Self.texts.path)），没有测")
                continue
            }
            let draft = PlanTextReader.read(text, title: file)
            let marks = tell(
                "headings", file, draft.headings.map { "\(places($0.place)) \($0.mark.isEmpty ? "-" : $0.mark)" },
                headings.filter { $0[0] == file }.map { "\($0[1]) \($0[2])" })
            #expect(marks.missing == [] && marks.excess == [], "\(file)")
            let found = draft.lines.compactMap(\.quantity)
            let targets = tell(
                "targets ", file, found.map { "\(places($0.place)) \($0.place.text(in: text) ?? "")" },
                quantities.filter { $0.file == file && $0.role == "target" }.map { "\($0.place) \($0.written)" })
            #expect(targets.missing == [] && targets.excess == [], "\(file)")
            for quantity in found {
                let truth = quantities.first {
                    $0.file == file && $0.place == places(quantity.place) && $0.written == quantity.place.text(in: text)
                }
                #expect(truth?.value == quantity.value && truth?.unit == quantity.unit, "\(file) \(quantity)")
            }
        }
    }

    @Test("出处处处对得上原文") func places() throws {
        for row in try CityPlanTests.table("headings") {
            guard let text = text(row[0]) else { continue }
            let draft = PlanTextReader.read(text, title: "")
            for line in draft.lines { #expect(line.place.text(in: text)?.isEmpty == false) }
            break
        }
    }
}
