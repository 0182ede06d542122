public import Foundation

/// Somebody's way in: a login beside the person with the posts held.
public struct Account: Hashable, Sendable, Identifiable {
    public var person: Person
    /// As typed at the login page, in lower case.
    public var login: String
    /// The password was set by somebody else: the first thing to do is to change it.
    public var mustChangePassword: Bool
    public var passwordAt: Date
    public var hasTimeCodes: Bool
    public var isDisabled: Bool
    public var createdAt: Date
    /// Counts the changes of name, posts and state: who changes them says which one was seen.
    public var version: Int

    public var id: PersonID { person.id }

    public init(
        person: Person, login: String, mustChangePassword: Bool, passwordAt: Date, hasTimeCodes: Bool = false, isDisabled: Bool = false,
        createdAt: Date, version: Int = 0
    ) {
        self.person = person
        self.login = Account.normal(login)
        self.mustChangePassword = mustChangePassword
        self.passwordAt = passwordAt
        self.hasTimeCodes = hasTimeCodes
        self.isDisabled = isDisabled
        self.createdAt = createdAt
        self.version = version
    }

    /// Logins are told apart without regard to case or blanks around them.
    public static func normal(_ login: String) -> String { login.trimmingCharacters(in: .whitespacesAndNewlines).lowercased() }

    /// What is wrong with a login or a name, in the user's words; empty when nothing is.
    public static func complaints(login: String, name: String) -> [String] {
        var complaints: [String] = []
        let login = normal(login)
        let isPlain = login.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "._-@".unicodeScalars.contains(scalar))
        }
        if login.count < 2 || login.count > 64 || !isPlain {
            complaints.append("登录名用2至64个字母、数字或 . _ - @，例如 zhangwei 或工号")
        }
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        if name.isEmpty || name.count > 40 { complaints.append("姓名要写1至40个字") }
        return complaints
    }
}

/// What proves that somebody is the account's owner. Never shown, never logged.
public struct Credentials: Sendable {
    /// The encoded hash with its salt and cost.
    public var passwordHash: String
    /// Hashes of earlier passwords, newest first.
    public var formerHashes: [String]
    /// The shared secret of the code generator in Base32; nil without one.
    public var timeCodeSecret: String?
    /// A secret shown to the person, whose first code is still owed; nil without one.
    public var pendingSecret: String?
    /// The last time step a code was taken for: no code is good twice.
    public var timeCodeStep: Int

    /// Recovery codes not used up yet.
    public var recoveryCodes: Int

    public init(
        passwordHash: String, formerHashes: [String] = [], timeCodeSecret: String? = nil, pendingSecret: String? = nil,
        timeCodeStep: Int = 0, recoveryCodes: Int = 0
    ) {
        self.passwordHash = passwordHash
        self.formerHashes = formerHashes
        self.timeCodeSecret = timeCodeSecret
        self.pendingSecret = pendingSecret
        self.timeCodeStep = timeCodeStep
        self.recoveryCodes = recoveryCodes
    }
}
