import Foundation
import HTTPTypes
import Hummingbird
import Registry
import Testing
import Vocabulary

@testable import API
@testable import Assembly

@Suite("接口文件与路由是同一回事") struct ApiDocumentTests {
    private func server(_ desk: Desk) -> WebServer {
        WebServer(
            desk.installation, people: MachineOperator(), isDemo: false, python: "python3", organisation: "示范市教育局",
            today: { Day(year: 2025, month: 10, day: 1) })
    }

    @Test("文件里的每个操作都有路由，每条路由都在文件里") func same() async throws {
        let desk = try await Desk()
        defer { withExtendedLifetime(desk) {} }
        let server = server(desk)
        let routes = Set(
            try server.router().routes.filter { "\($0.path)".hasPrefix("/api/v1/") && $0.method != .head }
                .map { "\($0.method.rawValue) \($0.path)" })
        let document = try #require(try JSONSerialization.jsonObject(with: Data(try server.api().document.bytes)) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: Any]])
        let declared = Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) /api/v1\(path)" } })
        #expect(routes == declared.union(["GET /api/v1/openapi.json"]))
        #expect(declared.count > 40)
    }

    @Test("操作编号不重，地址里的名字都有参数，引用都有着落") func whole() async throws {
        let desk = try await Desk()
        defer { withExtendedLifetime(desk) {} }
        let api = try server(desk).api()
        #expect(Set(api.operations.map(\.id)).count == api.operations.count)
        for operation in api.operations {
            let names = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
            #expect(Set(names) == Set(operation.parameters.filter { $0.place == .path }.map(\.name)), "\(operation.id)")
            if case .json(let schema, let example) = operation.body { #expect(schema.complaints(example).isEmpty, "\(operation.id)") }
            for parameter in operation.parameters {
                guard let example = parameter.example else { continue }
                #expect(parameter.schema.complaints(example).isEmpty, "\(operation.id) \(parameter.name)")
            }
        }
        let text = String(decoding: api.document.bytes, as: UTF8.self)
        let schemas = try #require(api.document["components"]?["schemas"])
        for match in text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/) { #expect(schemas[String(match.1)] != nil, "\(match.1)") }
        // Two schemas of one name would silently be one.
        for problem in Problem.Kind.allCases { #expect((400..<600).contains(problem.status) && !problem.title.en.isEmpty) }
    }
}
