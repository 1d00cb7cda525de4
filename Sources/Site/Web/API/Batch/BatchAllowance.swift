import Synchronization

/// How many results of batches each client may still take.
///
/// A token bucket for each client: it holds what the client may take in a minute and fills up again evenly. A batch reserves the
/// most that it may answer before its work begins and returns what it did not need, so that many batches at once take no
/// more than one after another.
final class BatchAllowance: Sendable {
    /// The results of a minute when nothing is set.
    static let usual = 20_000
    /// The most clients remembered; beyond that, the half with the fullest buckets is forgotten.
    private static let mostClients = 10_000

    /// Results that a client may take and that no other of its batches can.
    ///
    /// Also a batch whose answer is never begun, because the client went away before, lets go of its reservation.
    final class Reservation: Sendable {
        private let allowance: BatchAllowance
        private let client: String
        /// How many results were taken.
        let count: Int
        private let isSettled = Atomic<Bool>(false)

        fileprivate init(allowance: BatchAllowance, client: String, count: Int) {
            (self.allowance, self.client, self.count) = (allowance, client, count)
        }

        deinit { settle(used: 0) }

        /// Puts back what was not needed; only the first call counts.
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

    /// Takes results out of a client's bucket before they are made.
    ///
    /// - Parameter count: the most that the batch may answer; more than a bucket holds counts as a full one.
    /// - Returns: what was taken; what of it is not spent goes back when the reservation is no longer held.
    /// - Throws: `Problem.tooMany` when there are not as many left, with the seconds until there will be.
    func reserve(
        _ count: Int,
        for client: String,
        at now: ContinuousClock.Instant = .now
    ) throws(Problem) -> Reservation {
        let wanted = min(Double(count), perMinute)
        let missing = buckets.withLock { buckets in
            if buckets[client] == nil, buckets.count >= Self.mostClients { clear(&buckets, now) }
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
        // Never those who have spent most: many new clients must not give them a full bucket again.
        let fillings = buckets.mapValues { filling(of: $0, now) }
        let fullest = fillings.sorted { $0.value > $1.value }.prefix(buckets.count / 2)
        for (client, _) in fullest { buckets[client] = nil }
    }
}
