// Marks audiences that a recorded change has left behind: only Segment computes their `status`, and what a script reads
// there is still as it was. The mark is the audience's shape, which costs a reader of other audiences nothing.

internal import AudLanguage
internal import Synchronization

final class SimulatedShapes: Sendable {
    /// What only Segment computes, and a change changes; and what the change itself says.
    private static let marks = ShapeMarks(simulated: ["status", "updatedAt", "updatedBy"], recorded: ["enabled"])

    /// A marked twin for each shape, kept with it, so that audiences of one shape still share one when they are marked.
    private let twins = Mutex<[(shape: Shape, twin: Shape)]>([])

    init() {}

    /// The audience with a shape that tells which of its fields are not what they would be.
    func mark(_ audience: RecordValue) -> RecordValue {
        let twin = twins.withLock { twins in
            if let known = twins.first(where: { $0.shape === audience.shape }) { return known.twin }
            let twin = Shape(audience.shape.names, marks: Self.marks)
            twins.append((audience.shape, twin))
            return twin
        }
        return RecordValue(twin, audience.values, kind: audience.kind)
    }
}
