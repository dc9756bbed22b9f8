import Summaries

extension Mesh.Scene {
    /// The scene as three.js, which draws in the browser, names its parts; `{}` if all is left to TensorBoard.
    ///
    /// `nil` if a number is not finite, which JSON cannot say.
    var configuration: String? {
        let scene = JSONText.settings([
            ("camera", camera.map(\.configuration)),
            ("lights", lights.map { .array($0.map(\.configuration)) }),
            ("material", material.map(\.configuration)),
        ])
        return scene.isFinite ? scene.description : nil
    }
}

extension Mesh.Camera {
    fileprivate var configuration: JSONText {
        .settings([
            ("position", position.map(JSONText.vector)),
            ("lookAt", target.map(JSONText.vector)),
            ("fov", fieldOfView.map(JSONText.number)),
            ("near", near.map(JSONText.number)),
        ])
    }
}

extension Mesh.Light {
    fileprivate var configuration: JSONText {
        switch self {
        case .ambient(let color, let intensity):
            Self.configuration("AmbientLight", color, intensity, position: nil)
        case .directional(let color, let intensity, let position):
            Self.configuration("DirectionalLight", color, intensity, position: position)
        case .point(let color, let intensity, let position):
            Self.configuration("PointLight", color, intensity, position: position)
        }
    }

    private static func configuration(
        _ kind: String,
        _ color: SIMD3<UInt8>,
        _ intensity: Double,
        position: SIMD3<Double>?
    ) -> JSONText {
        .settings([
            ("cls", .string(kind)),
            ("color", .color(color)),
            ("intensity", .number(intensity)),
            ("position", position.map(JSONText.vector)),
        ])
    }
}

extension Mesh.Material {
    fileprivate var configuration: JSONText {
        .settings([
            ("color", color.map(JSONText.color)),
            ("size", pointSize.map(JSONText.number)),
            ("roughness", roughness.map(JSONText.number)),
            ("metalness", metalness.map(JSONText.number)),
            ("opacity", opacity.map(JSONText.number)),
            // three.js applies the opacity of transparent materials only.
            ("transparent", opacity == nil ? nil : true),
            ("wireframe", isWireframe ? true : nil),
            ("flatShading", isFlatShaded ? true : nil),
            // THREE.DoubleSide
            ("side", isDoubleSided ? 2 : nil),
        ])
    }
}

extension JSONText {
    /// An object of what is set.
    fileprivate static func settings(_ settings: [(name: String, value: JSONText?)]) -> JSONText {
        .object(settings.compactMap { setting in setting.value.map { Member(name: setting.name, value: $0) } })
    }

    fileprivate static func vector(_ vector: SIMD3<Double>) -> JSONText {
        .array([.number(vector.x), .number(vector.y), .number(vector.z)])
    }

    /// A colour as style sheets write it, for example `#ff8000`.
    fileprivate static func color(_ color: SIMD3<UInt8>) -> JSONText {
        let digits = [color.x, color.y, color.z].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return .string("#\(digits.joined())")
    }

    fileprivate var isFinite: Bool {
        switch self {
        case .number(let number): number.isFinite
        case .array(let elements): elements.allSatisfy(\.isFinite)
        case .object(let members): members.allSatisfy(\.value.isFinite)
        case .null, .bool, .integer, .wideInteger, .string: true
        }
    }
}
