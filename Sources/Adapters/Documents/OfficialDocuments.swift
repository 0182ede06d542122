public import Foundation
public import Reporting

/// Writes official documents: docx from its own parts, PDF through typst.
public struct OfficialDocuments: DocumentWriter {
    /// The Python in which typst is installed.
    let python: String

    public init(python: String) { self.python = python }

    public func docx(_ document: OfficialDocument) throws -> Data {
        let stamp = ExportStamp.current?.line ?? ""
        return try ZipParts.data([
            ("[Content_Types].xml", DocxParts.contentTypes), ("_rels/.rels", DocxParts.relations),
            ("word/_rels/document.xml.rels", DocxParts.documentRelations), ("word/styles.xml", DocxParts.styles),
            ("word/settings.xml", DocxParts.settings), ("word/footer1.xml", DocxParts.footer("right", stamp)),
            ("word/footer2.xml", DocxParts.footer("left", stamp)), ("word/document.xml", DocxBody(document).xml),
        ])
    }

    public func pdf(_ document: OfficialDocument) throws -> Data { try TypstPages(python: python).pdf(document) }
}

/// A document could not be made; says what to do.
public struct DocumentFailure: Error, CustomStringConvertible {
    public init(description: String) { self.description = description }
    public var description: String
}
