public import Foundation
public import Vocabulary

/// A school as an alliance knows it: code, name and county on the day it was written in.
public struct AllianceSchool: Hashable, Sendable {
    /// 学校标识码.
    public var code: String
    public var name: String
    public var county: String

    public init(code: String, name: String, county: String) {
        self.code = code
        self.name = name
        self.county = county
    }
}

/// Schools that work together: one leads, strong ones help, others are supported. Who was in it when stays for good.
public struct Alliance: Hashable, Sendable, Identifiable {
    /// A school's time in the alliance. Members are never taken out; they leave.
    public struct Member: Hashable, Sendable {
        public enum Role: String, Hashable, Sendable, CaseIterable {
            /// Helps beside the lead.
            case strong
            /// Is helped: in one alliance at a time.
            case supported

            public var label: LocalizedText {
                switch self {
                case .strong: LocalizedText(zh: "强校", en: "Strong school")
                case .supported: LocalizedText(zh: "成员校", en: "Supported school")
                }
            }
        }

        public var school: AllianceSchool
        public var role: Role
        /// Only this stage of the school; nil for the whole school.
        public var stage: Stage?
        public var from: Day
        /// The last day; nil while it is in.
        public var until: Day?
        /// Why it left.
        public var reason: String

        public init(_ school: AllianceSchool, _ role: Role, stage: Stage? = nil, from: Day, until: Day? = nil, reason: String = "") {
            self.school = school
            self.role = role
            self.stage = stage
            self.from = from
            self.until = until
            self.reason = reason
        }

        /// `清河学校（初中）` where only a stage is in.
        public var title: String { school.name + (stage.map { "（\($0.label.zh)）" } ?? "") }
        public func isIn(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }

        /// Whether both are in on a day that they share, with a stage that they share.
        func overlaps(_ other: Member) -> Bool {
            guard school.code == other.school.code, stage == nil || other.stage == nil || stage == other.stage else { return false }
            return (until.map { other.from <= $0 } ?? true) && (other.until.map { from <= $0 } ?? true)
        }
    }

    public var id: String
    public var name: String
    /// Whose office keeps it. Its schools may lie in others.
    public var county: String
    /// One of the catalogue's forms, by id.
    public var form: String
    public var lead: AllianceSchool
    public var founded: Day
    /// The last day; nil while it lasts.
    public var ended: Day?
    /// Why it ended.
    public var reason: String
    public var members: [Member]
    /// What a pairing that was adopted is told by; empty for what was made by hand.
    public var plan: String
    public var madeBy: String
    public var madeAt: Date
    /// Grows with every change, so that of two people changing it one is told.
    public var version: Int

    public init(
        id: String, name: String, county: String, form: String, lead: AllianceSchool, founded: Day, ended: Day? = nil, reason: String = "",
        members: [Member] = [], plan: String = "", madeBy: String, madeAt: Date, version: Int = 0
    ) {
        self.id = id
        self.name = name
        self.county = county
        self.form = form
        self.lead = lead
        self.founded = founded
        self.ended = ended
        self.reason = reason
        self.members = members
        self.plan = plan
        self.madeBy = madeBy
        self.madeAt = madeAt
        self.version = version
    }

    public func lasts(on day: Day) -> Bool { founded <= day && ended.map { day <= $0 } ?? true }
    public func members(on day: Day) -> [Member] { lasts(on: day) ? members.filter { $0.isIn(on: day) } : [] }
    /// Different schools on a day, the lead among them.
    public func size(on day: Day) -> Int { Set(members(on: day).map(\.school.code) + [lead.code]).count }
    /// Every school that was ever in it, the lead first.
    public var schools: [AllianceSchool] {
        members.map(\.school).reduce(into: [lead]) { found, school in
            if !found.contains(where: { $0.code == school.code }) { found.append(school) }
        }
    }
    public func school(_ code: String) -> AllianceSchool? { schools.first { $0.code == code } }
    public func isIn(_ code: String, on day: Day) -> Bool {
        lasts(on: day) && (code == lead.code || members.contains { $0.school.code == code && $0.isIn(on: day) })
    }
}
