import Synchronization

/// Counts requests and their durations by route pattern, and prints them in the Prometheus text format.
///
/// Routes are labelled by pattern, never by URL: URLs would create unlimited series and could contain personal data.
/// Format: <https://prometheus.io/docs/instrumenting/exposition_formats/>.
package final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private struct Tally {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count)

        mutating func count(_ elapsed: Double, in bucket: Int?) {
            count += 1
            seconds += elapsed
            if let bucket { buckets[bucket] += 1 }
        }
    }

    private static let bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5]
    private let tallies = Mutex<[Key: Tally]>([:])

    /// Counts a response.
    package func record(route: String, method: String, status: Int, seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 }
        tallies.withLock { tallies in
            // Update in place: taking the tally out and putting it back would copy the buckets for every request.
            tallies[Key(route: route, method: method, status: status), default: Tally()].count(seconds, in: bucket)
        }
    }

    /// The metrics in the text format of Prometheus.
    package func text() -> String {
        let lines = tallies.withLock { $0 }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        var text = """
            # HELP openalmaty_request_duration_seconds Time to answer a request.
            # TYPE openalmaty_request_duration_seconds histogram

            """
        for (key, tally) in lines {
            let labels = "route=\"\(key.route)\",method=\"\(key.method)\",status=\"\(key.status)\""
            var below = 0
            for (bound, count) in zip(Self.bounds, tally.buckets) {
                below += count
                text += "openalmaty_request_duration_seconds_bucket{\(labels),le=\"\(bound)\"} \(below)\n"
            }
            text += "openalmaty_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(tally.count)\n"
            text += "openalmaty_request_duration_seconds_sum{\(labels)} \(tally.seconds)\n"
            text += "openalmaty_request_duration_seconds_count{\(labels)} \(tally.count)\n"
        }
        return text
    }
}
