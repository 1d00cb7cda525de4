import Foundation
import OpenIDConnect

/// What is remembered, sealed and for one use, while somebody is at a provider.
struct KeptAttempt: Codable {
    let attempt: SignInAttempt
    /// The language to go on in.
    let language: String
    /// The number of the account to link to; nil to sign in.
    let links: Int64?
}
