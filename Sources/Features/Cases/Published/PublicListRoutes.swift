public import Casework
internal import Foundation
internal import Hummingbird
public import Pages
internal import Registry
internal import Reporting
internal import Vocabulary

extension CasesDesk {
    func addPublished(to router: Router<PageContext>) {
        router.get("/lists") { _, context in
            let kinds = published(context.visit)
            let page = PublicListsPage(
                organisation: organisation,
                lists: kinds.map { PageFrame.Link($0.publication?.title.zh ?? "", CaseAddress.published($0.id)) }, hasLists: !kinds.isEmpty)
            return Answer.page(try templates.html(page, "public-lists"))
        }
        router.get("/lists/:kind") { request, context in try await publishedList(request, context) }
    }

    /// The kinds of cases of which something is published.
    public func published(_ visit: Visit) -> [CaseDefinition] { visible(visit).filter { $0.publication != nil } }

    /// The lines of a published list, the earliest first. Throws `PageMissing`.
    public func publishedEntries(
        _ kind: String, phase: CaseEntry.Phase?, year: Int?, county: String?, school: String?, _ visit: Visit
    ) async throws -> [CaseEntry] {
        guard published(visit).contains(where: { $0.id == kind }) else { throw PageMissing("没有这份公开的名单，可能链接有误") }
        return try await office.query.published(
            CasePublicFilter(definition: kind, phase: phase, today: visit.today, year: year, county: county, school: school))
    }

    private func publishedList(_ request: Request, _ context: PageContext) async throws -> Response {
        let (kinds, id, today) = (published(context.visit), context.segment("kind"), context.visit.today)
        guard let definition = kinds.first(where: { $0.id == id }), let publication = definition.publication else {
            throw PageMissing("没有这份公开的名单，可能链接有误")
        }
        let pageQuery = PageQuery(request.uri.query)
        let query = PublicListQuery(pageQuery)
        let entries = try await publishedEntries(
            id, phase: query.phase, year: query.year, county: query.county, school: query.school, context.visit)
        if pageQuery.exported == "list" { return try exportPublished(definition, publication, entries, today) }
        let counts = try await office.query.publishedCounts(id, year: query.year ?? today.year, besides: nil)
        let all = try await schools(nil)
        let table = countTable(publication, counts, all, query, today).map { $0.shown(pageQuery) }
        if pageQuery.exported == "counts", let table {
            return Answer.file(
                try papers.books.write(table.book(title: publication.title.zh, notes: [])), name: "\(table.caption).xlsx", type: Answer.xlsx
            )
        }
        let address = "\(context.scheme)://\(request.head.authority ?? "127.0.0.1")\(CaseAddress.published(id))"
        let years = Set(try await office.query.publishedYears(id) + [today.year]).sorted(by: >)
        let material = PublicListPage.Material(
            definition: definition, publication: publication, query: query, entries: entries, years: years, counts: counts, schools: all,
            address: address, code: papers.code(address), others: kinds.filter { $0.id != id },
            otherwise: publication.otherwise.flatMap { office.definitions.current($0, on: today) }
                .flatMap { mayTell($0, context.visit) ? $0 : nil })
        return Answer.page(try templates.html(PublicListPage(self, material, counts: table, today), "public-list"))
    }

    /// Who is not logged in is asked to, and then may or may not.
    private func mayTell(_ definition: CaseDefinition, _ visit: Visit) -> Bool {
        visit.person.id.isEmpty || openable(visit).contains { $0.id == definition.id }
    }

    /// Exactly what is on the list, every published answer in a column of its own.
    private func exportPublished(
        _ definition: CaseDefinition, _ publication: CasePublication, _ entries: [CaseEntry], _ today: Day
    ) throws -> Response {
        let asked = publication.fields.compactMap { definition.field($0) }
        let table = DataTable(
            "list", publication.title.zh,
            columns: [
                .init("number", "编号"), .init("title", "事由"), .init("phase", "状态"), .init("from", "开始"), .init("until", "结束"),
                .init("place", "范围"),
            ] + asked.map { .init($0.id, $0.label.zh) },
            rows: entries.map { entry in
                let words = Dictionary(entry.words.map { ($0.field, $0.text) }) { first, _ in first }
                return [
                    .init(entry.number), .init(entry.title), .init(entry.phase(today).label.zh), .init(entry.from.description),
                    .init(entry.until?.description ?? ""), .init(PublicListPage.place(entry, publication)),
                ] + asked.map { DataTable.Cell(words[$0.id] ?? "") }
            })
        let book = table.shown(PageQuery()).book(title: publication.title.zh, notes: [publication.lead, "截至\(today.chinese)"])
        return Answer.file(try papers.books.write(book), name: "\(publication.title.zh).xlsx", type: Answer.xlsx)
    }

    /// How often each school was reached in the year; of the county asked for every school, else those that were.
    private func countTable(
        _ publication: CasePublication, _ counts: CasePublicCounts, _ schools: [CaseSchool], _ query: PublicListQuery, _ today: Day
    ) -> DataTable? {
        guard publication.schools != nil, let limit = publication.limit, limit.each == .school else { return nil }
        let rows = schools.filter { query.county == nil || $0.county == query.county }
            .map { ($0, counts.count(of: $0.code, in: $0.county)) }
            .filter { query.county != nil || $0.1 > 0 }
            .sorted { ($1.1, $0.0.county, $0.0.name) < ($0.1, $1.0.county, $1.0.name) }
        guard !rows.isEmpty else { return nil }
        return DataTable(
            "counts", "\(query.year ?? today.year)年每校次数",
            columns: [
                .init("school", "学校"), .init("county", "县（市、区）", isTight: true), .init("count", "已批准", .number(0)),
                .init("most", "上限", .number(0)), .init("light", "余量", isTight: true),
            ],
            rows: rows.map { school, count in
                [
                    .init(school.name), .init(school.county), .init(Double(count)), .init(Double(limit.most)),
                    .init(CasesDesk.room(count, limit.most)),
                ]
            })
    }

    private static func room(_ count: Int, _ most: Int) -> Light {
        if count > most { return Light(word: "超过上限", shape: "■", style: "notmet") }
        return count == most
            ? Light(word: "已满", shape: "▲", style: "warning") : Light(word: "还可\(most - count)次", shape: "●", style: "met")
    }
}

/// Every published list.
struct PublicListsPage: Sendable {
    let organisation: String
    let lists: [PageFrame.Link]
    let hasLists: Bool
}
