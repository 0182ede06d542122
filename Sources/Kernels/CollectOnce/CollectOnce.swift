internal import Vocabulary

/// Collect once: holds the questions of a new form against everything an installation already holds.
public struct CollectOnce: Sendable {
    /// Places told for one question.
    public static let shown = 3
    /// More questions than this are more than one form.
    public static let most = 200

    private let words: FieldWords
    private let facts: [HeldFact]
    /// Places of `facts` by core.
    private var exact: [String: [(fact: Int, key: FieldKey)]] = [:]
    /// Keys anything may be likened to, each once.
    private var alike: [(fact: Int, key: FieldKey, pairs: [String])] = []

    public init(_ facts: [HeldFact], words: FieldWords) {
        self.words = words
        self.facts = facts
        var seen: Set<FieldKey> = []
        for (place, fact) in facts.enumerated() {
            var own: Set<FieldKey> = []
            for name in [fact.name] + fact.spellings {
                var key = words.key(name, unit: fact.unit)
                if let stage = fact.stage { key.stages = [stage] }
                guard !key.core.isEmpty, own.insert(key).inserted else { continue }
                exact[key.core, default: []].append((place, key))
                // A header that does not say 数 is understood as it stands, too.
                var plain = words.key(name)
                plain.stages = key.stages
                plain.unit = key.unit
                if own.insert(plain).inserted { exact[plain.core, default: []].append((place, plain)) }
                if fact.holder.kind != .casework, seen.insert(key).inserted { alike.append((place, key, CollectOnce.pairs(key.core))) }
            }
        }
    }

    /// One answer for every question, in the order asked.
    public func check(_ fields: [AskedField]) -> [FieldMatch] { fields.map(check) }

    private func check(_ field: AskedField) -> FieldMatch {
        let (strong, weak) = words.keys(field.text, unit: field.unit)
        if strong.contains(where: { words.formal.contains($0.core) }) { return FieldMatch(field: field, verdict: .formal, facts: []) }
        let (same, near) = equal(strong)
        let known = strong.map(\.core) + same.map { words.key(facts[$0].name).core }
        if known.contains(where: words.identifiers.contains) {
            return FieldMatch(field: field, verdict: .identifier, facts: best(same + near))
        }
        if !same.isEmpty { return FieldMatch(field: field, verdict: .held, facts: best(same)) }
        let (last, alsoLast) = equal(weak)
        let likely = near + last + alsoLast
        if !likely.isEmpty { return FieldMatch(field: field, verdict: .likely, facts: best(likely)) }
        let alike = resembling(strong)
        return FieldMatch(field: field, verdict: alike.isEmpty ? .new : .likely, facts: best(alike))
    }

    /// Facts with the same words: those of the same stage, and those of another or of one event only.
    private func equal(_ keys: [FieldKey]) -> (same: [Int], near: [Int]) {
        var (same, near): ([Int], [Int]) = ([], [])
        for key in keys {
            for (fact, other) in exact[key.core] ?? [] where key.agrees(with: other) {
                let isEvent = facts[fact].holder.kind == .casework
                if isEvent, key.core.count < words.shortest + 1 { continue }
                if key.stages == other.stages, key.isCount == other.isCount, !isEvent { same.append(fact) } else { near.append(fact) }
            }
        }
        return (same, near)
    }

    /// Facts whose words hold the question at their end, or have most pairs of letters in common with it.
    private func resembling(_ keys: [FieldKey]) -> [Int] {
        var found: [(fact: Int, degree: Double)] = []
        for key in keys where key.core.count >= words.shortest {
            let own = CollectOnce.pairs(key.core)
            for (fact, other, pairs) in alike where key.agrees(with: other) && (key.stages.isEmpty || key.stages == other.stages) {
                let share = Double(key.core.count) / Double(Swift.max(other.core.count, 1))
                if other.core.hasSuffix(key.core), share >= words.share {
                    found.append((fact, share))
                } else if other.core.count >= words.shortest, case let degree = CollectOnce.likeness(own, pairs), degree >= words.similarity
                {
                    found.append((fact, degree))
                }
            }
        }
        return found.sorted { ($1.degree, $0.fact) < ($0.degree, $1.fact) }.map(\.fact)
    }

    /// Each holder once: those with rows first, returns before indicators, otherwise in the order found.
    private func best(_ places: [Int]) -> [HeldFact] {
        var (seen, found): (Set<FactHolder>, [HeldFact]) = ([], [])
        for place in places where seen.insert(facts[place].holder).inserted { found.append(facts[place]) }
        let ranked = found.enumerated().map { place, fact in
            (fact.holder.rows > 0 ? 0 : 1, FactHolder.Kind.allCases.firstIndex(of: fact.holder.kind) ?? 0, place, fact)
        }.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
        return ranked.prefix(CollectOnce.shown).map { $0.3 }
    }

    private static func pairs(_ text: String) -> [String] {
        let letters = Array(text)
        return letters.count < 2 ? [text] : (0..<letters.count - 1).map { String(letters[$0...$0 + 1]) }
    }

    /// Dice's measure: twice what both have, by what they have together.
    private static func likeness(_ left: [String], _ right: [String]) -> Double {
        var rest = right
        var common = 0
        for pair in left { if let place = rest.firstIndex(of: pair) { rest.remove(at: place); common += 1 } }
        return 2 * Double(common) / Double(Swift.max(left.count + right.count, 1))
    }
}

extension [FieldMatch] {
    /// Questions that are held already: with one of them the form is refused.
    public var held: [FieldMatch] { filter { $0.verdict == .held } }
}
