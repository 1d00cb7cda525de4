public import Foundation

/// To whom an unfinished form belongs: the person who is signed in, else the browser.
public enum FormOwner: Sendable, Hashable {
    /// A person, on whatever device.
    case person(PersonID)
    /// A browser, by the secret of its forms.
    case browser(Data)

    /// The person; nil for a browser without a session.
    public var person: PersonID? {
        switch self {
        case .person(let id): id
        case .browser: nil
        }
    }
}
