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
        do {
            let alliance = try await alliance(county, fields, chosen, visit)
            try await store.change(of: alliance.id) { try $0.found([alliance], rules: rules, today: visit.today) }
            return done(.founded(alliances: 1, schools: alliance.size(on: visit.today)), county, visit)
        } catch let refusal as AllianceRefusal {
            return try await list(county, request, visit, notice: refusal.messages, fields: fields, chosen: Set(chosen))
        }
    }

    private func alliance(_ county: String, _ fields: [String: String], _ chosen: [String], _ visit: Visit) async throws -> Alliance {
        let book = try await schools()
        var complaints: [String] = []
        func school(_ text: String) -> AllianceSchool? {
            let school = book.find(text)
            if school == nil { complaints.append(book.missing(text)) }
            return school
        }
        let lead = school(fields["lead"] ?? "")
        let others = (fields["others"] ?? "").split { " ,，、;；\n\r\t".contains($0) }.map { String($0) }
        let members = (chosen + others).compactMap { school($0) }
        let founded = Day(written: fields["founded"] ?? "")
        if founded == nil { complaints.append("成立日期请写成 2026-03-01") }
        guard complaints.isEmpty, let lead, let founded else { throw AllianceRefusal(messages: complaints) }
        try requireSchools([lead] + members, county, visit)
        return Alliance(
            id: newID(), name: String((fields["name"] ?? "").prefix(60)), county: county, form: fields["form"] ?? "", lead: lead,
            founded: founded, members: members.map { Alliance.Member($0, .supported, from: founded) }, madeBy: visit.person.name,
            madeAt: now(), version: 1)
    }

    func takeIn(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepAlliances, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            let register = try readForm(upload.file, upload.name, AlliancesDesk.registerForm, visit.today.schoolYear)
            let activities = try readForm(upload.file, upload.name, AlliancesDesk.activityForm, visit.today.schoolYear)
            guard register != nil || activities != nil else {
                return try await list(county, request, visit, notice: ["工作簿里没有“教联体名册”或“教联体活动”这张表"])
            }
            var complaints = [register, activities].compactMap { $0?.complaints }.flatMap { $0 }.filter { $0.severity == .error }
                .map(\.description)
            var reading = AllianceReading(county: county, try await schools(), rules, by: visit.person.name, at: now(), newID: newID)
            if let register { reading.readRegister(register.table) }
            if let activities { reading.readActivities(activities.table, known: try await store.alliances()) }
            complaints += reading.complaints
            if complaints.isEmpty, reading.founded.isEmpty, reading.activities.isEmpty { complaints = ["表里没有填任何一行"] }
            guard complaints.isEmpty else { return try await list(county, request, visit, notice: Upload.first(of: complaints)) }
            try requireSchools(reading.founded.flatMap(\.schools), county, visit)
            try await write(reading, visit.today)
            return done(.taken(alliances: reading.founded.count, activities: reading.activities.count), county, visit)
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

    /// Both sheets or neither; what is refused is told with its cell.
    private func write(_ reading: AllianceReading, _ today: Day) async throws {
        let (founded, activities) = (reading.founded, reading.activities)
        try await store.change(of: nil) { register in
            do {
                try register.found(founded, rules: rules, today: today)
            } catch let refusal as AllianceRefusal {
                throw AllianceRefusal(messages: reading.placed(refusal, ofActivities: false))
            }
            do {
                try register.record(activities, rules: rules, today: today)
            } catch let refusal as AllianceRefusal {
                throw AllianceRefusal(messages: reading.placed(refusal, ofActivities: true))
            }
        }
    }

    func adopt(_ county: String, _ request: Request, _ visit: Visit) async throws -> Response {
        try visit.require(.keepAlliances, in: county)
        do {
            let upload = try await Upload.receive(request, into: uploads, sizeLimit: sizeLimit)
            defer { upload.discard() }
            guard let founded = Day(written: upload.fields["founded"] ?? "") else { throw AllianceRefusal("成立日期请写成 2026-03-01", .input) }
            let data = try Data(contentsOf: upload.file)
            let (book, known) = (try await schools(), try await store.alliances())
            let intake = try PairingIntake(
                data, county: county, book, known: known, rules: rules, founded: founded, by: visit.person.name, at: now(), newID: newID)
            let new = intake.alliances
            try await store.change(of: nil) { register in
                if let plan = new.first?.plan,
                    register.alliances.contains(where: { $0.plan == plan && $0.county == county && $0.ended == nil })
                {
                    throw AllianceRefusal("这份方案刚刚被采用过，不再重复登记", .stale)
                }
                try register.found(new, rules: rules, today: visit.today)
            }
            return done(.adopted(alliances: new.count, schools: new.reduce(0) { $0 + $1.members.count }), county, visit)
        } catch let refusal as AllianceRefusal {
            return try await list(county, request, visit, notice: Upload.first(of: refusal.messages))
        } catch let refusal as UploadRefusal {
            return try await list(county, request, visit, notice: [refusal.message])
        }
    }
}
