/// Square pictures that phones read.
public protocol SquareCodes: Sendable {
    /// The squares row by row, true for dark, without the quiet zone around. Throws where the text is too long.
    func squares(of text: String) throws -> [[Bool]]
}
