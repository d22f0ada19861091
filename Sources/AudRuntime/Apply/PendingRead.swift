// The read that must precede a change, begun while the change before it is still under way. Forgetting it stops it.

internal import SegmentAudiences

final class PendingRead: Sendable {
    private let task: Task<Result<Audience, APIError>, Never>

    init(of call: PlannedCall, _ reading: any AudienceReading) {
        let (id, space) = (call.id, call.space.id)
        task = started {
            do throws(APIError) {
                return .success(try await reading.get(id, in: space))
            } catch {
                return .failure(error)
            }
        }
    }

    deinit {
        task.cancel()
    }

    func result() async -> Result<Audience, APIError> {
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
