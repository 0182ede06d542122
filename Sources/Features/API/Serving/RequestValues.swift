internal import Foundation
internal import Hummingbird
internal import Pages

/// What a request says in its address, held against the operation's declaration.
struct RequestValues: Sendable {
    let values: [String: JSON]

    /// Throws a problem that names every wrong parameter.
    init(_ operation: Operation, _ request: Request, _ context: PageContext) throws {
        var values: [String: JSON] = [:]
        var complaints: [Problem.Complaint] = []
        let query = PageQuery(request.uri.query).items
        let declared = operation.allParameters
        for item in query where !declared.contains(where: { $0.place == .query && $0.name == item.name }) {
            let names = declared.filter { $0.place == .query }.map(\.name).joined(separator: "、")
            throw Problem(
                .unknownParameter, "没有参数“\(item.name.prefix(60))”\(names.isEmpty ? "" : "，可用：\(names)")", "There is no such parameter",
                complaints: [Problem.Complaint(pointer: String(item.name.prefix(60)), zh: "没有这个参数", en: "is not known")])
        }
        for parameter in declared {
            let given: [String]
            switch parameter.place {
            case .path: given = [context.segment(parameter.name)]
            case .query: given = query.filter { $0.name == parameter.name }.map(\.value)
            // Headers are read where they are used.
            case .header: continue
            }
            guard let text = given.first else {
                if parameter.isRequired { complaints.append(Problem.Complaint(pointer: parameter.name, zh: "缺少", en: "is missing")) }
                continue
            }
            guard given.count == 1, let value = parameter.schema.value(of: text) else {
                let (zh, en) = given.count > 1 ? ("只能写一次", "is given twice") : ("写法不对", "is not written as it should be")
                complaints.append(Problem.Complaint(pointer: parameter.name, zh: zh, en: en))
                continue
            }
            complaints += parameter.schema.complaints(value).map {
                Problem.Complaint(pointer: parameter.name + $0.pointer, zh: $0.zh, en: $0.en)
            }
            values[parameter.name] = value
        }
        guard complaints.isEmpty else {
            throw Problem(
                .parameter, complaints.map { "\($0.pointer)\($0.zh)" }.joined(separator: "；"),
                complaints.map { "\($0.pointer) \($0.en)" }.joined(separator: "; "), complaints: complaints)
        }
        self.values = values
    }

    private static let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,")

    /// Path and filters, without what turns pages.
    static func listing(_ request: Request) -> String {
        let items = PageQuery(request.uri.query).items.filter { !["cursor", "limit", "fields"].contains($0.name) }
        return request.uri.path + "?" + items.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "&")
    }

    /// The address of another page of the same list.
    static func address(_ request: Request, cursor: String) -> String {
        let items = PageQuery(request.uri.query).items.filter { $0.name != "cursor" }.map { ($0.name, $0.value) } + [("cursor", cursor)]
        return request.uri.path + "?"
            + items.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: plain) ?? "")" }.joined(separator: "&")
    }
}
