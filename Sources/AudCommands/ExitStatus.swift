package import AudRuntime

/// How the process ends; the argument parser has an `ExitCode` of its own.
package typealias ExitStatus = AudRuntime.ExitCode
