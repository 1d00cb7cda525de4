package import Civic
import Crypto
import Foundation

extension FormOwner {
    /// A name for a folder, which does not reveal the secret.
    var folderName: String {
        switch self {
        case .person(let id): "person-\(id.rawValue)"
        case .browser(let seed): SHA256.hash(data: seed).prefix(16).hexadecimal
        }
    }
}

extension Visitor {
    /// The owner of this visitor's unfinished forms; nil for a browser that has not received a form yet.
    package var formOwner: FormOwner? {
        if let person { return .person(person.person) }
        return formSeed.map { .browser($0) }
    }
}
