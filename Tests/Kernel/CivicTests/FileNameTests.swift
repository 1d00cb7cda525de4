import Civic
import Testing

@Suite struct FileNameTests {
    @Test(
        "Names for display are no paths and hide nothing",
        arguments: [
            ("photo.jpg", "photo.jpg"), ("C:\\fakepath\\a.png", "a.png"), ("../../etc/passwd", "passwd"),
            ("a\u{202E}gpj.exe", "agpj.exe"), ("\u{200B} \u{FEFF}a.jpg ", "a.jpg"), ("a\r\nb.jpg", "ab.jpg"), ("/", ""),
            ("a\0.exe\0.jpg", "a.exe.jpg"), ("e\u{301}.jpg", "\u{E9}.jpg"), ("Әлия №5 (1).HEIC", "Әлия №5 (1).HEIC"),
            (
                String(repeating: "ә", count: 200) + ".jpeg",
                String(repeating: "ә", count: FileName.longest - 11) + "….jpeg"
            ),
        ]
    )
    func display(sent: String, shown: String) { #expect(FileName.forDisplay(sent) == shown) }

    @Test(
        "Names for saving end with the extension of the content",
        arguments: [
            ("a.jpg", FileFormat.jpeg, "a.jpg"), ("a.JPEG", .jpeg, "a.JPEG"), ("photo.heic", .jpeg, "photo.jpg"),
            ("a.exe", .jpeg, "a.exe.jpg"), ("30.11", .pdf, "30.11.pdf"), ("", .pdf, "x.pdf"), (".jpg", .png, "x.png"),
            ("..", .docx, "x.docx"), ("a.pdf.jpg", .jpeg, "a.pdf.jpg"), ("a\u{202E}gpj.exe", .png, "agpj.exe.png"),
        ]
    )
    func saving(sent: String, format: FileFormat, saved: String) {
        #expect(FileName.forDownload(sent, format, fallback: "x") == saved)
    }

    @Test("Names for saving are never longer than names for display")
    func length() {
        for count in [90, 99, 100, 101, 1_000] {
            let name = FileName.forDownload(String(repeating: "ә", count: count), .docx, fallback: "x")
            #expect(name.unicodeScalars.count <= FileName.longest && name.hasSuffix(".docx"))
        }
    }
}
