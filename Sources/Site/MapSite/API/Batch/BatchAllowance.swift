import SiteKit
import Synchronization

/// Limits how many batch results each client may get.
///
/// A token bucket for each client: it holds the results of one minute and refills evenly. A batch reserves the maximum that
/// it may need before its work begins and returns what it did not use, so that concurrent batches get no more than
/// consecutive ones.
final class BatchAllowance: Sendable {
    /// The maximum number of clients remembered; beyond that, the half with the fullest buckets is forgotten.
    private static let maxClients = 10_000

    /// Results reserved for one batch of a client.
    ///
    /// The reservation is also released when the answer is never begun, for example because the client has disconnected.
    final class Reservation: Sendable {
        private let allowance: BatchAllowance
        private let client: String
        /// How many results were reserved.
        let count: Int
        private let isSettled = Atomic<Bool>(false)

        fileprivate init(allowance: BatchAllowance, client: String, count: Int) {
            (self.allowance, self.client, self.count) = (allowance, client, count)
        }

        deinit { settle(used: 0) }

        /// Returns the unused part; only the first call counts.
        func settle(used: Int) {
            guard !isSettled.exchange(true, ordering: .relaxed) else { return }
            allowance.giveBack(max(0, count - used), to: client)
        }
    }

    private struct Bucket {
        var left: Double
        var filled: ContinuousClock.Instant
    }

    private let perMinute: Double
    private let buckets = Mutex<[String: Bucket]>([:])

    init(perMinute: Int) { self.perMinute = Double(perMinute) }

    /// Reserves results from a client's bucket.
    ///
    /// - Parameter count: the maximum that the batch may need; more than a bucket holds counts as a full one.
    /// - Returns: the reservation; its unused part is returned when it is released.
    /// - Throws: `Problem.tooMany` when too few are left, with the seconds until there are enough.
    func reserve(
        _ count: Int,
        for client: String,
        at now: ContinuousClock.Instant = .now
    ) throws(Problem) -> Reservation {
        let wanted = min(Double(count), perMinute)
        let missing = buckets.withLock { buckets in
            if buckets[client] == nil, buckets.count >= Self.maxClients { clear(&buckets, now) }
            var bucket = buckets[client] ?? Bucket(left: perMinute, filled: now)
            bucket.left = filling(of: bucket, now)
            bucket.filled = now
            let missing = wanted - bucket.left
            if missing <= 0 { bucket.left -= wanted }
            buckets[client] = bucket
            return missing
        }
        if missing > 0 { throw .tooMany(seconds: max(1, Int((missing * 60 / perMinute).rounded(.up)))) }
        return Reservation(allowance: self, client: client, count: Int(wanted))
    }

    private func giveBack(_ count: Int, to client: String) {
        buckets.withLock { buckets in
            guard let bucket = buckets[client] else { return }
            buckets[client]?.left = min(perMinute, bucket.left + Double(count))
        }
    }

    private func filling(of bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        let elapsed = bucket.filled.duration(to: now).components
        let seconds = max(0, Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
        return min(perMinute, bucket.left + seconds * perMinute / 60)
    }

    private func clear(_ buckets: inout [String: Bucket], _ now: ContinuousClock.Instant) {
        // Never forget the emptiest buckets: otherwise a flood of new clients would refill them.
        let fillings = buckets.mapValues { filling(of: $0, now) }
        let fullest = fillings.sorted { $0.value > $1.value }.prefix(buckets.count / 2)
        for (client, _) in fullest { buckets[client] = nil }
    }
}
