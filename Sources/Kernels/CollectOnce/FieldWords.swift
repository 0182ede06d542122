public import Definitions
internal import Vocabulary

/// The words by which two questions are known to ask for the same number: a `synonyms` document of the catalogue.
public struct FieldWords: Sendable {
    public static let documentKind = "synonyms"

    /// What a word in a question stands for.
    enum Meaning: Hashable, Sendable {
        /// Another way to write this.
        case same(String)
        /// Says nothing.
        case nothing
        case stage(Stage)
    }

    /// By first letter, the longest first.
    private var meanings: [Character: [(word: [Character], meaning: Meaning)]] = [:]
    /// The group of a unit: units of one group can be turned into each other.
    private var unitGroups: [String: String] = [:]
    private(set) var identifiers: Set<String> = []
    private(set) var formal: Set<String> = []
    private(set) var totals: Set<String> = []
    /// How alike two questions are, from which on they may be the same.
    private(set) var similarity = 1.0
    /// The least part of the known question that a shorter one has to be.
    private(set) var share = 1.0
    /// Letters a question needs before anything but equality counts.
    private(set) var shortest = Int.max

    /// Reads every `synonyms: collect-once` document; a bureau's own adds to the national one.
    public init(_ set: DefinitionSet, _ log: DiagnosticLog) {
        var lists: (identifiers: [String], formal: [String]) = ([], [])
        for definition in set.of(kind: FieldWords.documentKind) {
            let body = definition.body
            body.only(
                [
                    FieldWords.documentKind, "label", "source", "same", "fillers", "stages", "notStages", "units", "identifiers", "formal",
                    "totals", "likely",
                ], log)
            func texts(_ key: String) -> [String] { body[key]?.list.compactMap(\.text) ?? [] }
            for group in body["same"]?.list ?? [] { takeGroup(group.list.compactMap(\.text), group, log) }
            for word in texts("fillers") { add(word, .nothing) }
            for word in texts("notStages") { add(word, .same(PlainField.text(word))) }
            for (name, words) in body["stages"]?.entries ?? [] { takeStage(name, words, log) }
            for (name, words) in body["units"]?.entries ?? [] {
                for word in words.list.compactMap(\.text) { unitGroups[PlainField.text(word)] = name }
            }
            totals.formUnion(texts("totals").map(PlainField.text))
            lists.identifiers += texts("identifiers")
            lists.formal += texts("formal")
            takeLikely(body["likely"], log)
        }
        for first in meanings.keys { meanings[first]?.sort { $0.word.count > $1.word.count } }
        // Only now, when all words are known, are these brought to the same spelling as questions are.
        identifiers = Set(lists.identifiers.map { key($0).core })
        formal = Set(lists.formal.map { key($0).core })
    }

    private mutating func takeGroup(_ words: [String], _ node: DefinitionNode, _ log: DiagnosticLog) {
        guard words.count > 1, let first = words.first.map(PlainField.text) else {
            log.error("synonyms.group", at: node.place, "一组同义写法至少两个，第一个是统一的写法，如 [在校生, 在校学生]")
            return
        }
        for word in words { add(word, .same(first)) }
    }

    private mutating func takeStage(_ name: String, _ words: DefinitionNode, _ log: DiagnosticLog) {
        guard let stage = Stage(rawValue: name) else {
            log.error("synonyms.stage", at: words.place, "没有学段“\(name)”，可用：\(Stage.allCases.map(\.rawValue).joined(separator: "、"))")
            return
        }
        for word in words.list.compactMap(\.text) { add(word, .stage(stage)) }
    }

    private mutating func takeLikely(_ node: DefinitionNode?, _ log: DiagnosticLog) {
        guard let node else { return }
        node.only(["similarity", "share", "shortest"], log)
        similarity = node.requiredNumber("similarity", log)
        share = node.requiredNumber("share", log)
        shortest = Int(Swift.max(1, Swift.min(100, node.requiredNumber("shortest", log))))
    }

    private mutating func add(_ word: String, _ meaning: Meaning) {
        let letters = Array(PlainField.text(word))
        guard let first = letters.first else { return }
        meanings[first, default: []].append((letters, meaning))
    }

    /// The longest word that begins at a place.
    func word(at place: Int, of letters: [Character]) -> (length: Int, meaning: Meaning)? {
        for (word, meaning) in meanings[letters[place]] ?? [] where place + word.count <= letters.count {
            if letters[place..<place + word.count].elementsEqual(word) { return (word.count, meaning) }
        }
        return nil
    }

    /// nil for what is no unit.
    func group(ofUnit text: String) -> String? { unitGroups[PlainField.text(text)] }
}
