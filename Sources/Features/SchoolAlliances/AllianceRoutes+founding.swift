internal import Alliances
internal import Foundation
internal import Hummingbird
internal import Indicators
internal import Pages
internal import Registry
internal import SiteMap
internal import Vocabulary

/// What makes new alliances: a form, a workbook, a pairing.
extension AlliancesDesk {
    func found(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepAlliances, in: county)
        let pairs = try await PostedForm.pairs(request)
        let fields = Dictionary(pairs.map { ($0.name, $0.value.trimmingCharacters(in: .whitespaces)) }) { _, last in last }
        let chosen = pairs.filter { $0.name == "member" }.map(\.value)
        let others = (fields["others"] ?? "").split { " ,，、;；\n\r\t".contains($0) }.map { String($0) }
        let wish = AllianceWish(
            name: fields["name"] ?? "", form: fields["form"] ?? "", lead: fields["lead"] ?? "",
            founded: Day(written: fields["founded"] ?? ""), members: (chosen + others).map { AllianceWish.Member($0) })
        do {
            let alliance = try await found(wish, in: county, visit).alliance
            return done(.founded(alliances: 1, schools: alliance.size(on: visit.today)), county, visit)
        } catch let refusal as AllianceRefusal {
            return try await list(county, request, visit, notice: refusal.messages, fields: fields, chosen: Set(chosen))
        }
    }

    func takeIn(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepAlliances, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            switch try await takeIn(upload.file, named: upload.name, in: county, visit) {
            case .taken(let made): return done(.taken(alliances: made.alliances, activities: made.activities), county, visit)
            case .refused(let sentences): return try await list(county, request, visit, notice: sentences)
            }
        } catch let refusal as AllianceRefusal {
            return try await list(county, request, visit, notice: Upload.first(of: refusal.messages))
        } catch let refusal as UploadRefusal {
            return try await list(county, request, visit, notice: [refusal.message])
        } catch let refusal as FileRefusal {
            return try await list(county, request, visit, notice: [refusal.description])
        }
    }

    private func done(_ done: AllianceDone, _ county: String, _ visit: Visit) -> Response {
        Answer.seeOther(SiteMap(Scope(year: visit.today.schoolYear)).alliances(county) + done.query)
    }

    private func adopted(_ made: [ToldAlliance], _ county: String, _ visit: Visit) -> Response {
        done(.adopted(alliances: made.count, schools: made.reduce(0) { $0 + $1.alliance.members.count }), county, visit)
    }

    private func founded(_ text: String?) throws -> Day {
        guard let founded = Day(written: text ?? "") else { throw AllianceRefusal("成立日期请写成 2026-03-01", .input) }
        return founded
    }

    func adopt(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepAlliances, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            let founded = try founded(upload.fields["founded"])
            let made = try await adopt(file: try Data(contentsOf: upload.file), in: county, founded: founded, visit)
            return adopted(made, county, visit)
        } catch let refusal as AllianceRefusal {
            return try await list(county, request, visit, notice: Upload.first(of: refusal.messages))
        } catch let refusal as UploadRefusal {
            return try await list(county, request, visit, notice: [refusal.message])
        }
    }

    func adoptPlan(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepAlliances, in: county)
        let fields = try await PostedForm.fields(request)
        do {
            let founded = try founded(fields["founded"])
            return adopted(try await adopt(plan: fields["plan"] ?? "", in: county, founded: founded, visit), county, visit)
        } catch let refusal as AllianceRefusal {
            return try await list(county, request, visit, notice: Upload.first(of: refusal.messages))
        }
    }
}
