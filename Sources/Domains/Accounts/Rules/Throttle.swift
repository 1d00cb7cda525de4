import Civic
import Foundation

/// The waiting time after failed sign-ins: it grows for whoever fails, and never locks anybody else out.
///
/// Failures are counted for a login from one address, for a login from everywhere, and for an address with every login.
/// Only the first count makes a login wait, so the owner at another address can sign in at once while somebody guesses
/// elsewhere; the second count only takes away the free tries of those who already failed.
/// The third count is kept for the /64 network of an IPv6 address and for the /48 site around it: a /48 holds
/// 65,536 such networks. A browser that the owner has signed in with has a counter of its own: neither a neighbour behind the
/// same address nor a flood makes it wait.
/// Failures of all unknown browsers together make the captcha harder, because a distributed attack cannot be recognized by its sources.
/// Counts decay exponentially, each with its own half-life.
enum Throttle {
    /// Failures of a login from an address before waits begin.
    static let freeTries = 3
    /// Failures of a login from everywhere after which the free tries are gone.
    static let heat = 20
    /// Failures of an address with every login before it must wait; high, because many people share one address of a provider.
    static let freeTriesOfAddress = 30
    /// Failures of a /48 site of IPv6 with every login before it must wait.
    static let freeTriesOfSite = 120
    /// Failures of all unknown browsers at which the captcha begins to cost more.
    static let busyPortal = 100
    /// The maximum factor by which the captcha gets harder.
    static let hardestCaptcha = 8
    /// The longest wait of a login from one address, seconds.
    static let longestWait = 900
    /// The longest wait of an address or a site with every login, seconds.
    static let longestWaitOfAddress = 60
    /// Failures after which even a known browser gets a captcha.
    static let triesWithoutCaptcha = 2
    /// Half-life of the failure count of a login from one address or in one browser.
    static let halfLife: Duration = .hours(6)
    /// Half-life of shared failure counts: of an address with every login, and of a login from everywhere.
    static let sharedHalfLife: Duration = .hours(1)
    /// Half-life of the failure count of all unknown browsers; while it is high the captcha is harder.
    static let portalHalfLife: Duration = .minutes(10)
    /// Half-life of the failure count of second steps from everywhere; longer, because whoever fails there knows the password.
    static let secondStepHalfLife: Duration = .hours(24)

    /// Seconds to wait since the last failure, for a login from an address.
    static func wait(failures: Int, everywhere: Int) -> Int {
        guard failures > 0 else { return 0 }
        let free = everywhere >= heat ? 0 : freeTries
        return growing(failures - free, atMost: longestWait)
    }

    /// Seconds to wait since the last failure, for an address with every login.
    static func wait(ofAddress failures: Int) -> Int {
        growing(failures - freeTriesOfAddress, atMost: longestWaitOfAddress)
    }

    /// Seconds to wait since the last failure, for a site with every login.
    static func wait(ofSite failures: Int) -> Int {
        growing(failures - freeTriesOfSite, atMost: longestWaitOfAddress)
    }

    /// The difficulty of the captcha for a number of failures of all unknown browsers; it doubles whenever the failures double.
    static func captchaWork(failures: Int) -> Int {
        var (work, bound) = (1, busyPortal)
        while failures >= bound, work < hardestCaptcha { (work, bound) = (work * 2, bound * 2) }
        return work
    }

    private static func growing(_ excess: Int, atMost longest: Int) -> Int {
        // 2^10 exceeds every longest wait.
        excess > 0 ? min(1 << min(excess, 10), longest) : 0
    }
}
