/// Valid programs of some length, among them those of the language's design.
enum ExamplePrograms {
    static let all: [String] = [
        #"""
        list("9aQ1") | where .enabled and .name ~ /test/i and .updatedAt < ago(90d)
          | sort by .updatedAt | select .name, .key, idle: now() - .updatedAt
        """#,
        #"""
        ## Disable audiences that nobody has touched for a while.
        param space: string            "space to clean"
        param days:  int = 90          "how long is 'a while'"
        param cap:   int = 50          "refuse to touch more than this"

        let stale = list(space)
          | where .enabled and .updatedAt < ago(days * 1d)
          | where .name !~ /^(VIP|Legal)\b/
          | sort by .updatedAt

        print("{len(stale)} stale audiences in {space}")
        stale | at most cap | disable on error continue
        """#,
        #"""
        var done = 0
        var failed = []
        for a in list("9aQ1") | where .status == "Failed" {
          if done >= 25 { break }
          try {
            disable(a)
            done += 1
          } catch e {
            if e.kind == "server" { fail "stopping: {e.message}" }
            failed = [...failed, {name: a.name, why: e.message}]
          }
        }
        print("disabled {done}, failed {len(failed)}")
        show(failed)
        """#,
        #"""
        # What is in staging but missing from production?
        let live = list("prod") | map .key
        for {key, items} in list("staging") | where .key not in live and .enabled | group by .createdBy {
          print("{key ?? 'nobody'}: {items | map .name | join(", ")}")
        }
        """#,
        #"""
        fn retire(a, reason: string) {
          print("retiring {a.name}: {reason}")
          disable(a)
        }
        list("9aQ1") | where .name ~ /^Q[1-4] 2024/ | at most 40 | each a { retire(a, reason: "old quarter") }
        """#,
        #"""
        use "lib/x.aud" as x
        param names: list<string>= ['a', "b{1 + 1}"] "it's"
        param since: date? = @2026-01-31T09:00:00.250+02:00
        let limits = {low: 1_000, "high": -2.5e3, if: 1h30min, ...x.base, since}
        let pick = (a, b) => if a?.size ?? 0 > b then a else b
        let first = items => { return items[0] }
        fn area(w: int, h: int? = null,) = w * (h ?? w) // 2 % 7
        var text = """
          {limits.if} "quoted" # kept
          {
            names | map upper(it)   # a comment
              | join(',')
          }
        """
        while text != '' and not (len(text) < 3 or text !~ "x") {
          text = slice(text, 0..<-1) ; continue
        }
        if true { return } else if x.in(1) { area(1, h: 2); } else { fail {code: 1} }
        xs | with in: 1, b: .c?.d | select .b, .in, n: x | unique by .n | first (-1) | x.show(last: 3)
        xs | sort by .a desc, .b asc | skip 1 | take 2 | sum .n | max | reverse | flatten | count | min
        let all = xs | update {name: "a"} | create | enable(space: 's') on error stop
        """#,
    ]
}
