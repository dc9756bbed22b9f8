#if ObjectStorage
/// Reads the answer to ListObjectsV2.
enum S3Listing {
    /// - Returns: `nil` if the answer is no listing.
    static func page(_ bytes: [UInt8]) -> ObjectPage? {
        guard let document = try? XMLElement(parsing: bytes), document.name == "ListBucketResult" else { return nil }
        // Some stores do not encode though they are asked to.
        let isEncoded = document.text(of: "EncodingType") == "url"
        let objects = document.children.compactMap { child -> ObjectAttributes? in
            guard child.name == "Contents", let text = child.text(of: "Key"),
                let key = isEncoded ? PercentEncoding.decode(text) : text,
                let byteCount = child.text(of: "Size").flatMap({ Int($0) })
            else { return nil }
            return ObjectAttributes(key: key, byteCount: byteCount, entityTag: entityTag(child.text(of: "ETag") ?? ""))
        }
        return ObjectPage(objects: objects, isTruncated: document.text(of: "IsTruncated") == "true")
    }

    /// An entity tag without its quotes, which some answers have and some do not.
    static func entityTag(_ text: String) -> String {
        String(text.drop { $0 == "\"" }.prefix { $0 != "\"" })
    }
}
#endif
