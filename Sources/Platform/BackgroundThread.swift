/// A plain thread.
///
/// Writing to a disk may block for long, which Swift's cooperative pool must not do.
package enum BackgroundThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that runs `body` and ends.
    ///
    /// It takes no signals: those are for the program's own threads.
    ///
    /// - Returns: 0, or the number of the error for which no thread could be started.
    package static func start(_ body: @escaping @Sendable () -> Void) -> CInt {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        // Thousands of writers may live in one process; none of their threads goes deep.
        pthread_attr_setstacksize(&attributes, 256 << 10)

        var everything = sigset_t()
        var before = sigset_t()
        sigfillset(&everything)
        pthread_sigmask(SIG_SETMASK, &everything, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        let box = Unmanaged.passRetained(Body(body))
        #if canImport(Darwin)
        var thread: pthread_t?
        let result = pthread_create(&thread, &attributes, { BackgroundThread.run($0) }, box.toOpaque())
        #else
        var thread = pthread_t()
        let result = pthread_create(&thread, &attributes, { BackgroundThread.run($0) }, box.toOpaque())
        #endif
        if result != 0 { box.release() }
        return result
    }

    /// Tells the threads of the process apart.
    package static var current: UInt {
        #if canImport(Glibc)
        pthread_self()
        #else
        UInt(bitPattern: pthread_self())
        #endif
    }

    private static func run(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let box { Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run() }
        return nil
    }
}
