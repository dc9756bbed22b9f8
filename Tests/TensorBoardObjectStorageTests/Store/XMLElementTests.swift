#if ObjectStorage
import Testing

@testable import TensorBoardObjectStorage

@Suite struct XMLElementTests {
    @Test func aListingIsRead() throws {
        let page = try #require(
            S3Listing.page(
                Array(
                    """
                    <?xml version="1.0" encoding="UTF-8"?><!-- a page -->
                    <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix/>
                    <IsTruncated>true</IsTruncated>
                    <Contents><Key>a&amp;b&lt;&#x263A;&#13;</Key><ETag>&quot;e1&quot;</ETag><Size>12</Size></Contents>
                    <Contents><Key><![CDATA[c&d]]></Key><ETag>e2</ETag><Size>0</Size><Owner><ID>1</ID></Owner></Contents>
                    </ListBucketResult>
                    """.utf8
                )
            )
        )
        #expect(page.isTruncated)
        #expect(page.objects.map(\.key) == ["a&b<☺\r", "c&d"])
        #expect(page.objects.map(\.entityTag) == ["e1", "e2"])
        #expect(page.objects.map(\.byteCount) == [12, 0])
    }

    @Test func encodedNamesAreDecodedWhereTheStoreEncodes() throws {
        func keys(_ encoding: String) -> [String]? {
            let contents = "<Contents><Key>a+b%2B%0A</Key><Size>1</Size></Contents>"
            return S3Listing.page(Array("<ListBucketResult>\(encoding)\(contents)</ListBucketResult>".utf8))?.objects
                .map(\.key)
        }
        #expect(keys("<EncodingType>url</EncodingType>") == ["a b+\n"])
        #expect(keys("") == ["a+b%2B%0A"])
    }

    @Test(arguments: [
        "", "text", "<a>", "<a></b>", "</a>", "<a", "<a>&bogus;</a>", "<a>&#xD800;</a>", "<a>&amp</a>", "<!-- <a></a>",
        "<a><![CDATA[</a>", String(repeating: "<a>", count: 100_000), "<html><body>It works</body></html>",
    ])
    func whatIsNoListingIsNone(_ text: String) {
        #expect(S3Listing.page(Array(text.utf8)) == nil)
    }

    /// Whatever a server sends, reading it comes to an end.
    @Test func damagedListingsDoNoHarm() {
        let whole = Array("<R><A>x&amp;y</A><!-- c --><B/><![CDATA[d]]></R>".utf8)
        for index in whole.indices {
            _ = try? XMLElement(parsing: Array(whole[..<index]))
            for byte in [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), 0, 0xFF] {
                var damaged = whole
                damaged[index] = byte
                _ = try? XMLElement(parsing: damaged)
            }
        }
        #expect((try? XMLElement(parsing: whole))?.text(of: "A") == "x&y")
    }
}
#endif
