/// The built-ins that are written in the language itself, because they call functions of the script, which may
/// suspend. The compiler compiles the text at every start, so it stays small. The parameters are those of the rows.
///
/// `_sleep` answers false when no time passes, as in a dry run that has recorded a change: the wait is then over.
package enum Prelude {
    package static let source = """
        fn any(items: list, test: fn) {
          for x in items { if test(x) { return true } }
          return false
        }
        fn all(items: list, test: fn) {
          for x in items { if not test(x) { return false } }
          return true
        }
        fn find(items: list, test: fn) {
          for x in items { if test(x) { return x } }
          return null
        }
        fn wait(target, until: fn, timeout: duration = 20min, every: duration = 30s) {
          var waited = 0s
          while true {
            let current = get(target)
            if until(current) { return current }
            if waited >= timeout { fail "waited {waited}, and `until` does not hold: the audience is still {json(current.status)}" }
            let pause = min(every, timeout - waited)
            if _sleep(pause) == false { return current }
            waited += pause
          }
        }
        """
}
