public import CollectOnce
internal import Foundation
internal import Vocabulary

/// What a collect-once check found, as JSON.
public struct CollectionJSON: Encodable, Sendable {
    struct Field: Encodable {
        var field: String
        var verdict: String
        var held: [Held]
    }
    struct Held: Encodable {
        var name: String
        var kind: String
        var id: String
        var label: String
        var year: Int?
        var rows: Int
    }

    let file: String
    let refused: Bool
    let counts: [String: Int]
    let fields: [Field]

    public init(file: String, _ matches: [FieldMatch]) {
        self.file = file
        refused = !matches.held.isEmpty
        var counts = Dictionary(uniqueKeysWithValues: FieldMatch.Verdict.allCases.map { ($0.rawValue, 0) })
        for match in matches { counts[match.verdict.rawValue, default: 0] += 1 }
        self.counts = counts
        fields = matches.map { match in
            Field(
                field: match.field.text, verdict: match.verdict.rawValue,
                held: match.facts.map { fact in
                    Held(
                        name: fact.name, kind: fact.holder.kind.rawValue, id: fact.holder.id, label: fact.holder.label,
                        year: fact.holder.newest?.start, rows: fact.holder.rows)
                })
        }
    }

    public var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
