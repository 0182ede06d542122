internal import Registry

/// One master key with the suite its values are sealed by. Everything used is derived from it: a key for each column's values,
/// another for each column's index, one for the audit.
public struct FieldKey: Hashable, Sendable, Identifiable {
    /// Eight hex digits that name it.
    public var id: String
    public var suite: FieldSuite
    /// When it was made, as a day.
    public var madeOn: String
    let secret: [UInt8]

    /// A new key from the operating system's chance.
    public init(_ suite: FieldSuite, madeOn: String) {
        self.init(id: Hex.text(RandomID.bytes(4)), suite: suite, madeOn: madeOn, secret: RandomID.bytes(32))
    }

    init(id: String, suite: FieldSuite, madeOn: String, secret: [UInt8]) {
        self.id = id
        self.suite = suite
        self.madeOn = madeOn
        self.secret = secret
    }

    /// A key for one use.
    func derived(_ use: String, _ column: FieldColumn? = nil) throws -> [UInt8] {
        let words = ["junheng", use, column?.table ?? "", column?.column ?? ""]
        guard let key = suite.code(FieldKey.framed(words), key: secret) else { throw FieldKey.broken }
        return key
    }

    /// As it stands in a key file: a line to be kept secret.
    public var line: String { "\(id) \(suite.rawValue) \(madeOn) \(Hex.text(secret))" }

    /// Texts with their lengths in front: no two lists share their bytes.
    static func framed(_ words: [String]) -> [UInt8] { words.flatMap { Array("\($0.utf8.count):\($0);".utf8) } }

    static let broken = SealRefusal("加密库用不了（libsodium 或 libgcrypt），没有读写个人信息。请重新安装程序")
}

/// The keys of an installation; the last is the one new values are sealed with.
public struct FieldKeyRing: Hashable, Sendable {
    public private(set) var keys: [FieldKey]

    /// Throws `SealRefusal` for no key, a key named twice.
    public init(_ keys: [FieldKey]) throws {
        guard !keys.isEmpty else { throw SealRefusal("没有个人信息密钥") }
        guard Set(keys.map(\.id)).count == keys.count else { throw SealRefusal("个人信息密钥里有两把编号相同") }
        self.keys = keys
    }

    public var current: FieldKey { keys[keys.count - 1] }
    public func key(_ id: String) -> FieldKey? { keys.first { $0.id == id } }

    public func adding(_ key: FieldKey) throws -> FieldKeyRing { try FieldKeyRing(keys + [key]) }
    public func removing(_ id: String) throws -> FieldKeyRing { try FieldKeyRing(keys.filter { $0.id != id }) }

    /// A key a line: id, suite, day, 64 hex digits. In an environment variable `;` stands for the end of a line.
    public init(text: String, source: String) throws {
        var keys: [FieldKey] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline || $0 == ";" }).enumerated() {
            let words = line.split(separator: " ").map(String.init)
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            guard words.count == 4, words[0].count == 8, words[0].allSatisfy(\.isHexDigit), let suite = FieldSuite(rawValue: words[1]),
                let secret = FieldKeyRing.bytes(words[3])
            else { throw SealRefusal("\(source) 第\(number + 1)行不是密钥。每行应是：编号 算法 日期 64位十六进制数") }
            keys.append(FieldKey(id: words[0].lowercased(), suite: suite, madeOn: words[2], secret: secret))
        }
        do { try self.init(keys) } catch let refusal as SealRefusal { throw SealRefusal("\(source)：\(refusal.message)") }
    }

    var text: String {
        let lines = keys.map(\.line)
        return "# 均衡的个人信息密钥。丢了就读不出个人信息；泄露了请运行 junheng keys rotate。每行：编号 算法 日期 密钥，最后一行是现用的\n"
            + lines.joined(separator: "\n") + "\n"
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == 64, text.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
