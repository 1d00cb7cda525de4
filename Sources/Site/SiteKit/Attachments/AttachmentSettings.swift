public import Attachments
public import Foundation

/// The operator's settings for attachments.
public struct AttachmentSettings: Sendable {
    /// Bytes in a megabyte, in the decimal sense that people and disk vendors use.
    private static let megabyte = 1_000_000

    /// The folder of the files.
    public let folder: URL
    /// Where clamd listens; nil when files are not scanned.
    public let scanner: ScannerAddress?
    /// All limits.
    public let limits: AttachmentLimits

    /// Reads and checks the settings.
    ///
    /// - Parameter database: the path of the portal database, beside which the files are by default.
    /// - Throws: `SiteError.invalidSetting`.
    public init(_ config: SettingsReader, database: String) throws(SiteError) {
        let beside = URL(filePath: database).deletingLastPathComponent().appending(path: "attachments")
        folder = try config.text(.attachmentFolder).map { URL(filePath: $0) } ?? beside
        scanner = try Self.scanner(config)
        var limits = AttachmentLimits()
        func megabytes(_ key: SettingKey, _ range: ClosedRange<Int>, _ usual: Int) throws(SiteError) -> Int {
            try config.number(key, in: range, default: usual / Self.megabyte) * Self.megabyte
        }
        limits.personFiles = try config.number(.attachmentPersonFiles, in: 1...100_000, default: limits.personFiles)
        limits.personBytes = try megabytes(.attachmentPersonMegabytes, 20...1_000_000, limits.personBytes)
        limits.totalBytes = try megabytes(.attachmentTotalMegabytes, 20...100_000_000, limits.totalBytes)
        limits.leastFreeDisk = try megabytes(.attachmentFreeMegabytes, 0...1_000_000, limits.leastFreeDisk)
        guard limits.personBytes <= limits.totalBytes else {
            throw config.invalid(
                .attachmentPersonMegabytes,
                expected: "at most \(SettingKey.attachmentTotalMegabytes.variable), "
                    + "which is \(limits.totalBytes / Self.megabyte)"
            )
        }
        limits.scanTime = .seconds(try config.number(.attachmentScanSeconds, in: 1...600, default: 30))
        let seconds = try config.number(.attachmentPictureSeconds, in: 1...600, default: 30)
        limits.process.wallTime = .seconds(seconds)
        limits.process.processorSeconds = min(seconds, limits.process.processorSeconds)
        limits.process.concurrent = try config.number(
            .attachmentPicturesAtOnce,
            in: 1...64,
            default: limits.process.concurrent
        )
        limits.process.waiting = try config.number(
            .attachmentPicturesWaiting,
            in: 0...10_000,
            default: limits.process.waiting
        )
        self.limits = limits
    }

    private static func scanner(_ config: SettingsReader) throws(SiteError) -> ScannerAddress? {
        guard let text = try config.text(.attachmentScanner) else { return nil }
        do { return try ScannerAddress(text) } catch {
            throw config.invalid(
                .attachmentScanner,
                expected: "where clamd listens, unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310"
            )
        }
    }
}
