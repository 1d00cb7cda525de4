import Attachments
import Foundation
import GRDB

/// The contents of attachments to which the records of a copied portal database refer.
enum AttachmentContents {
    private static let table = "attachment"

    /// Reads them, each once; none from a database of a version without attachments.
    ///
    /// - Throws: what SQLite throws, or `StoreError` for a row that cannot be used.
    static func read(_ file: URL) throws -> [StoredContent] {
        var configuration = Configuration()
        configuration.readonly = true
        let copy = try DatabaseQueue(
            path: DatabaseFile(.portal, path: file.path).immutableName,
            configuration: configuration
        )
        defer { try? copy.close() }
        return try copy.read { db in
            guard try db.tableExists(table) else { return [] }
            return try ContentRow.fetchAll(
                db,
                sql: """
                    SELECT digest, size FROM attachment WHERE state <> 'infected'
                    UNION
                    SELECT thumbnail_digest AS digest, thumbnail_size AS size FROM attachment
                    WHERE thumbnail_digest IS NOT NULL AND state <> 'infected'
                    """
            )
            .map { try $0.content }
        }
    }
}
