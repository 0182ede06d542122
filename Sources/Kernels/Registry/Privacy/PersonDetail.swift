public import Foundation
public import Vocabulary

/// What is kept of a person beside the account. Empty texts are values nobody gave.
public struct PersonDetail: Hashable, Sendable {
    public var person: PersonID
    public var mobile: String
    public var idNumber: String
    public var changedAt: Date
    public var changedBy: PersonID

    public init(person: PersonID, mobile: String = "", idNumber: String = "", changedAt: Date, changedBy: PersonID) {
        self.person = person
        self.mobile = mobile
        self.idNumber = idNumber
        self.changedAt = changedAt
        self.changedBy = changedBy
    }

    /// The values in their normal form, and what is wrong with them in the user's words.
    public func checked() -> (detail: PersonDetail, complaints: [String]) {
        var copy = self
        copy.mobile = PersonalKind.mobile.normal(mobile)
        copy.idNumber = PersonalKind.idNumber.normal(idNumber)
        var complaints: [String] = []
        if !mobile.isEmpty, let complaint = PersonalKind.mobile.complaint(copy.mobile) { complaints.append(complaint) }
        if !idNumber.isEmpty, let complaint = PersonalKind.idNumber.complaint(copy.idNumber) { complaints.append(complaint) }
        return (copy, complaints)
    }
}

/// Somebody's leave to see one person's values in clear, for a purpose and a few minutes.
public struct Unmasking: Hashable, Sendable, Identifiable {
    /// Minutes it lasts.
    public static let minutes = 10
    /// Fewest characters of a purpose worth reading later.
    public static let purposeLength = 4

    public var id: String
    public var viewer: PersonID
    public var session: String
    public var person: PersonID
    public var purpose: String
    public var begunAt: Date
    public var endsAt: Date

    public init(id: String, viewer: PersonID, session: String, person: PersonID, purpose: String, begunAt: Date) {
        self.init(
            id: id, viewer: viewer, session: session, person: person, purpose: purpose, begunAt: begunAt,
            endsAt: begunAt.addingTimeInterval(Double(Unmasking.minutes) * 60))
    }

    public init(id: String, viewer: PersonID, session: String, person: PersonID, purpose: String, begunAt: Date, endsAt: Date) {
        self.id = id
        self.viewer = viewer
        self.session = session
        self.person = person
        self.purpose = purpose
        self.begunAt = begunAt
        self.endsAt = endsAt
    }
}

/// A person's word to a notice.
public struct Consent: Hashable, Sendable, Identifiable {
    public var id: String
    public var person: PersonID
    /// The notice's id, version, and SHA-256 of its text.
    public var notice: String
    public var version: String
    public var digest: String
    public var givenAt: Date
    public var withdrawnAt: Date?

    public init(id: String, person: PersonID, notice: String, version: String, digest: String, givenAt: Date, withdrawnAt: Date? = nil) {
        self.id = id
        self.person = person
        self.notice = notice
        self.version = version
        self.digest = digest
        self.givenAt = givenAt
        self.withdrawnAt = withdrawnAt
    }
}

/// Why a person's data may not be erased for now.
public struct LegalHold: Hashable, Sendable {
    public var person: PersonID
    public var reason: String
    public var setBy: PersonID
    public var setAt: Date

    public init(person: PersonID, reason: String, setBy: PersonID, setAt: Date) {
        self.person = person
        self.reason = reason
        self.setBy = setBy
        self.setAt = setAt
    }
}

/// Everything one table holds of a person.
public struct Holding: Hashable, Sendable {
    public var register: String
    /// Columns in the order of the inventory.
    public var columns: [String]
    /// Values as texts; nil where there is none.
    public var rows: [[String?]]

    public init(register: String, columns: [String], rows: [[String?]]) {
        self.register = register
        self.columns = columns
        self.rows = rows
    }
}

/// Personal details with who may see them, and a person's own rights.
public protocol PersonalStore: Sendable {
    func detail(of person: PersonID) async throws -> PersonDetail?
    func details() async throws -> [PersonDetail]
    /// Throws `AccountRefusal` when the mobile or the document is another person's, or there is no such person.
    func setDetail(_ detail: PersonDetail) async throws
    /// Whose value it is, found by the keyed index.
    func people(with value: String, _ kind: PersonalKind) async throws -> [PersonID]

    func begin(_ unmasking: Unmasking) async throws
    /// The one that holds now.
    func unmasking(of person: PersonID, by viewer: PersonID, session: String, at: Date) async throws -> Unmasking?
    /// Everyone who saw a person's values in clear, newest first.
    func unmaskings(of person: PersonID) async throws -> [Unmasking]

    func consents(of person: PersonID) async throws -> [Consent]
    /// A second word to the same version changes nothing.
    func give(_ consent: Consent) async throws
    func withdraw(_ id: String, of person: PersonID, at: Date) async throws

    func hold(on person: PersonID) async throws -> LegalHold?
    func setHold(_ hold: LegalHold) async throws
    func liftHold(on person: PersonID) async throws

    /// Everything the inventory says is held of a person.
    func holdings(of person: PersonID) async throws -> [Holding]
    /// Destroys what the inventory says is to be destroyed; the account stays as a nameless stub that nobody can log in with.
    /// Throws `AccountRefusal` while there is a hold, and for the last who manages accounts.
    func erase(_ person: PersonID, today: Day) async throws
}

extension AccountRefusal {
    public static let mobileTaken = AccountRefusal("这个手机号已经登记在另一个人名下，请核对")
    public static let idNumberTaken = AccountRefusal("这个证件号码已经登记在另一个人名下，请核对")
    /// The name of somebody whose data were erased.
    public static let erasedName = "已删除的人员"
}
