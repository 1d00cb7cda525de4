import AsyncHTTPClient
import OpenIDConnect

/// The client by which other services are asked: providers, and a captcha of another's.
enum OutgoingHTTP {
    /// One for the process, as `HTTPClient.shared` is, but within the limits that answers of strangers need.
    ///
    /// It is made when it is first needed and lives as long as the process.
    static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: OpenIDClient.httpConfiguration
    )
}
