// The one import of the system's C library: what it is called differs from platform to platform.
#if canImport(Glibc)
@_exported public import Glibc
#elseif canImport(Musl)
@_exported public import Musl
#else
@_exported public import Darwin
#endif

/// The size of the machine's memory, in bytes.
package let physicalMemoryByteCount: Int = {
    let (pages, pageSize) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    // Where the system does not tell, a limit that no allocation reaches.
    return pages > 0 && pageSize > 0 ? pages * pageSize : .max
}()
