internal import Indicators
internal import Vocabulary

/// A first report, or a correction beside the frozen one.
struct OpenSnapshot {
    let id: SnapshotID
    let county: String
    let year: SchoolYear
    let forms: [String]
    let reason: String
    let by: Signature

    func run(_ connection: any SQLConnection) throws -> Snapshot {
        _ = try DataRevision.next(connection)
        if let tooLong = Snapshot.complaint(reason) { throw tooLong }
        let latest = try SnapshotTable.latest(year, county: county, isFrozen: false, connection).first
        if let latest, latest.state != .frozen {
            throw StoreRefusal(.state, "\(latest.title)已经有一份在办，现在是“\(latest.state.label.zh)”，不用再开")
        }
        if let latest, reason.allSatisfy(\.isWhitespace) {
            throw StoreRefusal(.state, "\(latest.title)已经冻结。另开新版更正，要写明更正的理由")
        }
        try connection.execute(
            "INSERT INTO snapshot (id, county, school_year, number, state) VALUES ($1, $2, $3, $4, 'draft')",
            [.text(id), .text(county), .integer(year.start), .integer((latest?.number ?? 0) + 1)])
        for form in Set(forms) {
            try connection.execute("INSERT INTO snapshot_form (snapshot_id, form) VALUES ($1, $2)", [.text(id), .text(form)])
        }
        try SnapshotTable.write(SnapshotStep(.open, to: .draft, by, reason: reason), number: 0, to: id, connection)
        return try SnapshotTable.snapshot(id, connection)
    }
}
