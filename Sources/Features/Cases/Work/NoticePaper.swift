internal import Casework
internal import Reporting
internal import Vocabulary

extension NoticeText {
    /// As an official paper.
    var document: OfficialDocument {
        OfficialDocument(
            title: title, subtitle: number, blocks: [.paragraph("\(addressee)：")] + paragraphs.map { .paragraph($0) },
            signature: signature, date: day.chinese)
    }
}
