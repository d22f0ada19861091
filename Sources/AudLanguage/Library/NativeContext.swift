/// What a native built-in may know of the run it is called in.
package struct NativeContext {
    /// Microseconds since 1970: the fixed start of the run.
    package var now: Int64
    /// What bounds the built-in: it charges its work here as it goes on, and checks here before it builds.
    package var meter: Meter

    package init(now: Int64, meter: Meter) {
        self.now = now
        self.meter = meter
    }

    /// The limits that the result must keep.
    package var limits: Limits { meter.limits }
}
