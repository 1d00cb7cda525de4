import Accounts
import Civic
import Foundation
import GRDB

/// A session as stored in the table.
struct SessionRow: TableRow {
    static let table = "session"

    /// The columns of a session, for queries that may join a person.
    static let columns = "session.id AS session_id, device, started, last_used, expires, proved, proved_factor"

    let sessionId: SessionID
    let device: String
    let started: Date
    let lastUsed: Date
    let expires: Date
    let proved: Date
    let provedFactor: Bool

    var session: SignInSession {
        SignInSession(
            id: sessionId,
            device: Device(stored: device),
            started: started,
            lastUsed: lastUsed,
            expires: expires,
            proved: proved,
            provedFactor: provedFactor
        )
    }
}
