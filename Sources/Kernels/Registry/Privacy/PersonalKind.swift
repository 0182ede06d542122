internal import Foundation

/// What a personal value is: how it is written, masked and looked up.
public enum PersonalKind: String, Hashable, Sendable, CaseIterable {
    /// 姓名.
    case name
    /// 手机号.
    case mobile
    /// 证件号码: the 18 characters of GB 11643-1999, or another document's.
    case idNumber
    /// A login name.
    case login
    /// Where somebody connects from.
    case address
    /// What proves somebody's identity: never shown at all.
    case secret
    /// Anything else told about somebody.
    case text

    /// What pages, exports and logs show by default.
    public func masked(_ value: String) -> String {
        if value.isEmpty { return "" }
        switch self {
        case .name: return Mask.name(value)
        case .mobile: return Mask.mobile(value)
        case .idNumber: return Mask.idNumber(value)
        case .login: return Mask.login(value)
        case .address: return Mask.address(value)
        case .secret: return "（不显示）"
        case .text: return "（已遮盖）"
        }
    }

    /// The one form in which two ways of writing the same value are equal: what an index is taken of.
    public func normal(_ value: String) -> String {
        // Full-width letters and digits become the plain ones.
        let plain = value.precomposedStringWithCompatibilityMapping
        switch self {
        case .mobile:
            let digits = plain.filter { $0.isASCII && $0.isNumber }
            return digits.count == 13 && digits.hasPrefix("86") ? String(digits.dropFirst(2)) : digits
        case .idNumber: return plain.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        case .name: return plain.filter { !$0.isWhitespace }
        case .login: return Account.normal(plain)
        case .address, .secret, .text: return plain.trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    /// What is wrong with a value in its normal form, in the user's words; nil when nothing is.
    public func complaint(_ value: String) -> String? {
        switch self {
        case .mobile: return value.wholeMatch(of: /1[3-9][0-9]{9}/) == nil ? "手机号是11位数字，以1开头" : nil
        case .idNumber:
            if value.count == 18, value.dropLast().allSatisfy(\.isNumber) {
                return PersonalKind.isChecked(value) ? nil : "身份证号的最后一位与前17位对不上，请核对是否抄错"
            }
            return (5...20).contains(value.count) ? nil : "证件号码写5至20个字母和数字"
        default: return nil
        }
    }

    /// The check character of GB 11643-1999 (ISO 7064, MOD 11-2).
    private static func isChecked(_ value: String) -> Bool {
        var sum = 0
        for (place, character) in value.dropLast().enumerated() {
            // The weight of the place is 2 to the power of its distance from the end, modulo 11.
            let weight = (0..<17 - place).reduce(1) { power, _ in power * 2 % 11 }
            sum += (character.wholeNumberValue ?? 0) * weight
        }
        return value.last == Array("10X98765432")[sum % 11]
    }
}

/// How values are masked, a function for each kind.
public enum Mask {
    /// The first character stays: `王**`.
    public static func name(_ value: String) -> String {
        let bare = value.trimmingCharacters(in: .whitespacesAndNewlines)
        return bare.count < 2 ? "*" : String(bare.prefix(1)) + String(repeating: "*", count: bare.count - 1)
    }

    /// `138****1234`; of other numbers the last two digits stay.
    public static func mobile(_ value: String) -> String {
        let digits = value.filter { !$0.isWhitespace && $0 != "-" }
        if digits.count == 11 { return digits.prefix(3) + "****" + digits.suffix(4) }
        return last(2, of: digits)
    }

    /// The last four stay: `**************1234`.
    public static func idNumber(_ value: String) -> String { last(value.count > 8 ? 4 : 2, of: value) }

    /// The first character stays.
    public static func login(_ value: String) -> String { (value.count < 2 ? "" : String(value.prefix(1))) + "***" }

    /// `10.1.*.*`; of an address with colons the first two parts, of anything else nothing.
    public static func address(_ value: String) -> String {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4 { return "\(parts[0]).\(parts[1]).*.*" }
        let groups = value.split(separator: ":")
        return groups.count > 2 ? groups.prefix(2).joined(separator: ":") + ":*" : "*"
    }

    private static func last(_ count: Int, of value: String) -> String {
        value.count <= count * 2
            ? String(repeating: "*", count: max(1, value.count))
            : String(repeating: "*", count: value.count - count) + value.suffix(count)
    }
}
