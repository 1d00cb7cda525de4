import Foundation

/// Host names in their ASCII form.
public enum DomainName {
    /// A name in ASCII, with other letters encoded by IDNA (UTS 46, RFC 5891): `почта.рф` becomes `xn--80a1acny.xn--p1ai`.
    ///
    /// - Returns: nil when it is not a host name: 1 to 253 characters, labels of 1 to 63 letters, digits and hyphens.
    public static func ascii(_ name: String) -> String? {
        var components = URLComponents()
        components.host = name
        guard let encoded = components.encodedHost?.lowercased(), (1...253).contains(encoded.utf8.count) else {
            return nil
        }
        let labels = encoded.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy(isLabel) ? encoded : nil
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { byte in
                switch UnicodeScalar(byte) {
                case "a"..."z", "0"..."9", "-": true
                default: false
                }
            }
    }
}
