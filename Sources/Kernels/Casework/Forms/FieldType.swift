public import Vocabulary

/// What a field of a form holds.
public enum FieldType: String, Hashable, Sendable, CaseIterable {
    case text, longText, number, money, date, choice, choices, yesNo
    case school, schoolUnit, county, person
    case photo, file, location, measurement
    case table, calculated

    public var label: LocalizedText {
        switch self {
        case .text: LocalizedText(zh: "文字", en: "Text")
        case .longText: LocalizedText(zh: "长文字", en: "Long text")
        case .number: LocalizedText(zh: "数", en: "Number")
        case .money: LocalizedText(zh: "金额", en: "Money")
        case .date: LocalizedText(zh: "日期", en: "Date")
        case .choice: LocalizedText(zh: "单选", en: "Choice")
        case .choices: LocalizedText(zh: "多选", en: "Choices")
        case .yesNo: LocalizedText(zh: "是否", en: "Yes or no")
        case .school: LocalizedText(zh: "学校", en: "School")
        case .schoolUnit: LocalizedText(zh: "学校学段", en: "School unit")
        case .county: LocalizedText(zh: "县（市、区）", en: "County")
        case .person: LocalizedText(zh: "人员", en: "Person")
        case .photo: LocalizedText(zh: "照片", en: "Photo")
        case .file: LocalizedText(zh: "附件", en: "File")
        case .location: LocalizedText(zh: "位置", en: "Location")
        case .measurement: LocalizedText(zh: "实测值", en: "Measurement")
        case .table: LocalizedText(zh: "表格", en: "Table")
        case .calculated: LocalizedText(zh: "自动计算", en: "Calculated")
        }
    }

    /// Bears `min`, `max` and can be reckoned with.
    public var isNumeric: Bool { [.number, .money, .measurement, .calculated].contains(self) }
    public var hasOptions: Bool { self == .choice || self == .choices }
    public var isReference: Bool { [.school, .schoolUnit, .county, .person].contains(self) }
}
