#if ObjectStorage
#if canImport(CommonCrypto)
import CommonCrypto
#else
import CCrypto
#endif

/// SHA-256 and HMAC-SHA-256, by the system's library.
enum SecureHash {
    private static let byteCount = 32

    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            #if canImport(CommonCrypto)
            CC_SHA256(bytes, CC_LONG(bytes.count), digest.baseAddress)
            #else
            EVP_Digest(bytes, bytes.count, digest.baseAddress, nil, EVP_sha256(), nil)
            #endif
            count = byteCount
        }
    }

    static func hmac(_ text: String, key: [UInt8]) -> [UInt8] {
        let bytes = Array(text.utf8)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { code, count in
            #if canImport(CommonCrypto)
            CCHmac(CCHmacAlgorithm(kCCHmacAlgSHA256), key, key.count, bytes, bytes.count, code.baseAddress)
            #else
            HMAC(EVP_sha256(), key, CInt(key.count), bytes, bytes.count, code.baseAddress, nil)
            #endif
            count = byteCount
        }
    }
}

extension [UInt8] {
    /// Two digits in lower case a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// RFC 4648, with padding.
    var base64: String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: count, by: 3) {
            let group = self[start..<Swift.min(start + 3, count)]
            var bits = group.reduce(0) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let digit = digits[Int(bits >> UInt32(18 - 6 * position) & 63)]
                text.append(position <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
#endif
