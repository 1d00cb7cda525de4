import NIOPosix
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct LoopExecutorTests {
    // Nonisolated, so the executor decides where it runs.
    private nonisolated func isOnLoop() async -> Bool { MultiThreadedEventLoopGroup.currentEventLoop != nil }

    @Test("Tasks, their children and their continuations run on event loops")
    func loops() async {
        await withTaskExecutorPreference(LoopExecutor()) {
            #expect(await isOnLoop())
            await Task.yield()
            #expect(await isOnLoop())
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { await isOnLoop() } }
                for await isOnLoop in group { #expect(isOnLoop) }
            }
        }
    }

    @Test("A task that is woken from another thread returns to an event loop")
    func comesBack() async {
        await withTaskExecutorPreference(LoopExecutor()) {
            let wasOnLoop = await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                NIOThreadPool.singleton.submit { _ in
                    continuation.resume(returning: MultiThreadedEventLoopGroup.currentEventLoop != nil)
                }
            }
            #expect(!wasOnLoop)
            #expect(await isOnLoop())
        }
    }
}
