/// The encoding of labels of other scripts in ASCII, RFC 3492 with the parameters of its section 5.
enum Punycode {
    /// The prefix of an encoded label (RFC 5890 2.3.1).
    static let prefix = "xn--"

    private static let base = 36
    private static let lowest = 1
    private static let highest = 26
    private static let skew = 38
    private static let damping = 700
    private static let firstBias = 72
    private static let firstCode = 128

    /// Encodes a label; nil when the computation overflows.
    static func encode(_ label: String) -> String? {
        let scalars = label.unicodeScalars.map { Int($0.value) }
        let plain = scalars.filter { $0 < firstCode }
        var output = String(String.UnicodeScalarView(plain.compactMap { Unicode.Scalar(UInt32($0)) }))
        if !plain.isEmpty { output += "-" }
        var (code, delta, bias, handled) = (firstCode, 0, firstBias, plain.count)
        while handled < scalars.count {
            guard let next = scalars.filter({ $0 >= code }).min() else { return nil }
            let (step, overflow) = (next - code).multipliedReportingOverflow(by: handled + 1)
            guard !overflow, step < Int(Int32.max) - delta else { return nil }
            delta += step
            code = next
            for scalar in scalars {
                if scalar < code { delta += 1 }
                guard scalar == code else { continue }
                output += digits(of: delta, bias: bias)
                bias = adapted(delta, count: handled + 1, isFirst: handled == plain.count)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return output
    }

    /// Decodes the part after the prefix; nil when it is malformed.
    static func decode(_ text: String) -> String? {
        var scalars: [Unicode.Scalar] = []
        var rest = Substring(text)
        if let dash = text.lastIndex(of: "-") {
            scalars = Array(text[..<dash].unicodeScalars)
            guard scalars.allSatisfy(\.isASCII) else { return nil }
            rest = text[text.index(after: dash)...]
        }
        var (code, place, bias) = (firstCode, 0, firstBias)
        var bytes = Array(rest.utf8)[...]
        while !bytes.isEmpty {
            guard let delta = number(&bytes, bias: bias), delta <= Int(Int32.max) - place else { return nil }
            let count = scalars.count + 1
            bias = adapted(delta, count: count, isFirst: place == 0 && code == firstCode)
            place += delta
            code += place / count
            place %= count
            guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init), code >= firstCode else { return nil }
            scalars.insert(scalar, at: place)
            place += 1
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func threshold(_ k: Int, _ bias: Int) -> Int { min(max(k - bias, lowest), highest) }

    private static func digits(of delta: Int, bias: Int) -> String {
        var (rest, k, output) = (delta, base, "")
        while true {
            let limit = threshold(k, bias)
            if rest < limit { break }
            output.unicodeScalars.append(digit(limit + (rest - limit) % (base - limit)))
            rest = (rest - limit) / (base - limit)
            k += base
        }
        output.unicodeScalars.append(digit(rest))
        return output
    }

    private static func number(_ bytes: inout ArraySlice<UInt8>, bias: Int) -> Int? {
        var (sum, weight, k) = (0, 1, base)
        while let byte = bytes.popFirst() {
            guard let digit = value(of: byte), digit <= (Int(Int32.max) - sum) / weight else { return nil }
            sum += digit * weight
            let limit = threshold(k, bias)
            if digit < limit { return sum }
            guard weight <= Int(Int32.max) / (base - limit) else { return nil }
            weight *= base - limit
            k += base
        }
        return nil
    }

    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var (rest, k) = (isFirst ? delta / damping : delta / 2, 0)
        rest += rest / count
        while rest > (base - lowest) * highest / 2 {
            rest /= base - lowest
            k += base
        }
        return k + (base - lowest + 1) * rest / (rest + skew)
    }

    private static func digit(_ value: Int) -> Unicode.Scalar {
        Unicode.Scalar(UInt8(value < 26 ? value + 0x61 : value - 26 + 0x30))
    }

    private static func value(of byte: UInt8) -> Int? {
        switch byte {
        case 0x61...0x7A: Int(byte) - 0x61
        case 0x41...0x5A: Int(byte) - 0x41
        case 0x30...0x39: Int(byte) - 0x30 + 26
        default: nil
        }
    }
}
