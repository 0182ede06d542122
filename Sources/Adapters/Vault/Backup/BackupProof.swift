/// What an installation says, in short: whatever a restored copy must say again.
public struct BackupProof: Codable, Sendable, Equatable {
    /// One evaluation as its JSON file would be.
    public struct Result: Codable, Sendable, Equatable {
        public var standard: String
        /// First year of the school year.
        public var year: Int
        /// `official` or `live`.
        public var view: String
        public var sha256: String

        public init(standard: String, year: Int, view: String, sha256: String) {
            self.standard = standard
            self.year = year
            self.view = view
            self.sha256 = sha256
        }
    }

    /// One frozen report with the SHA-256 taken anew of its rows.
    public struct Seal: Codable, Sendable, Equatable {
        public var title: String
        public var sha256: String

        public init(title: String, sha256: String) {
            self.title = title
            self.sha256 = sha256
        }
    }

    /// Results come from rows and catalogue: with another catalogue they need not be the same.
    public var catalogue: String
    public var results: [Result]
    public var seals: [Seal]
    /// Seals that no longer fit their rows, by title.
    public var brokenSeals: [String]
    public var auditCount: Int
    public var auditHead: String
    /// What is wrong with the chain of the audit; empty when nothing is.
    public var auditProblem: String

    public init(
        catalogue: String, results: [Result], seals: [Seal], brokenSeals: [String], auditCount: Int, auditHead: String, auditProblem: String
    ) {
        self.catalogue = catalogue
        self.results = results
        self.seals = seals
        self.brokenSeals = brokenSeals
        self.auditCount = auditCount
        self.auditHead = auditHead
        self.auditProblem = auditProblem
    }
}
