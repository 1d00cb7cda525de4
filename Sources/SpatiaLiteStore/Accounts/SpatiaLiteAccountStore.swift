public import Accounts
import Foundation
public import GRDB

/// The accounts in a SpatiaLite database; what belongs together is in an extension of its own.
public struct SpatiaLiteAccountStore: AccountStore {
    let database: any DatabaseWriter

    /// Wraps a database that `SpatialDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }
}

extension Date {
    /// A time as the tables have it, milliseconds since 1970.
    init(stamp: Int64) { self.init(timeIntervalSince1970: Double(stamp) / 1_000) }

    /// Milliseconds since 1970, as the tables have times.
    var stamp: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
