import Civic
import Gazetteer
import Geo
import SiteKit

/// Parameters whose values depend on the city.
extension Query {
    mutating func category(_ tree: CategoryTree) -> Gazetteer.Category.ID? {
        guard let text = text("category") else { return nil }
        let id = Gazetteer.Category.ID(text)
        if tree[id] == nil { fail("category", "unknown_category") }
        return id
    }

    mutating func district(_ districts: DistrictMap) -> District.ID? {
        guard let text = text("district") else { return nil }
        let id = District.ID(text)
        if districts[id] == nil {
            let slugs = districts.all.map(\.id.rawValue).joined(separator: ", ")
            fail("district", "not_a_choice", ["choices": slugs])
        }
        return id
    }

    /// `open_at`: `now`, an RFC 3339 time, or an Almaty time without an offset.
    mutating func openAt() -> LocalTime? {
        guard let text = text("open_at") else { return nil }
        // A plus sign in a query stands for a space, and many clients send the offset unescaped.
        guard let time = Moment.localTime(text.replacing(" ", with: "+")) else {
            fail("open_at", "not_a_time")
            return nil
        }
        return time
    }
}
