// A program for the tests of the journal: applies a script at a server, and dies at the step of the call that it is told,
// as `kill -9` would end it. aud itself has no such switch.
//
// usage: apply-and-die URL SPACE STATE-FILE SCRIPT limited|unlimited STEP CALL

import AudLanguage
import AudRuntime
import SegmentAudiences

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

struct Silent: AudRuntime.Output {
    func print(_ line: String) {}
    func show(_ value: Value, as format: String?, statement: Bool) {}
    func notice(_ notice: Notice) {}
    func confirm(_ question: String) async -> Bool? { nil }
}

let arguments = CommandLine.arguments
guard arguments.count == 8, let url = try? BaseURL(arguments[1]), let token = APIToken("any"),
    let call = Int(arguments[7])
else { exit(64) }

var configuration = ServiceConfiguration(baseURL: url, token: token)
// A limit that is never reached still makes each intent one write.
configuration.limits =
    arguments[5] == "limited"
    ? LimitSet([.update: Limit(count: 1000), .remove: Limit(count: 1000)]) : .unlimited
let service = AudienceService(configuration: configuration)
var options = SessionOptions(caps: Caps(maxChanges: 1000))
if let step = ApplyStep(rawValue: arguments[6]) {
    options.onStep = { reached, number in
        if reached == step, number == call { kill(getpid(), SIGKILL) }
    }
}
let space = arguments[2]
let session = Session(
    workspace: Workspace(aliases: ["prod": space], defaultSpace: "prod") { Connection(service) }, options: options,
    output: Silent(), state: StateDatabase(path: arguments[3]),
    origin: RunOrigin(host: url.description, profile: "test", script: "test.aud")
)
guard case .finished = await session.run(SourceFile(name: "test.aud", text: arguments[4]), as: .file) else { exit(65) }
exit(await session.apply().exitCode.rawValue)
