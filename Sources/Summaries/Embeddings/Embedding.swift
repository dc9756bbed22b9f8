/// Points in a space of many dimensions, with labels and pictures, for the Projector.
///
/// ```swift
/// let words = Embedding(vectors, labels: ["one", "two", "three"])
/// let digits = Embedding(vectors, columns: ["digit": digits, "writer": writers], sprites: pictures)
/// writer.embedding("words", words, step: 100)
/// ```
///
/// The browser loads 100,000 points at most. What does not fit together is reported when the embedding is logged.
public struct Embedding: Sendable, Equatable {
    /// What is known of each point in one respect.
    ///
    /// ```swift
    /// let column = Embedding.Column(name: "digit", values: ["7", "2", "1"])
    /// ```
    public struct Column: Sendable, Equatable {
        /// What the values are, for example `label`.
        public var name: String
        /// One value a point.
        public var values: [String]

        /// Creates a column.
        ///
        /// - Parameters:
        ///   - name: What the values are.
        ///   - values: One value a point.
        public init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    /// One vector a point, all of the same length: 2 or more finite numbers for each of 2 or more points.
    public var vectors: [[Float]]

    /// What is known of each point.
    ///
    /// A tab or a line break becomes a space, and an empty text a dash where the browser would skip the line. TensorBoard
    /// ignores the name of a single column.
    public var columns: [Column]

    /// One thumbnail a point, all of one size and number of channels.
    ///
    /// As many rows as columns of them take at most 8,192 pixels on each side: 10,000 of 81 × 81.
    public var sprites: [Image]

    /// Creates an embedding from one vector a point.
    ///
    /// - Parameters:
    ///   - vectors: One vector a point, all of the same length: arrays, slices or SIMD vectors of any number type.
    ///   - labels: One label a point, which become the first column, `label`; `nil` for none.
    ///   - columns: Metadata of the points, one value a point in each column.
    ///   - sprites: One thumbnail a point, all of one size, or none.
    public init(
        _ vectors: [some NumericData],
        labels: [String]? = nil,
        columns: KeyValuePairs<String, [String]> = [:],
        sprites: [Image] = []
    ) {
        self.vectors = vectors as? [[Float]] ?? vectors.map(\.floats)
        let named = labels.map { [Column(name: "label", values: $0)] } ?? []
        self.columns = named + columns.map { Column(name: $0.key, values: $0.value) }
        self.sprites = sprites
    }
}

extension Embedding {
    /// Why TensorBoard could not show the embedding, as the end of a sentence; `nil` if it can.
    package var problem: String? {
        let dimension = vectors.first?.count ?? 0
        guard vectors.count > 1, dimension > 1 else {
            return "the Projector shows 2 or more points with 2 or more numbers each, and there are "
                + "\(vectors.count) with \(dimension)"
        }
        for (index, vector) in vectors.enumerated() {
            if vector.count != dimension {
                return "vector \(index) has \(vector.count) numbers, vector 0 has \(dimension); give all the same"
            }
            if let place = vector.firstIndex(where: { !$0.isFinite }) {
                return "number \(place) of vector \(index) is \(vector[place]), which the Projector cannot place; "
                    + "leave such points out"
            }
        }
        return problemOfColumns ?? problemOfSprites
    }

    private var problemOfColumns: String? {
        var names: Set<String> = []
        for column in columns {
            if column.values.count != vectors.count {
                return "column \(column.name) has \(column.values.count) values for \(vectors.count) points; give one "
                    + "a point"
            }
            if EmbeddingText.isBlank(column.name) { return "a column has no name; give each one of its own" }
            if !names.insert(EmbeddingText.cell(column.name)).inserted {
                return "two columns have the name \(column.name); give each one of its own"
            }
        }
        return nil
    }

    private var problemOfSprites: String? {
        guard let first = sprites.first else { return nil }
        if sprites.count != vectors.count {
            return "there are \(sprites.count) sprites for \(vectors.count) points; give one a point"
        }
        for (index, sprite) in sprites.enumerated()
        where (sprite.width, sprite.height, sprite.channels) != (first.width, first.height, first.channels) {
            return
                "sprite \(index) has \(sprite.width)×\(sprite.height) pixels and \(sprite.channels) channels, sprite "
                + "0 has \(first.width)×\(first.height) and \(first.channels); give all the same size"
        }
        if SpriteSheet(count: sprites.count, width: first.width, height: first.height) == nil {
            let side = SpriteSheet.largestSide
            return "\(sprites.count) sprites of \(first.width)×\(first.height) pixels do not fit into the "
                + "\(side)×\(side) that the Projector takes; make them smaller, or log fewer points"
        }
        return nil
    }
}
