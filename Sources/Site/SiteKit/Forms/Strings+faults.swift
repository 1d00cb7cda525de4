package import Civic

/// Messages about invalid values.
extension Strings {
    /// The message about a name that is refused.
    package func fault(_ fault: PersonNameFault) -> String {
        switch fault {
        case .empty, .noLetter: self["name_missing"]
        case .character(let character): text("name_character", ["character": self.character(character)])
        case .tooLong: text("name_too_long", ["n": number(PersonName.maxCharacters)])
        }
    }

    /// The message about an e-mail address that is refused.
    package func fault(_ fault: EmailAddressFault) -> String {
        switch fault {
        case .empty: self["email_missing"]
        case .noAtSign, .malformedLocalPart, .malformedDomain: self["email_malformed"]
        case .character(let character): text("email_character", ["character": self.character(character)])
        case .tooLong: self["email_too_long"]
        }
    }

    /// The message about a user name that is refused.
    package func fault(_ fault: UsernameFault) -> String {
        switch fault {
        case .tooShort: text("username_too_short", ["n": number(Username.length.lowerBound)])
        case .tooLong: text("username_too_long", ["n": number(Username.length.upperBound)])
        case .character(let character): text("username_character", ["character": self.character(character)])
        case .noLetter: self["username_no_letter"]
        case .reserved: self["username_reserved"]
        }
    }

    /// The message about a phone number that is refused.
    package func fault(_ fault: PhoneNumberFault) -> String {
        switch fault {
        case .empty, .malformed: self["phone_malformed"]
        case .character(let character): text("phone_character", ["character": self.character(character)])
        }
    }

    /// The message about an IIN or BIN that is refused.
    package func fault(_ fault: StateNumberFault) -> String {
        switch fault {
        case .notTwelveDigits: self["iin_digits"]
        case .noSuchDate, .unknownKind, .checkDigit: self["iin_wrong"]
        }
    }
}

extension Form {
    /// Parses a name from a field; nil after recording its fault.
    package mutating func name(_ field: String, _ words: Strings) -> PersonName? {
        do { return try PersonName(self[field]) } catch { fail(field, words.fault(error)) }
        return nil
    }

    /// Parses an address from a field; nil after recording its fault.
    package mutating func email(_ field: String, _ words: Strings) -> EmailAddress? {
        do { return try EmailAddress(Self.visible(self[field])) } catch { fail(field, words.fault(error)) }
        return nil
    }

    /// Parses a user name from a field; nil after recording its fault.
    package mutating func username(_ field: String, _ words: Strings) -> Username? {
        do { return try Username(Self.visible(self[field])) } catch { fail(field, words.fault(error)) }
        return nil
    }

    /// Parses a telephone number from a field; nil after recording its fault.
    package mutating func phone(_ field: String, _ words: Strings) -> PhoneNumber? {
        do { return try PhoneNumber(Self.visible(self[field])) } catch { fail(field, words.fault(error)) }
        return nil
    }

    /// Parses an individual identification number from a field; nil after recording its fault.
    package mutating func iin(_ field: String, _ words: Strings) -> IndividualIdentificationNumber? {
        do { return try IndividualIdentificationNumber(Self.visible(self[field])) } catch {
            fail(field, words.fault(error))
        }
        return nil
    }

    // Drop invisible characters that come along when copying from a message.
    private static func visible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .format }))
            .trimmingPrefix { $0.isWhitespace }.description
    }
}
