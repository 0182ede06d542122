internal import Vocabulary
internal import Yams

/// One definition: its kind is the first key of its document, its id that key's value.
///
///     indicator: teaching-area-per-pupil
///     label: { zh: 生均教学及辅助用房面积, en: Teaching area per pupil }
public struct Definition {
    public let kind: String
    public let id: String
    public let layer: Int
    public let body: DefinitionNode
}

/// All definitions of a catalogue, read but not yet compiled. Kernels compile the kinds they own.
public struct DefinitionSet {
    public private(set) var definitions: [Definition] = []

    /// Reads files into definitions; a file may hold several documents separated by `---`.
    public init(_ files: [DefinitionFile], _ log: DiagnosticLog) {
        for file in files {
            for node in DefinitionSet.documents(file, log) {
                let body = DefinitionNode(node: node, file: file.path, path: "")
                guard body.isMapping, let kind = body.keys.first else {
                    let colon = YamlComplaint.chineseColon(file, body.place).map { "；第\($0)行的冒号是中文“：”，请改成英文冒号加一个空格" } ?? ""
                    log.error(
                        "definition.document", at: body.place, "每份定义以“种类: 编号”开头，例如 indicator: teaching-area-per-pupil\(colon)")
                    continue
                }
                guard let id = body[kind]?.text, !id.isEmpty else {
                    log.error("definition.id", at: body.place, "“\(kind)”后面要写编号")
                    continue
                }
                definitions.append(Definition(kind: kind, id: id, layer: file.layer, body: body))
            }
        }
        checkDuplicates(log)
    }

    public func of(kind: String) -> [Definition] { definitions.filter { $0.kind == kind } }

    /// Complains about kinds nobody compiles: a typing mistake in the first key.
    public func only(kinds: Set<String>, _ log: DiagnosticLog) {
        for definition in definitions where !kinds.contains(definition.kind) {
            let hint = DefinitionNode.nearest(definition.kind, among: kinds).map { "，是否想写“\($0)”？" }
            log.error(
                "definition.kind", at: definition.body.place,
                "不认识的定义种类“\(definition.kind)”\(hint ?? "。可用：\(kinds.sorted().joined(separator: "、"))")")
        }
    }

    /// Complains about definitions of a higher layer that take the id of a lower one: an overlay would replace a rule unseen.
    public func refuseRedefinitions(_ log: DiagnosticLog) {
        var lowest: [String: Definition] = [:]
        for definition in definitions where definition.kind != "tighten" {
            let key = "\(definition.kind)/\(definition.id)"
            guard let first = lowest[key] else {
                lowest[key] = definition
                continue
            }
            guard first.layer < definition.layer else { continue }
            log.error(
                "overlay.redefines", at: definition.body.place,
                "“\(definition.id)”是上级目录的编号（\(first.body.place)），地方目录不能重新定义；新增内容请换编号，加严标准请用 tighten")
        }
    }

    private static func documents(_ file: DefinitionFile, _ log: DiagnosticLog) -> [Yams.Node] {
        do {
            var nodes: [Yams.Node] = []
            // The sequence ends at a mistake and keeps it; a `for` loop would lose the copy that knows.
            var documents = try Yams.compose_all(yaml: file.text)
            while let node = documents.next() { nodes.append(node) }
            if let error = documents.error { throw error }
            return nodes
        } catch {
            let complaint = YamlComplaint(error, file)
            log.error("definition.yaml", at: complaint.place, complaint.message)
        }
        return []
    }

    private func checkDuplicates(_ log: DiagnosticLog) {
        var seen: [String: Diagnostic.Place] = [:]
        for definition in definitions {
            // Of what bears a version, several may stand side by side.
            let version = definition.body["version"]?.text.map { "@\($0)" } ?? ""
            let key = "\(definition.layer)/\(definition.kind)/\(definition.id)\(version)"
            if let first = seen[key] {
                log.error("definition.duplicate", at: definition.body.place, "“\(definition.id)”已在 \(first) 定义过")
            }
            seen[key] = definition.body.place
        }
    }
}
