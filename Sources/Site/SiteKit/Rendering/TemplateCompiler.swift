/// Compiles a parsed template for the models that it is filled with.
///
/// Partials, parents and blocks are inlined, words and other constants become literal text, and every name is resolved to
/// the place of a member. A name that no model in its context has is an error.
struct TemplateCompiler {
    /// An open context: what the names inside a section refer to.
    private enum Context {
        /// A structure whose members are at this context number.
        case object(ModelSchema, number: Int)
        /// A single value, `{{.}}`.
        case value(ModelSchema, TemplateProgram.Place)
    }

    /// The contents of a block and the template that they are from.
    private struct Block {
        let nodes: [TemplateNode]
        let template: String
    }

    /// A resolved name.
    private struct Member {
        let schema: ModelSchema
        let place: TemplateProgram.Place
        /// The jumps taken when a structure on the way is absent, still without their target.
        var exits: [Int] = []
    }

    /// Partials nested more deeply are assumed to be recursive.
    private static let deepest = 32

    private let templates: [String: [TemplateNode]]
    private let constants: [String: [String: String]]
    private let isEscaped: Bool
    private var contexts: [Context] = []
    private var openContexts: Int
    private var maxContexts: Int
    private var listContexts: [Int] = []
    private var depth = 0
    private var literals: [UInt8] = []
    private var instructions: [TemplateProgram.Instruction] = []
    // Text before this step may be jumped to, so literals are not joined across it.
    private var barrier = 0

    /// Compiles a template.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - schemas: the models, outermost first.
    ///   - templates: all parsed templates.
    ///   - constants: texts by prefix and key: `{{t.home}}` is `constants["t"]["home"]`.
    ///   - isEscaped: whether values and constants are escaped for HTML.
    /// - Throws: `TemplateError`.
    static func compile(
        _ name: String,
        for schemas: [ModelSchema],
        templates: [String: [TemplateNode]],
        constants: [String: [String: String]],
        isEscaped: Bool
    ) throws(TemplateError) -> TemplateProgram {
        var compiler = TemplateCompiler(schemas, templates, constants, isEscaped)
        guard let nodes = templates[name] else { throw .unknownTemplate(name, usedBy: "the library") }
        try compiler.add(nodes, from: name, [:])
        return TemplateProgram(
            schemas: schemas,
            literals: compiler.literals,
            instructions: compiler.instructions,
            contexts: compiler.maxContexts
        )
    }

    private init(
        _ schemas: [ModelSchema],
        _ templates: [String: [TemplateNode]],
        _ constants: [String: [String: String]],
        _ isEscaped: Bool
    ) {
        (self.templates, self.constants, self.isEscaped) = (templates, constants, isEscaped)
        contexts = schemas.enumerated().map { .object($1, number: $0) }
        (openContexts, maxContexts) = (schemas.count, schemas.count)
    }

    // MARK: - Nodes

