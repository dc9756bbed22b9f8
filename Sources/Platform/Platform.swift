// The one import of the system's C library: what it is called differs from platform to platform.
#if canImport(Glibc)
@_exported public import Glibc
#elseif canImport(Musl)
@_exported public import Musl
#else
@_exported public import Darwin
#endif

/// The number of processors that the system has, 1 at least.
package let processorCount = max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))))

/// The size of the machine's memory, in bytes.
package let physicalMemoryByteCount: Int = {
    let (pages, pageSize) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    // Where the system does not tell, a limit that no allocation reaches.
    return pages > 0 && pageSize > 0 ? pages * pageSize : .max
}()
