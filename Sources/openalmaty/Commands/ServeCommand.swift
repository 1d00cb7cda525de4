import AccountSite
import ArgumentParser
import Attachments
import Configuration
import Console
import Foundation
import Hummingbird
import Logging
import MapSite
import NIOCore
import NIOPosix
import Portal
import SQLiteStore
import SignatureSite
import SiteKit

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the pages and the API; the first time, load the embedded city."
    )

    @Option(help: "The address to listen on (default 127.0.0.1).")
    var host: String?

    @Option(help: "The port to listen on (default 8080; 0 takes a free one).")
    var port: Int?

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        // Use as many event loops as there are processors available to this process, which may be limited to some of them.
        // Loops that share a processor wait for each other, which makes the slowest answers slower.
        NIOSingletons.groupLoopCountSuggestion = min(System.coreCount, Processors.available)
        // Run requests on the event loops themselves, which avoids two thread hops per request. Work that would block a loop
        // (the database, building a snapshot, compressing large bodies) has its own threads. Where the runtime does not
        // allow this, only speed is lost.
        NIOSingletons.unsafeTryInstallSingletonPosixEventLoopGroupAsConcurrencyGlobalExecutor()
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        if let host { values["host"] = ConfigValue(.string(host), isSecret: false) }
        if let port { values["port"] = ConfigValue(.int(port), isSecret: false) }
        let settings = try await database.settings(values)
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "openalmaty")
        logger.logLevel = settings.logLevel
        let opened = try OpenedPortal.making(settings)
        let city = try OpenedCity.making(settings, opened)
        let attachments = try OpenedAttachments.making(settings, opened)
        let probe = try PortalDatabase.prepareForServing(opened.database)
        for caution in settings.cautions { logger.warning("\(caution)") }
        for program in PicturePrograms.missing {
            logger.warning("\(AttachmentsError.missingProgram(program)); until then no pictures can be attached")
        }
        let accounts = try await PortalAccounts(
            store: SQLiteAccountStore(opened.database),
            outbox: SQLiteOutbox(opened.database),
            home: city.home,
            settings: settings,
            logger: logger
        )
        let portal = try PortalApplication(
            store: city.store,
            corrections: SQLiteCorrectionStore(opened.database),
            accounts: accounts,
            home: city.home,
            logger: logger,
            map: settings.map,
            connections: settings.connections,
            api: settings.api,
            uploads: settings.uploads,
            signing: try Signing(settings.signatures),
            attachments: attachments.useCases,
            makesTilesAhead: settings.map.makesTilesAhead,
            pageCache: settings.pageCache,
            database: probe
        )
        let address = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let application = try await portal.application(
            host: settings.host,
            port: settings.port,
            onOverdue: {
                Self.renameLogsOfMovedFiles(probe)
                // Exit without tearing anything down while threads still compute; SQLite's files are consistent at any
                // moment.
                _exit(EXIT_SUCCESS)
            },
            onReady: { port in
                print("Open http://\(address):\(port)/")
                if let path = accounts.mailPath { print("Mail is read at http://\(address):\(port)\(path)") }
                flushOutput()
            }
        )
        let executor = LoopExecutor()
        executor.holdLoops()
        do {
            defer { Self.renameLogsOfMovedFiles(probe) }
            try await withTaskExecutorPreference(executor) { try await application.runService() }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw ValidationError("Port \(settings.port) is in use; choose another with --port, or end what uses it.")
        } catch let error as IOError where error.errnoCode == EACCES {
            throw ValidationError("Port \(settings.port) may not be used by this account; choose one above 1023.")
        }
    }

    /// If the database was moved or overwritten, keeps its log from being replayed into the file that now has its name, and
    /// exits: closing the database would copy the log as well.
    private static func renameLogsOfMovedFiles(_ probe: DatabaseProbe) {
        do {
            let names = try probe.renameLogsOfMovedFiles()
            guard !names.isEmpty else { return }
            printError(
                "The database was deleted, replaced or written over while the server ran. Its write-ahead log was renamed to "
                    + names.joined(separator: " and ")
                    + ". If you put the earlier database back, give them their names "
                    + "back before you start the server; if you restored a backup, start it as it is"
            )
        } catch {
            printError(
                "The write-ahead log of the moved database could not be renamed: \(error). Move it away before you start"
            )
        }
        exit(withError: ExitCode.failure)
    }
}
