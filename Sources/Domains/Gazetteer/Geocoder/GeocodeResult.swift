public import Geo

/// One place that answers a query, with its confidence.
public struct GeocodeResult: Sendable, Equatable {
    /// What kind of place it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A house.
        case address
        /// A street.
        case street
        /// A crossing of two streets.
        case intersection
        /// A microdistrict.
        case microdistrict
        /// An institution.
        case organization
        /// A district.
        case district
    }

    /// How the answer relates to the query.
    public enum Match: String, Sendable, CaseIterable {
        /// The place asked for.
        case exact
        /// A position estimated between known neighbours.
        case interpolated
        /// The street, when the house is not known.
        case street
        /// The microdistrict or district, when the house is not known; the block, when the query names the streets around
        /// it.
        case area
        /// A place with a similar name; `corrections` lists the words that were replaced.
        case fuzzy
    }

    /// What kind of place it is.
    public let kind: Kind
    /// How the answer relates to the query.
    public let match: Match
    /// 0 to 1; comparable within one query.
    public let confidence: Double
    /// The position, WGS 84; nil when only the name is known.
    public let position: Coordinate?
    /// How far off the position may be, metres; nil when it is the recorded position.
    public let uncertainty: Double?
    /// The district that contains the position or that the record states; nil when unknown, or when the uncertainty or the
    /// street covers several.
    public let district: District.ID?
    /// The districts that the uncertainty circle reaches, or that the street or this part of it runs through.
    ///
    /// By area or by length, largest share first; empty when the position is known.
    public let districtShares: [DistrictShare]
    /// The record behind the answer.
    public let subject: Subject
    /// The index among the places that share a street's record, of which the one with the most houses comes first.
    let part: Int
    /// The house asked for, when the subject is its street or microdistrict.
    public let house: String?
    /// The words of the query that were replaced.
    public let corrections: [Correction]

    init(
        kind: Kind,
        match: Match,
        confidence: Double,
        position: Coordinate?,
        uncertainty: Double? = nil,
        district: District.ID?,
        districtShares: [DistrictShare] = [],
        subject: Subject,
        part: Int = 0,
        house: String? = nil,
        corrections: [Correction] = []
    ) {
        self.kind = kind
        self.match = (match == .exact || match == .interpolated) && !corrections.isEmpty ? .fuzzy : match
        self.confidence = confidence
        self.position = position
        self.uncertainty = uncertainty
        self.district = district
        self.districtShares = districtShares
        self.subject = subject
        self.part = part
        self.house = house
        self.corrections = corrections
    }

    /// The districts of `districtShares`.
    public var districts: [District.ID] { districtShares.map(\.id) }

    /// The same result, for a query that was read as another one.
    func taken(for other: String, typed: String) -> GeocodeResult {
        GeocodeResult(
            kind: kind,
            match: match,
            confidence: confidence,
            position: position,
            uncertainty: uncertainty,
            district: district,
            districtShares: districtShares,
            subject: subject,
            part: part,
            house: house,
            corrections: [Correction(typed: typed, taken: other)] + corrections
        )
    }

    /// The same result with these districts; if there is only one, it becomes the result's district.
    func located(in shares: [DistrictShare]) -> GeocodeResult {
        guard !shares.isEmpty else { return self }
        return GeocodeResult(
            kind: kind,
            match: match,
            confidence: confidence,
            position: position,
            uncertainty: uncertainty,
            district: shares.count == 1 ? shares[0].id : nil,
            districtShares: shares.count == 1 ? [] : shares,
            subject: subject,
            part: part,
            house: house,
            corrections: corrections
        )
    }

    func lowered(by amount: Double) -> GeocodeResult {
        GeocodeResult(
            kind: kind,
            match: match,
            confidence: max(0, confidence - amount),
            position: position,
            uncertainty: uncertainty,
            district: district,
            districtShares: districtShares,
            subject: subject,
            part: part,
            house: house,
            corrections: corrections
        )
    }

    /// The record behind an answer, by its index in the gazetteer's lists.
    public enum Subject: Sendable, Hashable {
        /// An address.
        case address(Int)
        /// A street.
        case street(Int)
        /// A microdistrict.
        case microdistrict(Int)
        /// A district.
        case district(Int)
        /// An organization.
        case organization(Int)
        /// The crossing of two streets, by the indexes of the streets, smaller first.
        case crossing(Int, Int)
    }
}

/// A word of a query that was replaced by a known word.
public struct Correction: Sendable, Hashable {
    /// The word as typed, folded.
    public let typed: String
    /// The known word, folded.
    public let taken: String
}

/// A query as it was understood.
public struct ParsedAddress: Sendable, Equatable {
    /// The street, as its label in the reader's language.
    public var street: String?
    /// The other street of a crossing or corner address.
    public var crossStreet: String?
    /// The microdistrict named.
    public var microdistrict: String?
    /// The district named.
    public var district: String?
    /// The house in canonical form.
    public var house: String?
    /// The flat or office; several are separated by commas.
    public var flat: String?
    /// The floor.
    public var floor: String?
    /// The entrance or the part of the house.
    public var entrance: String?

    /// A query of which nothing was understood.
    public static let nothing = ParsedAddress()
}

/// The answers to a query, best first.
public struct GeocodeAnswer: Sendable {
    /// The interpretation behind the best answer.
    public let parsed: ParsedAddress
    /// The places.
    public let results: [GeocodeResult]
}
