package io.stagemark.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as they come over the wire, hostile ones among them. */
final class ReportServerTest {
  @TempDir Path folder;

  private ReportServer server;

  @BeforeEach
  void start() throws IOException {
    Path root = Files.createDirectories(folder.resolve("reports"));
    Files.writeString(folder.resolve("secret.txt"), "the user's secret");
    ServedRuns.write(root.resolve("first"), "first run", "2026-11-01T10:00:00Z");
    ServedRuns.write(
        root.resolve("team/second"), "<script>alert(1)</script>", "2026-11-02T10:00:00Z");
    Files.writeString(root.resolve("first/.stagemark"), "the user's list");
    Files.writeString(root.resolve("notes.txt"), "beside the runs");
    Files.createSymbolicLink(root.resolve("first/link.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("first/up"), folder);
    server =
        ReportServer.start(
            root, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Set.of("bench.lan"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String own() {
    return "localhost:" + server.address().getPort();
  }

  /** Sends bytes and returns everything that comes back. */
  private String send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private String request(String method, String target, String host) throws IOException {
    return send(
        "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, target, host));
  }

  private String get(String target) throws IOException {
    return request("GET", target, own());
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }

  @Test
  void get_root_listsRunsOfAnyDepthAndEscapesTheirNames() throws Exception {
    String page = get("/");
    assertThat(status(page)).isEqualTo(200);
    assertThat(page)
        .contains("first run", "href=\"/run/team/second/\"", "&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert(1)");
  }

  @Test
  void get_rootWithWords_listsThoseThatHaveThem() throws Exception {
    assertThat(get("/?q=FIRST")).contains("/run/first/").doesNotContain("/run/team/second/");
    assertThat(get("/?q=nothing+has+this")).contains("No run has these words");
  }

  @Test
  void get_run_isItsPageAndItsFiles() throws Exception {
    assertThat(status(get("/run/first"))).isEqualTo(308);
    assertThat(get("/run/first/")).contains("<h1", "first run");
    String json = get("/run/first/result.json");
    assertThat(json)
        .containsIgnoringCase("content-type: application/json")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("content-security-policy: default-src 'none'; sandbox")
        .contains("\"first run\"");
    assertThat(status(get("/run/team/second/"))).isEqualTo(200);
  }

  @Test
  void get_twoRunsWithoutSamples_areNoServerError() throws Exception {
    String without = get("/compare?run=first&run=team%2Fsecond");
    assertThat(status(without)).isEqualTo(422);
    assertThat(without).contains("samples/");
    assertThat(status(get("/compare?run=first"))).isEqualTo(400);
    assertThat(status(get("/compare?run=first&run=..%2F..%2Fetc"))).isEqualTo(404);
  }

  @Test
  void get_trends_areDrawn() throws Exception {
    assertThat(get("/trends")).contains("<svg", "2026-11-01T10:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/run/../secret.txt",
        "/run/first/../../secret.txt",
        "/run/%2e%2e/secret.txt",
        "/run/first/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/run/first/..%5c..%5csecret.txt",
        "/run/first/%252e%252e/%252e%252e/secret.txt",
        "/run//etc/passwd",
        "/run/%2fetc%2fpasswd",
        "/run/first/link.txt",
        "/run/first/up/secret.txt",
        "/run/first/.stagemark",
        "/run/.first.lock",
        "/run/notes.txt",
        "/run/first/%00",
        "/run/first/%c0%ae%c0%ae/secret.txt",
        "/run/first/result.json/",
        "/run/first/%",
        "/secret.txt",
        "/favicon.ico"
      })
  void get_whatIsNoFileOfARun_isRefused(String target) throws Exception {
    String answer = get(target);
    assertThat(status(answer)).isIn(400, 404);
    assertThat(answer).doesNotContain("secret of", "the user's", "root:", "beside the runs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "127.0.0.1.nip.io",
        ""
      })
  void get_byAForeignName_isRefused(String host) throws Exception {
    String answer = request("GET", "/", host);
    assertThat(status(answer)).isIn(400, 421);
    assertThat(answer).doesNotContain("first run");
  }

  @Test
  void get_byAnOwnOrAllowedName_isAnswered() throws Exception {
    int port = server.address().getPort();
    for (String host :
        List.of("127.0.0.1:" + port, "LOCALHOST:" + port, "bench.lan", "[::1]:" + port)) {
      assertThat(status(request("GET", "/", host))).as(host).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
  void otherMethods_areRefused(String method) throws Exception {
    String answer = request(method, "/run/first/result.json", own());
    assertThat(status(answer)).isEqualTo(405);
    assertThat(answer).contains("Allow: GET, HEAD");
    assertThat(folder.resolve("reports/first/result.json")).isRegularFile();
  }

  @Test
  void head_hasTheLengthAndNoBody() throws Exception {
    String answer = request("HEAD", "/run/first/result.json", own());
    long bytes = Files.size(folder.resolve("reports/first/result.json"));
    assertThat(answer).containsIgnoringCase("content-length: " + bytes).endsWith("\r\n\r\n");
  }

  @Test
  void get_damagedRun_isListedWithTheReasonAndTheOthersStay() throws Exception {
    Files.writeString(folder.resolve("reports/first/result.json"), "{\"schemaVersion\": 1");
    assertThat(get("/")).contains("cannot be read", "/run/team/second/");
    assertThat(status(get("/run/first/"))).isEqualTo(500);
    assertThat(status(get("/run/team/second/"))).isEqualTo(200);
  }

  @Test
  void thousandRequestsAtOnce_areAllAnswered() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(200);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        String target = i % 3 == 0 ? "/" : i % 3 == 1 ? "/run/first/result.json" : "/run/../x";
        answers.add(clients.submit(() -> status(get(target))));
      }
      int good = 0;
      for (Future<Integer> answer : answers) {
        int status = answer.get();
        assertThat(status).isIn(200, 400);
        good += status == 200 ? 1 : 0;
      }
      assertThat(good).isEqualTo(667);
    } finally {
      clients.shutdownNow();
    }
  }

  // A client that never ends its request holds no thread that answers others.
  @Test
  void unfinishedRequests_doNotKeepOthersWaiting() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        idle.add(socket);
        socket.getOutputStream().write("GET / HT".getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
      }
      assertThat(status(get("/"))).isEqualTo(200);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }
}
