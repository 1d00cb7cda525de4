import Civic

/// Everything that the form sends; its values have been read and checked one by one.
public struct FilingRequest: Sendable {
    /// The lengths of the key of a request, bytes.
    public static let keyLengths = 8...200

    /// The key of the request: a repeated request with the same key files nothing again.
    public let key: String
    /// The regime.
    public let regime: AppealRegime
    /// The kind that the applicant chose; meaningless for a report.
    public let kind: AppealKind
    /// The applicant.
    public let applicant: Applicant
    /// What it says.
    public let content: AppealContent
    /// Where it is, in the form that routing needs.
    public let routingPlace: RoutingPlace
    /// The version of the district borders by which the place was assigned.
    public let boundaryVersion: String
    /// The files, in their order.
    public let files: [AppealFileID]
    /// The signature: a CMS file that was verified, or the scan of a signed paper that an operator has seen; nil while there is none.
    public let signature: AppealFileID?
    /// The applicant's report from which an official appeal is made; the report keeps its state.
    public let report: AppealNumber?
    /// The version of the rules to which the applicant agreed.
    public let rulesVersion: String

    /// Puts the parts together.
    public init(
        key: String,
        regime: AppealRegime,
        kind: AppealKind,
        applicant: Applicant,
        content: AppealContent,
        routingPlace: RoutingPlace,
        boundaryVersion: String,
        files: [AppealFileID] = [],
        signature: AppealFileID? = nil,
        report: AppealNumber? = nil,
        rulesVersion: String
    ) {
        (self.key, self.regime, self.kind, self.applicant) = (key, regime, kind, applicant)
        (self.content, self.routingPlace, self.boundaryVersion) = (content, routingPlace, boundaryVersion)
        (self.files, self.signature, self.report, self.rulesVersion) = (files, signature, report, rulesVersion)
    }

    /// The inputs by which it is routed on a day.
    func routingInputs(on day: LocalDate) -> RoutingInputs {
        RoutingInputs(
            regime: regime,
            kind: kind.legalKind,
            addressee: content.addressee,
            category: content.category,
            place: routingPlace,
            answers: content.answers,
            day: day,
            boundaryVersion: boundaryVersion
        )
    }
}

/// Why a request to file is refused; the form names the field.
public enum FilingFault: Error, Sendable, Equatable {
    /// The length of the request's key is not in `FilingRequest.keyLengths`.
    case key
    /// There is no such leaf, or it is not offered in the regime.
    case category
    /// An answer to a question of the category.
    case answer(AnswerFault)
    /// The text does not have the length of the regime.
    case text(ClosedRange<Int>)
    /// A report needs a place.
    case place
    /// The applicant lacks what an official appeal must have.
    case applicant(Set<Defect>)
    /// There is no such body.
    case addressee
    /// More files than `AppealLimits.maxFiles`.
    case files(most: Int)
    /// There is no such report of the applicant, or what is filed is itself a report.
    case report
    /// Reports of this kind are not taken here; the appeal can be filed officially.
    case notTaken
}

/// How filing ended.
public enum FilingOutcome: Sendable {
    /// It is stored, on the disk.
    case filed(FiledAppeal)
    /// The same request was filed before; the receipt is the original one.
    case repeated(FiledAppeal)
    /// Another request was filed with this key, under the number.
    case otherContent(AppealNumber)
    /// The request cannot be filed as it is.
    case refused(FilingFault)
    /// A file has expired, is used already or belongs to somebody else.
    case filesUnavailable
    /// The visitor may not file like this.
    case denied
    /// Too many filings. The value is the number of seconds to wait.
    case wait(seconds: Int)
}

/// What a receipt says.
public struct FiledAppeal: Sendable, Equatable {
    /// The internal number.
    public let id: AppealID
    /// The number.
    public let number: AppealNumber
    /// The code for looking it up without an account; nil in a repeated receipt when the secret key was changed since.
    public let code: ReceiptCode?
    /// The course so far; a `draft` waits for its signature.
    public let appeal: Appeal
    /// The route: who answers and why.
    public let route: StoredRoute?
    /// The term; nil while it waits for its signature.
    public let term: AppealTerm?

    /// Whether it waits for its signature.
    public var awaitsSignature: Bool { appeal.state == .draft }
}
