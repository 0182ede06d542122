internal import Foundation
public import Indicators
internal import Registry
internal import SQLiteDriver
internal import Storage
public import Vault
internal import Vocabulary

/// The catalogue results come from, with the digest of its files.
public struct CatalogueInForce: Sendable {
    public var catalogue: IndicatorCatalogue
    public var digest: String
    /// The keys the audit is held against; nil where there are none.
    let keys: (any AuditKeys)?

    public init(catalogue: IndicatorCatalogue, digest: String, keys: PersonalVault? = nil) {
        self.catalogue = catalogue
        self.digest = digest
        self.keys = keys
    }
}

/// Takes the proof of a copy of a database: every evaluation, every seal, the chain of the audit.
struct InstallationProof {
    let inForce: CatalogueInForce

    /// Opens the file, which brings an older schema up to date: a copy, never the original.
    func take(_ copy: URL) async throws -> BackupProof {
        let storage = try await Storage(SQLiteDriver(path: copy.path))
        let audit = try await storage.audit(hash: { Sha256.hex($0) }, keys: inForce.keys).verify()
        let (sealed, broken) = try await seals(storage)
        return BackupProof(
            catalogue: inForce.digest, results: try await results(storage), seals: sealed, brokenSeals: broken, auditCount: audit.count,
            auditHead: audit.head, auditProblem: audit.broken.map { "第\($0)条起不可信：\(audit.reason)" } ?? "")
    }

    private func results(_ storage: Storage) async throws -> [BackupProof.Result] {
        let evaluations = StoreEvaluations(returns: storage.returns, snapshots: storage.snapshots, catalogue: inForce.catalogue)
        var results: [BackupProof.Result] = []
        for (standard, years) in try await evaluations.availability().sorted(by: { $0.key < $1.key }) {
            for year in years {
                for view in DataView.allCases {
                    guard let evaluated = try await evaluations.evaluated(standard, year, view) else { continue }
                    var digest = Sha256()
                    try EvaluationJSON(evaluated.result).write { digest.update($0) }
                    results.append(.init(standard: standard, year: year.start, view: view.rawValue, sha256: digest.hex()))
                }
            }
        }
        return results
    }

    private func seals(_ storage: Storage) async throws -> ([BackupProof.Seal], [String]) {
        var (seals, broken): ([BackupProof.Seal], [String]) = ([], [])
        for newest in try await storage.snapshots.latest(nil, county: nil) {
            for snapshot in try await storage.snapshots.versions(county: newest.county, newest.schoolYear) where snapshot.seal != nil {
                let check = try await storage.snapshots.verify(snapshot.id) { Sha256.hex($0) }
                seals.append(.init(title: snapshot.title, sha256: check.found))
                if check.found != check.expected { broken.append(snapshot.title) }
            }
        }
        return (seals.sorted { $0.title < $1.title }, broken.sorted())
    }
}
