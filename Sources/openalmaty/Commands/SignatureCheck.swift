import Foundation
import Portal
import SQLiteStore
import SignatureSite
import Signatures

/// Whether electronic signatures can be judged: there are certificates to trust, and neither they nor the lists of revoked
/// certificates are out of date.
struct SignatureCheck {
    /// Empty when signatures are not taken.
    let findings: [DatabaseFinding]

    init(_ settings: Settings, now: Date = Date()) {
        findings = settings.signatures.files.map { [Self.finding($0, now)] } ?? []
    }

    private static func finding(_ files: TrustFiles, _ now: Date) -> DatabaseFinding {
        let subject = "electronic signatures: certificates and lists"
        do {
            let held = try Trust(files).inventory
            var faults: [String] = []
            if let expiry = held.firstExpiry, expiry < now {
                faults.append("a certificate has expired on \(day(expiry))")
            }
            if let update = held.firstUpdate, update < now {
                faults.append("a list of revoked certificates should have been replaced on \(day(update))")
            }
            if held.needsGOST, !held.hasGOST {
                faults.append("there are keys of GOST 34.10-2015; install libengine-gost-openssl")
            }
            let lists = held.lists == 0 ? "no lists, so revocation is not checked" : "\(held.lists) lists"
            let facts = "\(held.certificates) certificates, \(held.roots) of them roots; \(lists)"
            return DatabaseFinding(
                subject: subject,
                passed: faults.isEmpty,
                detail: ([facts] + faults).joined(separator: "; ")
            )
        } catch {
            return DatabaseFinding(subject: subject, passed: false, detail: "\(error)")
        }
    }

    private static func day(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }
}
