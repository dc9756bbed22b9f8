/// The system's clock, as event files need it.
package enum WallClock {
    /// Seconds since 1970-01-01 UTC.
    ///
    /// A double holds them to a fraction of a microsecond.
    package static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
