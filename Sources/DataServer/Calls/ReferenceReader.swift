import EventCoding
import EventFiles
import SystemPackage

/// Reads what references lead to, keeping the last file open: the points of a series are mostly in one.
struct ReferenceReader: ~Copyable {
    /// The file is not what it was when it was loaded.
    struct FileChanged: Error, CustomStringConvertible {
        let path: FilePath
        var description: String {
            "\(path) changed or was removed since it was loaded; ask again when the log directory was looked at anew"
        }
    }

    private let files: [RunContents.File]
    private var open: (index: Int, descriptor: FileDescriptor)?

    init(_ run: RunContents) {
        files = run.files
    }

    deinit {
        if let open { try? open.descriptor.close() }
    }

    /// The packed tensor at a reference.
    mutating func tensor(_ reference: DataReference) throws(FileChanged) -> [UInt8] {
        let bytes = try bytes(reference)
        guard let form = reference.form, let tensor = bytes.withUnsafeBytes({ UpgradedValue.tensor(form, $0) }) else {
            throw FileChanged(path: files[reference.file].path)
        }
        return tensor
    }

    /// A blob of the sequence at a reference.
    ///
    /// - Returns: The blob; `nil` if the sequence has none of that index.
    mutating func blob(_ index: Int, _ reference: DataReference, pluginName: String) throws(FileChanged) -> [UInt8]? {
        guard 0..<reference.blobCount ~= index else { return nil }
        let bytes = try bytes(reference)
        guard let form = reference.form else { return bytes }
        let blob = bytes.withUnsafeBytes { bytes -> [UInt8]? in
            guard let blobs = UpgradedValue.blobs(form, bytes, pluginName: pluginName), index < blobs.count else {
                return nil
            }
            switch blobs[index] {
            case .part(let part): return Array(part)
            case .text(let text): return Array(text.utf8)
            }
        }
        guard let blob else { throw FileChanged(path: files[reference.file].path) }
        return blob
    }

    private mutating func bytes(_ reference: DataReference) throws(FileChanged) -> [UInt8] {
        let descriptor = try descriptor(reference.file)
        var isWhole = false
        let bytes = [UInt8](unsafeUninitializedCapacity: reference.byteCount) { buffer, count in
            let buffer = UnsafeMutableRawBufferPointer(buffer)
            while count < reference.byteCount {
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count..<reference.byteCount])
                let offset = Int64(reference.offset + count)
                guard let read = try? descriptor.read(fromAbsoluteOffset: offset, into: rest), read > 0 else { return }
                count += read
            }
            isWhole = true
        }
        guard isWhole else { throw FileChanged(path: files[reference.file].path) }
        return bytes
    }

    private mutating func descriptor(_ index: Int) throws(FileChanged) -> FileDescriptor {
        if let open, open.index == index { return open.descriptor }
        if let open { try? open.descriptor.close() }
        open = nil
        let file = files[index]
        // The same name may be another file by now.
        guard let descriptor = try? FileDescriptor.open(file.path, .readOnly, options: .closeOnExec) else {
            throw FileChanged(path: file.path)
        }
        open = (index, descriptor)
        guard FileStatus(file.path)?.identity == file.identity else { throw FileChanged(path: file.path) }
        return descriptor
    }
}
