/// A vector tile read by a decoder that shares no code with the writer.
struct DecodedTile {
    struct Feature: Equatable {
        var id: UInt64 = 0
        var type = 0
        var properties: [String: String] = [:]
        /// Paths in tile units; the last point of a ring repeats the first.
        var paths: [[SIMD2<Int>]] = []
    }

    struct Layer {
        var name = ""
        var version = 0
        var extent = 0
        var features: [Feature] = []
    }

    struct Malformed: Error {}

    private(set) var layers: [Layer] = []

    init(_ bytes: [UInt8]) throws {
        var reader = Reader(bytes[...])
        while let (field, body) = try reader.next() {
            guard field == 3 else { throw Malformed() }
            layers.append(try Self.layer(body.bytes))
        }
    }

    subscript(_ name: String) -> Layer? { layers.first { $0.name == name } }

    private static func layer(_ bytes: ArraySlice<UInt8>) throws -> Layer {
        var layer = Layer()
        var (raw, keys, values) = ([ArraySlice<UInt8>](), [String](), [String]())
        var reader = Reader(bytes)
        while let (field, body) = try reader.next() {
            switch field {
            case 1: layer.name = String(decoding: body.bytes, as: UTF8.self)
            case 2: raw.append(body.bytes)
            case 3: keys.append(String(decoding: body.bytes, as: UTF8.self))
            case 4: values.append(try value(body.bytes))
            case 5: layer.extent = Int(body.number)
            case 15: layer.version = Int(body.number)
            default: throw Malformed()
            }
        }
        layer.features = try raw.map { try feature($0, keys, values) }
        return layer
    }

    private static func value(_ bytes: ArraySlice<UInt8>) throws -> String {
        var reader = Reader(bytes)
        guard let (field, body) = try reader.next() else { throw Malformed() }
        switch field {
        case 1: return String(decoding: body.bytes, as: UTF8.self)
        case 3: return String(Double(bitPattern: body.number))
        case 5: return String(body.number)
        case 6: return String(Int64(bitPattern: body.number >> 1) ^ -Int64(body.number & 1))
        case 7: return body.number == 1 ? "true" : "false"
        default: throw Malformed()
        }
    }

    private static func feature(_ bytes: ArraySlice<UInt8>, _ keys: [String], _ values: [String]) throws -> Feature {
        var feature = Feature()
        var reader = Reader(bytes)
        while let (field, body) = try reader.next() {
            switch field {
            case 1: feature.id = body.number
            case 2:
                let tags = try numbers(body.bytes).map(Int.init)
                for index in stride(from: 0, to: tags.count, by: 2) {
                    guard keys.indices.contains(tags[index]), values.indices.contains(tags[index + 1]) else {
                        throw Malformed()
                    }
                    feature.properties[keys[tags[index]]] = values[tags[index + 1]]
                }
            case 3: feature.type = Int(body.number)
            case 4: feature.paths = try paths(numbers(body.bytes))
            default: throw Malformed()
            }
        }
        return feature
    }

    private static func numbers(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
        var reader = Reader(bytes)
        var numbers: [UInt64] = []
        while !reader.isAtEnd { numbers.append(try reader.varint()) }
        return numbers
    }

    private static func paths(_ commands: [UInt64]) throws -> [[SIMD2<Int>]] {
        var (paths, path, pen, index) = ([[SIMD2<Int>]](), [SIMD2<Int>](), SIMD2<Int>(0, 0), 0)
        func signed(_ number: UInt64) -> Int { Int(number >> 1) ^ -Int(number & 1) }
        while index < commands.count {
            let (command, count) = (commands[index] & 7, Int(commands[index] >> 3))
            index += 1
            if command == 7 {
                guard let first = path.first else { throw Malformed() }
                path.append(first)
                continue
            }
            for _ in 0..<count {
                guard index + 1 < commands.count else { throw Malformed() }
                pen &+= SIMD2(signed(commands[index]), signed(commands[index + 1]))
                index += 2
                if command == 1 {
                    if !path.isEmpty { paths.append(path) }
                    path = [pen]
                } else {
                    path.append(pen)
                }
            }
        }
        if !path.isEmpty { paths.append(path) }
        return paths
    }

    private struct Body {
        var number: UInt64 = 0
        var bytes: ArraySlice<UInt8> = []
    }

    private struct Reader {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func varint() throws -> UInt64 {
            var (value, shift) = (UInt64(0), UInt64(0))
            while let byte = rest.popFirst() {
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            throw Malformed()
        }

        mutating func next() throws -> (Int, Body)? {
            guard !rest.isEmpty else { return nil }
            let tag = try varint()
            var body = Body()
            switch tag & 7 {
            case 0: body.number = try varint()
            case 1:
                guard rest.count >= 8 else { throw Malformed() }
                for (index, byte) in rest.prefix(8).enumerated() { body.number |= UInt64(byte) << (8 * UInt64(index)) }
                rest = rest.dropFirst(8)
            case 2:
                let count = Int(try varint())
                guard rest.count >= count else { throw Malformed() }
                body.bytes = rest.prefix(count)
                rest = rest.dropFirst(count)
            default: throw Malformed()
            }
            return (Int(tag >> 3), body)
        }
    }
}
