public import Vocabulary

/// A month of a year.
public struct Month: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// Months since the year 0.
    public var number: Int

    public init(_ year: Int, _ month: Int) { number = year * 12 + month - 1 }
    private init(number: Int) { self.number = number }

    /// `2016-09`, `2016年9月`, `201609`; nil for anything else.
    public init?(text: String) {
        let runs = text.split { !$0.isASCII || !$0.isNumber }
        guard let first = runs.first, let year = Int(first.prefix(4)), (1900...2200).contains(year) else { return nil }
        let second = first.count == 6 || first.count == 8 ? first.dropFirst(4).prefix(2) : first.count == 4 ? runs.dropFirst().first : nil
        guard let month = second.flatMap({ Int($0) }), (1...12).contains(month) else { return nil }
        self.init(year, month)
    }

    public var year: Int { number / 12 }
    public var month: Int { number % 12 + 1 }
    public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    public static func + (month: Month, months: Int) -> Month { Month(number: month.number + months) }
    public static func - (left: Month, right: Month) -> Int { left.number - right.number }
    public static func < (left: Month, right: Month) -> Bool { left.number < right.number }
}

/// When people retire, as the law of 2024 raises the age month by month.
public struct RetirementRules: Sendable, Hashable {
    /// People whose age rises alike.
    public struct Group: Sendable, Hashable, Identifiable {
        public var id: String
        public var label: String
        public var sex: String
        /// Kinds of work and titles it holds for; empty for all.
        public var categories: [String]
        public var titles: [String]
        /// The age before the law, and the one it ends at.
        public var age: Int
        /// One month more for every so many months.
        public var step: Int
        public var most: Int
    }

    public var document = ""
    public var adopted: Day?
    /// Who would have retired from this month on retires later.
    public var from = Month(0, 1)
    /// Months by which people may go before, though never below the old age.
    public var early = 0
    public var groups: [Group] = []

    public init() {}

    /// The first group that fits; nil where the sex is not told.
    public func group(_ member: StaffMember) -> Group? {
        groups.first { group in
            group.sex == member.sex && (group.categories.isEmpty || group.categories.contains(member.category))
                && (group.titles.isEmpty || group.titles.contains(member.title))
        }
    }

    /// The month in which somebody reaches the age of retirement.
    public func month(born: Month, _ group: Group) -> Month {
        let old = born + group.age * 12
        guard old >= from else { return old }
        return old + Swift.min((old - from) / group.step + 1, (group.most - group.age) * 12)
    }

    /// The month from which somebody may go by choice.
    public func earliest(born: Month, _ group: Group) -> Month {
        Swift.max(born + group.age * 12, month(born: born, group) + -early)
    }

    /// Nil where birth or sex is not told.
    public func month(_ member: StaffMember) -> Month? {
        guard let born = member.born, let group = group(member) else { return nil }
        return month(born: born, group)
    }

    public func earliest(_ member: StaffMember) -> Month? {
        guard let born = member.born, let group = group(member) else { return nil }
        return earliest(born: born, group)
    }
}
