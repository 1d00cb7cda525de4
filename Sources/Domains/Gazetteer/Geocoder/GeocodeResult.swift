public import Geo

/// One place that answers a question, and how surely.
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

    /// How the answer meets the question.
    public enum Match: String, Sendable, CaseIterable {
        /// The place asked for.
        case exact
        /// Between known neighbours.
        case interpolated
        /// The street, for a house that is not known.
        case street
        /// The microdistrict or district, for a house that is not known; the block, for the streets around it.
        case area
        /// A place with a similar name; `corrections` say which word was taken for which.
        case fuzzy
    }

    /// What kind of place it is.
    public let kind: Kind
    /// How the answer meets the question.
    public let match: Match
    /// 0 to 1; comparable within one question.
    public let confidence: Double
    /// Where it is, WGS 84; nil when only its name is known.
    public let position: Coordinate?
    /// How far off the position may be, metres; nil when it is that of the record.
    public let uncertainty: Double?
    /// The district the position lies in, or the record states; nil when it is not known, or when the uncertainty or the
    /// street reaches several.
    public let district: District.ID?
    /// The districts that the uncertainty reaches, or that the street or this part of it runs through.
    ///
    /// By area or by length, the largest share first; empty for a place whose position is known.
    public let districtShares: [DistrictShare]
    /// The record.
    public let subject: Subject
    /// Which of the places that a street's record stands for, the one with most houses first.
    let part: Int
    /// The house asked for, when the subject is the street or microdistrict it stands in.
    public let house: String?
    /// The words of the question that were taken for others.
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

    /// The same answer to a question that was read as another.
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

    /// The same answer in these districts: the only one is its district.
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

    /// The record behind an answer, by its place in the gazetteer's lists.
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
        /// The meeting of two streets, by the streets' places, the smaller first.
        case crossing(Int, Int)
    }
}

/// A word of a question that was taken for another.
public struct Correction: Sendable, Hashable {
    /// The word as typed, folded.
    public let typed: String
    /// The known word, folded.
    public let taken: String
}

/// A question as it was understood.
public struct ParsedQuestion: Sendable, Equatable {
    /// The street named, as its label in the reader's language.
    public var street: String?
    /// The other street of a crossing or corner.
    public var crossStreet: String?
    /// The microdistrict named.
    public var microdistrict: String?
    /// The district named.
    public var district: String?
    /// The house, canonical.
    public var house: String?
    /// The flat or office, several of them with commas.
    public var flat: String?
    /// The floor.
    public var floor: String?
    /// The entrance, or the part of the house.
    public var entrance: String?

    /// Nothing understood.
    public static let nothing = ParsedQuestion()
}

/// The answers to a question, best first.
public struct GeocodeAnswer: Sendable {
    /// The reading behind the best answer.
    public let parsed: ParsedQuestion
    /// The places.
    public let results: [GeocodeResult]
}
