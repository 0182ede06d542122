internal import Foundation

/// A text made readable for rules, every character with its place in the original: pronunciation notes such as `區(qū)` are left
/// out, full-width digits and letters become plain, and a text in traditional characters is read in simplified ones.
struct ReadableText {
    let characters: [Character]
    /// For every character its offset in the original.
    let origins: [Int]

    init(_ text: String) {
        let whole = Array(text)
        var characters: [Character] = []
        var origins: [Int] = []
        var place = 0
        while place < whole.count {
            if let end = ReadableText.noteEnd(whole, place) {
                place = end
                continue
            }
            characters.append(ReadableText.plain(whole[place]))
            origins.append(place)
            place += 1
        }
        self.characters = ReadableText.simplified(characters)
        self.origins = origins
    }

    func string(_ range: Range<Int>) -> String { String(characters[range]) }

    /// The end of a bracket that holds only Latin letters after a hanzi; nil where there is none. `AI(人工智能)` is left alone.
    private static func noteEnd(_ text: [Character], _ place: Int) -> Int? {
        guard text[place] == "(" || text[place] == "（", place > 0, isHanzi(text[place - 1]) else { return nil }
        var end = place + 1
        while end < text.count, end - place <= 9, text[end].isLetter, !isHanzi(text[end]), text[end].isLowercase { end += 1 }
        guard end > place + 1, end < text.count, text[end] == ")" || text[end] == "）" else { return nil }
        return end + 1
    }

    static func isHanzi(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x3FFFF).contains(scalar.value)
    }

    /// `２０％` as `20%`.
    private static func plain(_ character: Character) -> Character {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return character }
        if (0xFF10...0xFF19).contains(scalar.value) || (0xFF21...0xFF5A).contains(scalar.value) || scalar.value == 0xFF05 {
            return UnicodeScalar(scalar.value - 0xFEE0).map { Character($0) } ?? character
        }
        return character == "．" ? "." : character
    }

    /// Only where a good part of the hanzi would change: in a simplified text 著 stays 著.
    private static func simplified(_ characters: [Character]) -> [Character] {
        let text = String(characters)
        guard let changed = text.applyingTransform(StringTransform("Hant-Hans"), reverse: false) else { return characters }
        let result = Array(changed)
        guard result.count == characters.count else { return characters }
        let hanzi = characters.count { isHanzi($0) }
        let different = zip(characters, result).count { $0 != $1 }
        return different * 20 > hanzi ? result : characters
    }
}
