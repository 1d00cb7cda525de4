public import Civic
public import GRDB

/// A feature's step of the erasure of a person that this store runs in its transaction.
///
/// The store of a feature's tables conforms to it and is handed on as the feature's `ErasureStep.inTransaction`. It runs before the
/// person is deleted, so rows that refer to the person are still there.
public protocol DatabaseErasure: TransactionalErasure {
    /// Deletes whatever the feature stores of a person, or removes from it what names them.
    ///
    /// - Parameters:
    ///   - person: the person who is erased.
    ///   - db: the connection in its transaction, which is rolled back as a whole when a step throws.
    func erase(_ person: PersonID, in db: Database) throws
}
