internal import HTTPTypes
internal import Registry
internal import Vocabulary

extension ApiDesk {
    /// A list the store hands out by places.
    func paged<Item>(
        _ path: String, _ id: String, _ group: Operation.Group, _ title: LocalizedText, _ parameters: [Parameter], _ shape: Shape<Item>,
        _ items: @escaping @Sendable (Call, _ from: Int, _ limit: Int) async throws -> [Item]
    ) -> Operation {
        Operation(
            method: .get, path: path, id: id, group: group, title: title, needs: .duty(.look), parameters: parameters,
            success: .json(status: 200, Paging.schema(shape.schema)), isPaged: true
        ) { call in
            let paging = try Paging(call)
            let found = try await items(call, paging.from, paging.limit + 1)
            let page = found.prefix(paging.limit)
            let next = found.count > page.count ? paging.cursor(key: "", place: paging.from + page.count - 1) : nil
            return Reply(Paging.json(page.map(shape.write), count: nil, next: next), next: next)
        }
    }
}
