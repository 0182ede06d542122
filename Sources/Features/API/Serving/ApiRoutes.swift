internal import Foundation
internal import HTTPTypes
public import Hummingbird
internal import NIOCore
public import Pages
internal import Vocabulary

extension ApiDesk {
    /// Everything the interface can do. A new resource is a file of operations and a line here.
    var operations: [Operation] {
        standardOperations + countyOperations + unitOperations + spreadOperations + importOperations + snapshotOperations
            + rosterOperations + caseOperations + taskOperations + peopleOperations + accountOperations + sessionOperations
            + watchOperations
            + opennessOperations
            + inspectionOperations
            + rotationOperations
            + staffingOperations
            + allianceOperations
            + webhookOperations
            + rectificationOperations + rectificationEffectOperations + planOperations + cityPlanOperations + methodOperations
            + fundOperations
    }

    /// What every operation is called, by `METHOD /address`.
    public var titles: [String: String] {
        Dictionary(uniqueKeysWithValues: operations.map { ("\($0.method.rawValue) \(OpenAPI.prefix)\($0.path)", $0.title.zh) })
    }

    /// The interface's document.
    var document: JSON { OpenAPI(operations: operations, version: surroundings.version).document }

    /// Adds the interface, its document and its pages.
    public func addRoutes(to router: Router<PageContext>) {
        for operation in operations {
            router.on(RouterPath(OpenAPI.prefix + operation.routePath), method: operation.method) { request, context in
                try await Answering(desk: self, operation: operation).run(request, context)
            }
        }
        let document = ByteBuffer(bytes: document.bytes)
        router.get(RouterPath(OpenAPI.prefix + "/openapi.json")) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-cache"], body: .init(byteBuffer: document))
        }
        addReferenceRoutes(to: router)
        addTokenRoutes(to: router)
        addWebhookRoutes(to: router)
    }
}
