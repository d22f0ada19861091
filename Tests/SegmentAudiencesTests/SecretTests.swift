// The token shows up nowhere.

import AudTesting
import HTTPTypes
import SegmentAudiences
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SecretTests {
    @Test("No way of printing a token or what holds it shows it")
    func masked() throws {
        let configuration = try configuration()
        var dumped = ""
        dump(configuration, to: &dumped)
        let service = AudienceService(configuration: configuration)
        let request = HTTPRequestMessage(method: .get, url: "https://x/", headers: [.authorization: "Bearer \(secret)"])
        dump(request, to: &dumped)
        for text in [
            "\(request)", String(reflecting: request),
            "\(configuration.token)", String(reflecting: configuration.token), "\(configuration)", dumped,
            String(reflecting: service), "\(service.reading)", configuration.token.fingerprint,
        ] {
            #expect(!text.contains(secret.prefix(8)))
        }
        #expect(configuration.token.fingerprint.count == 16)
    }

    @Test(
        "Tokens are trimmed; what cannot stand in a header is none",
        arguments: [
            (" abc\n", "abc"), ("", nil), (" \n", nil), ("a b", nil), ("a\r\nX: y", nil), ("é", nil), ("a\u{0}", nil),
        ] as [(String, String?)])
    func tokens(_ text: String, _ token: String?) {
        #expect(APIToken(text) == token.flatMap { APIToken($0) })
    }

    @Test(
        "Every form of a token is masked in any text",
        arguments: [
            "Bearer sgp_3xampleT0kenOfSegment/abc+def!", "q=sgp_3xampleT0kenOfSegment%2Fabc%2Bdef&x",
            "q=sgp_3xampleT0kenOfSegment%2fabc%2bdef&x", #"{"t":"sgp_3xampleT0kenOfSegment\/abc+def"}"#,
            "c2dwXzN4YW1wbGVUMGtlbk9mU2VnbWVudC9hYmMrZGVm", "x\nxsgp_3xampleT0kenOfSegment/abc+defx",
        ])
    func forms(_ text: String) throws {
        let masked = Redactor([try #require(APIToken(secret))]).mask(text)
        #expect(masked.contains("****"))
        #expect(!masked.contains("T0ken") && !masked.contains("VUMGtlb"))
    }

    @Test("Base64 at every alignment inside a longer text", arguments: ["", "u", "us", "use"])
    func alignments(_ prefix: String) throws {
        let encoded = base64(Array("\(prefix)\(secret):rest".utf8))
        let masked = Redactor([try #require(APIToken(secret))]).mask("Basic \(encoded).")
        #expect(masked.contains("****"))
        #expect(masked.count < 40)
    }

    @Test("Other text, and tokens too short to mask, are left alone")
    func others() throws {
        #expect(Redactor([try #require(APIToken(secret))]).mask("sgp_3xample é 😀") == "sgp_3xample é 😀")
        #expect(Redactor([try #require(APIToken("short"))]).mask("a short text") == "a short text")
    }

    @Test("A token that the server echoes is masked in the error")
    func echoed() async throws {
        let clock = VirtualClock()
        let server = ScriptedTransport(clock, [.error(401, "bad token \(secret)")])
        let client = try service(clock, server).reading
        let error = try await clock.run { try await failure { try await client.get("a", in: "s") } }
        #expect(error.message.contains("bad token ****"))
        #expect(!"\(error)".contains("T0ken") && !(error.apiMessage ?? "").contains("T0ken"))
    }

    private func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        return stride(from: 0, to: bits.count, by: 6).map { start in
            let digit = (0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? Int(bits[start + $1]) : 0) }
            return String(alphabet[digit])
        }.joined()
    }
}
