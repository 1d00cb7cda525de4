/// Reads the structure of an address: marks, house, unit.
///
/// Which words are names is the matcher’s work.
struct AddressParser {
    /// The readings of a question, best first: each number that can be the house, then none.
    func readings(of tokens: [Token]) -> [AddressReading] {
        let base = marks(of: tokens)
        let (unit, unitTokens) = unit(in: tokens, marks: base)
        var readings = houses(in: tokens, marks: base, except: unitTokens).map { range in
            reading(tokens, base, house: range, unit: unit, unitTokens: unitTokens)
        }
        readings.append(reading(tokens, base, house: nil, unit: unit, unitTokens: unitTokens))
        return readings
    }

    private func reading(
        _ tokens: [Token],
        _ marks: [Int: [AddressWord]],
        house: Range<Int>?,
        unit: String?,
        unitTokens: Set<Int>
    ) -> AddressReading {
        var explained = unitTokens
        for (index, words) in marks {
            let lonelyHouse = words == [.house] && house == nil
            if !lonelyHouse { explained.insert(index) }
        }
        if let house { explained.formUnion(house) }
        return AddressReading(
            tokens: tokens,
            marks: marks,
            house: house.map { Self.houseKey(of: Array(tokens[$0])) },
            houseRange: house,
            unit: unit,
            explained: explained
        )
    }

    private func marks(of tokens: [Token]) -> [Int: [AddressWord]] {
        var marks: [Int: [AddressWord]] = [:]
        for (index, token) in tokens.enumerated() where !token.isNumber {
            // «р-н», «пр-т», «мкр-н»: an abbreviation with a hyphen is one mark in two tokens.
            if index + 1 < tokens.count, tokens[index + 1].separator == .hyphen {
                let meanings = AddressWord.meanings(of: token.text + tokens[index + 1].text)
                if !meanings.isEmpty {
                    marks[index] = meanings
                    marks[index + 1] = meanings
                    continue
                }
            }
            if marks[index] != nil { continue }
            let meanings = AddressWord.meanings(of: token.text)
            if !meanings.isEmpty { marks[index] = meanings }
        }
        return marks
    }

    private func unit(in tokens: [Token], marks: [Int: [AddressWord]]) -> (String?, Set<Int>) {
        var unit: String?
        var used: Set<Int> = []
        for (index, words) in marks where words.contains(.unit) {
            used.insert(index)
            if index + 1 < tokens.count, tokens[index + 1].isNumber {
                unit = tokens[index + 1].text
                used.insert(index + 1)
            } else if index > 0, tokens[index - 1].isNumber, tokens[index - 1].separator != .hyphen {
                // Kazakh order: «5-пәтер», «5 пәтер».
                unit = tokens[index - 1].text
                used.insert(index - 1)
            }
        }
        return (unit, used)
    }

    private func houses(
        in tokens: [Token],
        marks: [Int: [AddressWord]],
        except used: Set<Int>
    ) -> [Range<Int>] {
        var candidates: [(range: Range<Int>, weight: Int)] = []
        var index = 0
        while index < tokens.count {
            guard tokens[index].isNumber, !used.contains(index) else {
                index += 1
                continue
            }
            let end = houseEnd(from: index, tokens: tokens, marks: marks, except: used)
            candidates.append((index..<end, weight(of: index..<end, tokens: tokens, marks: marks)))
            index = end
        }
        return candidates.sorted { ($0.weight, $0.range.lowerBound) > ($1.weight, $1.range.lowerBound) }.map(\.range)
    }

    // A marked number is surely the house; else the last number is likelier than one glued to a name («Самал-2»).
    private func weight(of range: Range<Int>, tokens: [Token], marks: [Int: [AddressWord]]) -> Int {
        let before = range.lowerBound > 0 ? marks[range.lowerBound - 1] ?? [] : []
        let after = marks[range.upperBound] ?? []
        if before.contains(.house) || after == [.house] { return 3 }
        if tokens[range.lowerBound].separator == .hyphen { return 0 }
        return range.lowerBound == 0 ? 1 : 2
    }

    // Takes «/5», «-41», «корпус 4», «к4» and a separate letter «8 Г» into the house.
    private func houseEnd(
        from start: Int,
        tokens: [Token],
        marks: [Int: [AddressWord]],
        except used: Set<Int>
    ) -> Int {
        var end = start + 1
        while end < tokens.count, !used.contains(end) {
            let token = tokens[end]
            if token.isNumber, token.separator == .slash || token.separator == .hyphen {
                end += 1
            } else if marks[end]?.contains(.building) == true, end + 1 < tokens.count, tokens[end + 1].isNumber {
                end += 2
            } else if isHouseLetter(token), !announcesCity(end, tokens: tokens, marks: marks) {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    private func isHouseLetter(_ token: Token) -> Bool {
        token.text.unicodeScalars.count == 1 && !token.isNumber
            && (token.separator == .space || token.separator == .hyphen || token.separator == .slash)
    }

    // «52 г Алматы»: the «г» is the town's, not the house's.
    private func announcesCity(_ index: Int, tokens: [Token], marks: [Int: [AddressWord]]) -> Bool {
        guard marks[index]?.contains(.city) == true, index + 1 < tokens.count else { return false }
        return tokens[index + 1].separator == .stop || marks[index + 1]?.contains(.city) == true
    }

    static func houseKey(of tokens: [Token]) -> String {
        var key = ""
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            let building = AddressWord.meanings(of: token.text).contains(.building)
            if building, index + 1 < tokens.count, tokens[index + 1].isNumber {
                key += "к" + tokens[index + 1].text
                index += 2
                continue
            }
            if token.isNumber, token.separator == .slash { key += "/" }
            if token.isNumber, token.separator == .hyphen, !key.isEmpty { key += "-" }
            key += token.text
            index += 1
        }
        return key
    }
}
