package import NIOCore

/// A template compiled for its models and one language: literal text and instructions, with every member at a known place.
package struct TemplateProgram: Sendable {
    /// Where a value is: the index of its open context, and the index of the member in it.
    struct Place: Sendable, Equatable {
        let context: Int
        let slot: Int
    }

    /// What a jump depends on.
    enum Condition: Sendable, Equatable {
        case isTrue(Place)
        case isFalse(Place)
        case isLast(context: Int)
        case isNotLast(context: Int)
    }

    /// One step; jumps hold the index of the step that runs next.
    enum Instruction: Sendable, Equatable {
        /// Writes a part of the literal text.
        case literal(Range<Int>)
        /// Writes a value, escaped for HTML or as it is.
        case value(Place, isEscaped: Bool)
        case jump(Int)
        case jumpIf(Condition, Int)
        /// Opens the structure at a place as a context, or jumps when there is none.
        case enter(Place, context: Int, otherwise: Int)
        /// Opens the first element of a list as a context, or jumps when there is none.
        case begin(Place, context: Int, otherwise: Int)
        /// Opens the next element of a list and jumps back, or goes on after the last.
        case again(context: Int, Int)
        /// Jumps to the code of the partial that a member names.
        case choose(Place, [String: Int])
    }

    /// The models whose values the template is filled with, outermost first.
    let schemas: [ModelSchema]
    let literals: [UInt8]
    let instructions: [Instruction]
    /// How many contexts are open at most.
    let contexts: Int

    /// Fills the template.
    ///
    /// - Parameters:
    ///   - models: a value of each type that the template was compiled for, in the same order.
    ///   - capacity: a guess at the size of the result, bytes.
    /// - Throws: `TemplateError.unsupportedModel` when a model does not encode the members that it decodes.
    package func render(_ models: [any Encodable], capacity: Int = 32_768) throws -> ByteBuffer {
        let values = ModelValues()
        var run = Run(bases: [Int](repeating: 0, count: contexts), rests: [Int](repeating: 0, count: contexts))
        for (index, model) in models.enumerated() {
            run.bases[index] = try values.add(model, schemas[index])
        }
        var output: [UInt8] = []
        output.reserveCapacity(max(capacity, literals.count))
        literals.withUnsafeBufferPointer { self.run(&run, values, $0, &output) }
        return ByteBuffer(bytes: output)
    }

    /// The open contexts while a template is filled.
    private struct Run {
        /// Where the members of each context begin.
        var bases: [Int]
        /// How many elements of its list remain in each context.
        var rests: [Int]
    }

    private func run(
        _ run: inout Run,
        _ values: ModelValues,
        _ literals: UnsafeBufferPointer<UInt8>,
        _ output: inout [UInt8]
    ) {
        var step = 0
        while step < instructions.count {
            switch instructions[step] {
            case .literal(let range): output.append(contentsOf: UnsafeBufferPointer(rebasing: literals[range]))
            case .value(let place, let isEscaped):
                switch values[run.bases[place.context] + place.slot] {
                case .text(let text): if isEscaped { HTML.append(text, to: &output) } else { output += text.utf8 }
                case .number(let number): output += String(number).utf8
                default: break
                }
            case .jump(let target):
                step = target
                continue
            case .jumpIf(let condition, let target):
                if Self.holds(condition, run, values) {
                    step = target
                    continue
                }
            case .enter(let place, let context, let otherwise):
                guard case .object(let base) = values[run.bases[place.context] + place.slot] else {
                    step = otherwise
                    continue
                }
                run.bases[context] = base
            case .begin(let place, let context, let otherwise):
                guard case .list(let first, let count) = values[run.bases[place.context] + place.slot], count > 0 else {
                    step = otherwise
                    continue
                }
                run.rests[context] = count - 1
                run.bases[context] = first
            case .again(let context, let target):
                if run.rests[context] > 0, case .next(let next) = values[run.bases[context]] {
                    run.rests[context] -= 1
                    run.bases[context] = next
                    step = target
                    continue
                }
            case .choose(let place, let targets):
                if case .text(let name) = values[run.bases[place.context] + place.slot], let target = targets[name] {
                    step = target
                    continue
                }
            }
            step += 1
        }
    }

    private static func holds(
        _ condition: Condition,
        _ run: Run,
        _ values: ModelValues
    ) -> Bool {
        switch condition {
        case .isTrue(let place): isTrue(values[run.bases[place.context] + place.slot])
        case .isFalse(let place): !isTrue(values[run.bases[place.context] + place.slot])
        case .isLast(let context): run.rests[context] == 0
        case .isNotLast(let context): run.rests[context] > 0
        }
    }

    private static func isTrue(_ value: ModelValues.Value) -> Bool {
        switch value {
        case .absent: false
        case .flag(let flag): flag
        case .list(_, let count): count > 0
        case .text, .number, .object, .next: true
        }
    }
}
