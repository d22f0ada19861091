// What writing a value may use: the limits of the run that shows it, and the signal that stops it. A value of a few
// lines of script can be a text of any length, for its parts may be shared.

package import AudLanguage

package struct ViewBounds: Sendable {
    package var limits: Limits
    package var stop: StopSignal

    package init(limits: Limits = Limits(), stop: StopSignal = StopSignal()) {
        self.limits = limits
        self.stop = stop
    }
}
