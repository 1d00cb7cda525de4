import Foundation

/// The programs that pictures need.
public enum PicturePrograms {
    /// Where they are looked for.
    static let path = "/usr/local/bin:/usr/bin:/bin"
    private static let all = ["vips", "vipsheader", "prlimit"]

    /// Those that are not installed; without them no picture can be attached.
    public static var missing: [String] {
        all.filter { name in
            !path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
        }
    }
}
