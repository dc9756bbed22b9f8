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

    /// How far the local time zone is ahead of UTC, in seconds.
    ///
    /// - Parameter time: Seconds since 1970-01-01 UTC: the zone may have summer time.
    /// - Returns: The offset; negative west of Greenwich.
    package static func secondsFromUTC(at time: Double) -> Int {
        var seconds = time_t(exactly: time.rounded(.down)) ?? 0
        var local = tm()
        return localtime_r(&seconds, &local) == nil ? 0 : Int(local.tm_gmtoff)
    }
}
