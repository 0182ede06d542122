/// Names of sheet cells as office programs write them.
public enum CellName {
    /// Column letters of a column counted from 1: 1 is A, 27 is AA.
    public static func letters(_ column: Int) -> String {
        var number = column
        var name = ""
        while number > 0 {
            name = String(UnicodeScalar(UInt8(65 + (number - 1) % 26))) + name
            number = (number - 1) / 26
        }
        return name
    }
}