    private mutating func add(
        _ nodes: [TemplateNode],
        from template: String,
        _ blocks: [String: Block]
    ) throws(TemplateError) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw .malformed(template: template, line: 1, reason: "its partials contain each other")
        }
        for node in nodes {
            switch node {
            case .text(let text): write(text)
            case .value(let name, let isEscaped, let line):
                try addValue(name, isEscaped: isEscaped && self.isEscaped, template, line)
            case .section(let name, let inner, let isInverted, let line):
                try addSection(name, inner, isInverted: isInverted, template, line, blocks)
            case .partial(let name, _): try add(try self.nodes(of: name, for: template), from: name, blocks)
            case .chosenPartial(let name, let line): try addChoice(name, template, line, blocks)
            case .parent(let name, let own, _):
                let own = own.mapValues { Block(nodes: $0, template: template) }
                try add(try self.nodes(of: name, for: template), from: name, own.merging(blocks) { _, outer in outer })
            case .block(let name, let standard):
                let block = blocks[name] ?? Block(nodes: standard, template: template)
                try add(block.nodes, from: block.template, blocks)
            }
        }
    }

    private func nodes(of name: String, for user: String) throws(TemplateError) -> [TemplateNode] {
        guard let nodes = templates[name] else { throw .unknownTemplate(name, usedBy: user) }
        return nodes
    }

    private mutating func addValue(
        _ name: TagName,
        isEscaped: Bool,
        _ template: String,
        _ line: Int
    ) throws(TemplateError) {
        if !name.isLocal, name.path.count == 2, let texts = constants[name.path[0]] {
            guard let text = texts[name.path[1]] else {
                throw .unknownConstant(name.text, template: template, line: line)
            }
            return write(Array((isEscaped ? HTML.escaped(text) : text).utf8))
        }
        let opened = openContexts
        let member = try resolve(name, template, line)
        switch member.schema.kind {
        case .text, .choice, .number: instructions.append(.value(member.place, isEscaped: isEscaped))
        case .flag, .list, .object:
            throw unusable(name, template, line, "is a \(member.schema.type) and cannot be shown as text")
        }
        land(member.exits)
        openContexts = opened
    }

    private mutating func addChoice(
        _ name: TagName,
        _ template: String,
        _ line: Int,
        _ blocks: [String: Block]
    ) throws(TemplateError) {
        let opened = openContexts
        let member = try resolve(name, template, line)
        guard case .choice(let names) = member.schema.kind else {
            throw unusable(name, template, line, "is a \(member.schema.type), not a TemplateChoice")
        }
        let choice = reserve()
        var ends = [reserve()]
        var targets: [String: Int] = [:]
        for name in names {
            land([])
            targets[name] = instructions.count
            try add(try self.nodes(of: name, for: template), from: name, blocks)
            ends.append(reserve())
        }
        instructions[choice] = .choose(member.place, targets)
        land(ends)
        land(member.exits)
        openContexts = opened
    }

    // MARK: - Sections

    private mutating func addSection(
        _ name: TagName,
        _ inner: [TemplateNode],
        isInverted: Bool,
        _ template: String,
        _ line: Int,
        _ blocks: [String: Block]
    ) throws(TemplateError) {
        let (opened, open) = (openContexts, contexts)
        defer { (openContexts, contexts) = (opened, open) }
        if name.condition == .isLast {
            guard let list = listContexts.last else { throw unusable(name, template, line, "is not inside a list") }
            let skip = reserve()
            try add(inner, from: template, blocks)
            return set(skip) { .jumpIf(isInverted ? .isLast(context: list) : .isNotLast(context: list), $0) }
        }
        let member = try resolve(name, template, line)
        if name.condition == .isEmpty {
            guard case .list = member.schema.kind else {
                throw unusable(name, template, line, "is a \(member.schema.type), not a list")
            }
        }
        if case .number = member.schema.kind {
            throw unusable(name, template, line, "is a number and cannot decide whether a section is shown")
        }
        // `{{^name}}` and `{{#empty(name)}}` are shown when the member is absent, and so also when what contains it is.
        if isInverted != (name.condition == .isEmpty) {
            let skip = reserve()
            land(member.exits)
            try add(inner, from: template, blocks)
            return set(skip) { .jumpIf(.isTrue(member.place), $0) }
        }
        switch (member.schema.kind, name.condition) {
        case (.list, .isPresent): try addList(member, inner, template, blocks)
        case (.object, _): try addObject(member, inner, template, blocks)
        default:
            let skip = reserve()
            switch member.schema.kind {
            case .text, .choice: contexts.append(.value(member.schema, member.place))
            default: break
            }
            try add(inner, from: template, blocks)
            set(skip) { .jumpIf(.isFalse(member.place), $0) }
        }
        land(member.exits)
    }

    private mutating func addObject(
        _ member: Member,
        _ inner: [TemplateNode],
        _ template: String,
        _ blocks: [String: Block]
    ) throws(TemplateError) {
        let number = open()
        let enter = reserve()
        contexts.append(.object(member.schema, number: number))
        try add(inner, from: template, blocks)
        set(enter) { .enter(member.place, context: number, otherwise: $0) }
    }

    // An element begins with the place of the next one; a structure is entered, a single value follows it.
    private mutating func addList(
        _ member: Member,
        _ inner: [TemplateNode],
        _ template: String,
        _ blocks: [String: Block]
    ) throws(TemplateError) {
        let list = open()
        let begin = reserve()
        land([])
        let start = instructions.count
        let element = TemplateProgram.Place(context: list, slot: 1)
        var enter: (step: Int, number: Int)?
        if let schema = member.schema.element, case .object = schema.kind {
            enter = (reserve(), open())
            contexts.append(.object(schema, number: openContexts - 1))
        } else {
            contexts.append(.value(member.schema.element ?? member.schema, element))
        }
        listContexts.append(list)
        try add(inner, from: template, blocks)
        listContexts.removeLast()
        if let enter { set(enter.step) { .enter(element, context: enter.number, otherwise: $0) } }
        land([])
        instructions.append(.again(context: list, start))
        set(begin) { .begin(member.place, context: list, otherwise: $0) }
    }

    // MARK: - Names

    private mutating func resolve(_ name: TagName, _ template: String, _ line: Int) throws(TemplateError) -> Member {
        guard let first = name.path.first else {
            guard case .value(let schema, let place) = contexts.last else {
                throw unusable(name, template, line, "is a structure here and cannot be shown as text")
            }
            return Member(schema: schema, place: place)
        }
        var found: Member?
        for context in name.isLocal ? contexts.suffix(1) : contexts[...] {
            guard case .object(let schema, let number) = context, let slot = schema.slot(named: first) else { continue }
            found = Member(schema: schema.members[slot].schema, place: .init(context: number, slot: slot))
        }
        guard var member = found else { throw unusable(name, template, line, "is not a member of \(searched(name))") }
        for part in name.path.dropFirst() {
            guard case .object = member.schema.kind, let slot = member.schema.slot(named: part) else {
                throw unusable(name, template, line, "\(part) is not a member of \(member.schema.type)")
            }
            let number = open()
            instructions.append(.enter(member.place, context: number, otherwise: 0))
            let exits = member.exits + [instructions.count - 1]
            let schema = member.schema.members[slot].schema
            member = Member(schema: schema, place: .init(context: number, slot: slot), exits: exits)
        }
        return member
    }

    private func searched(_ name: TagName) -> String {
        let types = (name.isLocal ? contexts.suffix(1) : contexts[...]).reversed().map { context in
            switch context {
            case .object(let schema, _), .value(let schema, _): schema.type
            }
        }
        return types.joined(separator: ", ")
    }

    private func unusable(_ name: TagName, _ template: String, _ line: Int, _ reason: String) -> TemplateError {
        .unusableMember(name.text, template: template, line: line, reason: reason)
    }

    private mutating func open() -> Int {
        openContexts += 1
        maxContexts = max(maxContexts, openContexts)
        return openContexts - 1
    }

    // MARK: - Instructions

    private mutating func write(_ text: [UInt8]) {
        let start = literals.count
        literals += text
        if instructions.count > barrier, case .literal(let before) = instructions.last, before.upperBound == start {
            instructions[instructions.count - 1] = .literal(before.lowerBound..<literals.count)
        } else {
            instructions.append(.literal(start..<literals.count))
        }
    }

    /// Adds a step that is made later.
    private mutating func reserve() -> Int {
        instructions.append(.jump(instructions.count + 1))
        return instructions.count - 1
    }

    /// Makes a reserved step that leads here.
    private mutating func set(_ step: Int, _ make: (Int) -> TemplateProgram.Instruction) {
        instructions[step] = make(instructions.count)
        barrier = instructions.count
    }

    /// Makes the given jumps lead here.
    private mutating func land(_ steps: [Int]) {
        for step in steps {
            switch instructions[step] {
            case .enter(let place, let context, _):
                instructions[step] = .enter(place, context: context, otherwise: instructions.count)
            default: instructions[step] = .jump(instructions.count)
            }
        }
        barrier = instructions.count
    }
}
