package import Civic
import Crypto
package import Foundation

/// To whom an unfinished form belongs: the person who is signed in, else the browser.
package enum FormOwner: Sendable, Hashable {
    /// A person, on whatever device.
    case person(PersonID)
    /// A browser, by the secret of its forms.
    case browser(Data)

    /// A name for a folder, which does not reveal the secret.
    var folderName: String {
        switch self {
        case .person(let id): "person-\(id.rawValue)"
        case .browser(let seed): SHA256.hash(data: seed).prefix(16).map { String(format: "%02x", $0) }.joined()
        }
    }
}

extension Visitor {
    /// To whom the unfinished forms of this visitor belong; nil for a browser that has not received a form yet.
    package var formOwner: FormOwner? {
        if let person { return .person(person.person) }
        return formSeed.map { .browser($0) }
    }
}
