public import Civic

/// The tables that decide how appeals are handled; they are read at startup and never change while the process runs.
public struct AppealRules: Sendable {
    /// The categories with their questions and stoppers, and the bodies.
    public let catalogue: AppealCatalogue
    /// The routing rules.
    public let routes: RoutingTable
    /// Who may do what.
    public let permissions: PermissionTable
    /// The work calendar with the hours of the city's bodies.
    public let calendar: WorkCalendar

    /// Puts the tables together.
    public init(
        catalogue: AppealCatalogue,
        routes: RoutingTable,
        permissions: PermissionTable,
        calendar: WorkCalendar
    ) {
        (self.catalogue, self.routes) = (catalogue, routes)
        (self.permissions, self.calendar) = (permissions, calendar)
    }

    /// Counts terms on the calendar.
    public var calculator: DeadlineCalculator { DeadlineCalculator(calendar) }

    /// Applies moves to terms.
    var counter: TermCounter { TermCounter(calculator: calculator, catalogue: catalogue) }

    /// Whether the bodies work at a time, so that the portal registers by itself.
    func isOpen(at time: LocalTime) throws(CivicError) -> Bool {
        try calendar.isWorkingDay(time.date) && calendar.hours.contains(time.minute)
    }
}
