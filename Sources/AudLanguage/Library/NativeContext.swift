/// What a native built-in may know of the run it is called in.
package struct NativeContext: Sendable {
    /// Microseconds since 1970: the fixed start of the run.
    package var now: Int64
    /// The limits that the result must keep.
    package var limits: Limits

    package init(now: Int64, limits: Limits) {
        self.now = now
        self.limits = limits
    }
}
