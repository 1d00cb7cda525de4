public import Civic

/// What can be done with attachments, built from a store of records and a folder of contents.
public struct AttachmentUseCases: Sendable {
    /// Takes a file that somebody sent.
    public let take: TakeAttachment
    /// Reads records and opens files.
    public let read: ReadAttachments
    /// Gives the files of a browser to the person who has signed in there.
    public let adopt: AdoptAttachments
    /// Deletes files, with all that is stored of them.
    public let delete: DeleteAttachments
    /// Scans files that no scanner has judged yet; run about once a minute.
    public let scan: ScanAttachments
    /// Cleans up what crashes have left behind; run at startup and about once an hour.
    public let mend: RepairStorage
    /// Reads all contents again, and repairs records whose contents are lost; run by an operator.
    public let repair: RepairRecords

    /// Puts the use cases together.
    ///
    /// - Parameters:
    ///   - store: the records.
    ///   - storage: the contents.
    ///   - scanner: judges files; without one, files are available at once.
    ///   - limits: all limits.
    ///   - clock: the current time.
    public init(
        store: any AttachmentStore,
        storage: FileStorage,
        scanner: (any VirusScanner)?,
        limits: AttachmentLimits = AttachmentLimits(),
        clock: WallClock = WallClock()
    ) {
        let collector = ContentCollector(store: store, storage: storage)
        take = TakeAttachment(
            store: store,
            storage: storage,
            scanner: scanner,
            limits: limits,
            clock: clock,
            pictures: PictureTool(limits),
            collector: collector
        )
        read = ReadAttachments(store: store, storage: storage)
        adopt = AdoptAttachments(store: store, limits: limits)
        delete = DeleteAttachments(store: store, limits: limits, clock: clock, collector: collector)
        scan = ScanAttachments(
            store: store,
            storage: storage,
            scanner: scanner,
            limits: limits,
            clock: clock,
            collector: collector
        )
        mend = RepairStorage(store: store, storage: storage, limits: limits, clock: clock, collector: collector)
        repair = RepairRecords(store: store, storage: storage, collector: collector)
    }
}
