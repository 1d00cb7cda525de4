import Attachments
import Configuration
import Foundation
import Testing

@testable import SiteKit

@Suite struct AttachmentSettingsTests {
    private func settings(_ values: [AbsoluteConfigKey: ConfigValue]) throws -> AttachmentSettings {
        try AttachmentSettings(SettingsReader(values: values), database: "/srv/portal.sqlite")
    }

    @Test("Nothing set leaves the limits of the domain, and the folder is beside the database")
    func usual() throws {
        let settings = try settings([:])
        #expect(settings.limits == AttachmentLimits())
        #expect(settings.folder.path == "/srv/attachments" && settings.scanner == nil)
    }

    @Test("Every setting reaches its limit; megabytes have a million bytes")
    func all() throws {
        func number(_ value: Int) -> ConfigValue { ConfigValue(.int(value), isSecret: false) }
        let settings = try settings([
            "attachment.folder": ConfigValue(.string("/files"), isSecret: false),
            "attachment.scanner": ConfigValue(.string("tcp:[::1]:3310"), isSecret: false),
            "attachment.person.files": number(2), "attachment.person.megabytes": number(30),
            "attachment.total.megabytes": number(40), "attachment.free.megabytes": number(5),
            "attachment.scan.seconds": number(6), "attachment.picture.seconds": number(7),
            "attachment.pictures.at.once": number(8), "attachment.pictures.waiting": number(9),
        ])
        let limits = settings.limits
        #expect(settings.folder.path == "/files" && settings.scanner == .tcp(host: "::1", port: 3_310))
        #expect(limits.personFiles == 2 && limits.personBytes == 30_000_000 && limits.totalBytes == 40_000_000)
        #expect(limits.leastFreeDisk == 5_000_000 && limits.scanTime == .seconds(6))
        #expect(limits.process.wallTime == .seconds(7) && limits.process.processorSeconds == 7)
        #expect(limits.process.concurrent == 8 && limits.process.waiting == 9)
    }

    @Test(
        "A value that cannot be used is refused with its key and what is allowed",
        arguments: [
            ("attachment.scanner", "localhost:3310", "unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310"),
            ("attachment.scanner", "unix:clamd.ctl", "unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310"),
            ("attachment.person.megabytes", "19", "a whole number from 20 to 1000000"),
            ("attachment.total.megabytes", "499", "at most OPENALMATY_ATTACHMENT_TOTAL_MEGABYTES, which is 499"),
            ("attachment.free.megabytes", "-1", "a whole number from 0"),
            ("attachment.scan.seconds", "30s", "a whole number from 1 to 600"),
            ("attachment.pictures.at.once", "", "a whole number from 1 to 64"),
        ]
    )
    func refused(key: String, value: String, told: String) {
        let name = AbsoluteConfigKey(key.split(separator: ".").map(String.init))
        #expect {
            try settings([name: ConfigValue(.string(value), isSecret: false)])
        } throws: { error in
            "\(error)".contains(told) && "\(error)".hasPrefix("OPENALMATY_ATTACHMENT_")
        }
    }
}
