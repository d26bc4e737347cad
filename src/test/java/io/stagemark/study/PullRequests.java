package io.stagemark.study;

import io.stagemark.report.comparison.BlameText;
import io.stagemark.report.comparison.Headline;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.testdata.PrunedOnnx;
import io.stagemark.testdata.StrangersJar;
import io.stagemark.testdata.TwoCheckouts;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whole gates of six pull requests of a stranger's repository, each with what it should say; alone
 * and beside busy threads. What came of each is a row of a table; one that has its row is not run
 * again.
 *
 * <pre>
 *   mvn -q test-compile exec:exec@pull-requests -Drequests="docs/gate-study-looks/pull-requests.md 0 4"
 * </pre>
 */
public final class PullRequests {
  /** A decoder that does what CenterNet's does, and in the pull request allocates beside it. */
  private static final String DECODER =
      """
      import io.stagemark.data.*;
      import io.stagemark.postprocess.decoder.*;
      import io.stagemark.postprocess.nms.BoxList;
      import java.util.function.IntFunction;
      public final class Own implements Decoder {
        static byte[] kept = new byte[0];
        public String name() { return "own"; }
        public String description() { return "centernet"; }
        public boolean needsNms() { return false; }
        public boolean hasMultiLabel() { return true; }
        public BoxDecoder create(Head head) {
          BoxDecoder inner = Decoders.registry().get("centernet").create(head);
          return new BoxDecoder() {
            public void filter(IntFunction<Tensor> out, int slot, Filter filter, BoxList into) {
              inner.filter(out, slot, filter, into);
              kept = new byte[%d];
            }
            public void locate(IntFunction<Tensor> outputs, int slot, BoxList candidates) {
              inner.locate(outputs, slot, candidates);
            }
            public DenseCandidates dense(IntFunction<Tensor> out, int slot, Geometry geometry) {
              return inner.dense(out, slot, geometry);
            }
          };
        }
      }
      """;

  private static final String RUN = "measure: {warmupSeconds: 1, maxWarmupSeconds: 2}\n";

  private final Path table;
  private final Path work;
  private final List<String> rows = new ArrayList<>();

  private PullRequests(Path table) throws IOException {
    this.table = table.toAbsolutePath();
    this.work = Files.createTempDirectory("stagemark-requests");
    if (Files.exists(table)) {
      rows.addAll(Files.readAllLines(table));
    } else {
      rows.add(
          "| pull request | busy threads | what changed | headline | blame | exit code | pairs | s |");
      rows.add("|---|---:|---|---|---|---:|---:|---:|");
    }
  }

  private interface Edit {
    void make(TwoCheckouts both) throws Exception;
  }

  private record Request(String name, String run, String gate, Edit edit) {}

  public static void main(String[] args) throws Exception {
    PullRequests study = new PullRequests(Path.of(args[0]));
    for (String busy : List.of(args).subList(1, args.length)) {
      for (Request request : requests()) {
        if (!study.done(request, Integer.parseInt(busy))) {
          study.run(request, Integer.parseInt(busy));
        }
      }
    }
  }

  private static List<Request> requests() {
    return List.of(
        new Request("changes nothing", RUN, "", both -> {}),
        new Request(
            "changes a threshold in place",
            RUN,
            "",
            both -> both.edit(both.card(), "scoreThreshold: 0.25", "scoreThreshold: 0.6")),
        new Request(
            "swaps the model file for one that says more of itself",
            RUN,
            "",
            both -> {
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              bytes.write(both.model());
              bytes.write(new byte[] {0x32, 2, 'h', 'i'}); // doc_string of ModelProto
              both.swapModel(bytes.toByteArray());
            }),
        new Request(
            "prunes every other tensor of weights",
            RUN,
            "",
            both -> both.swapModel(PrunedOnnx.of(both.model(), tensor -> tensor % 2 == 0))),
        new Request(
            "slows preprocessing by 10 %",
            RUN, "inject: {stage: preprocess, percent: 10}\n", both -> {}),
        new Request(
            "adds a megabyte of allocation",
            RUN,
            "policy: policy.yaml\n",
            both -> {
              Path other = both.baseline().resolve("models/net/model.yaml");
              for (Path card : List.of(both.card(), other)) {
                both.edit(card, "type: centernet", "type: own");
                both.edit(card, "  iouThreshold: 0.45\n", ""); // it suppresses nothing
              }
              Files.writeString(
                  both.pullRequest().resolve("configs/policy.yaml"),
                  "exact: {gate: [allocation]}\n");
              plugin(both.baseline(), 1);
              plugin(both.pullRequest(), 1 << 20);
            }));
  }

  private static void plugin(Path checkout, int bytes) throws Exception {
    new StrangersJar(checkout.resolve("sources"))
        .with("io.stagemark.postprocess.decoder.Decoder", "Own", DECODER.formatted(bytes))
        .pack(checkout.resolve("plugins/own.jar"));
  }

  private static String start(Request request, int busy) {
    return "| %s | %d |".formatted(request.name(), busy);
  }

  private boolean done(Request request, int busy) {
    return rows.stream().anyMatch(row -> row.startsWith(start(request, busy)));
  }

  private void run(Request request, int busy) throws Exception {
    Path folder = work.resolve(busy + "-" + request.name().replaceAll("[^a-z]+", "-"));
    TwoCheckouts both = TwoCheckouts.in(folder, request.run(), request.gate());
    request.edit().make(both);
    List<Process> others = new ArrayList<>();
    long start = System.nanoTime();
    int code;
    try {
      for (int i = 0; i < busy; i++) {
        others.add(BusyProgram.start());
      }
      Path plugin = both.pullRequest().resolve("plugins/own.jar");
      code =
          java(
                  Files.exists(plugin) ? List.of(plugin) : List.of(),
                  "io.stagemark.cli.Main",
                  "gate",
                  both.gate().toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start()
              .waitFor();
    } finally {
      others.forEach(Process::destroyForcibly);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Path report = both.pullRequest().resolve("reports/gate");
    if (!Files.exists(report.resolve(ComparisonFile.NAME))) {
      throw new IOException("no comparison; see " + folder.resolve("log.txt"));
    }
    Comparison found = ComparisonFile.read(report.resolve(ComparisonFile.NAME));
    add(request, busy, found, code, seconds);
    Files.copy(report.resolve("comparison.md"), folder.resolve("page.md")); // to be looked at
    System.err.println(folder);
  }

  private void add(Request request, int busy, Comparison found, int code, double seconds)
      throws IOException {
    String changed =
        found.setup().changes().stream().map(Change::what).collect(Collectors.joining(", "));
    int pairs = found.pairs().map(p -> p.screening().size() + p.confirming().size()).orElse(0);
    rows.add(
        String.format(
            Locale.ROOT,
            "%s %s | %s | %s | %d | %d | %.0f |",
            start(request, busy),
            changed.isEmpty() ? "nothing" : changed,
            Headline.of(found),
            String.join("; ", BlameText.of(found)),
            code,
            pairs,
            seconds));
    Files.write(table, rows);
  }

  private static ProcessBuilder java(List<Path> plugins, String... program) {
    String classPath =
        Stream.concat(
                Stream.of(System.getProperty("java.class.path")),
                plugins.stream().map(Path::toString))
            .collect(Collectors.joining(File.pathSeparator));
    Stream<String> options =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-Dstagemark.natives=" + Path.of("target", "natives").toAbsolutePath(),
            "-classpath",
            classPath);
    return new ProcessBuilder(Stream.concat(options, Stream.of(program)).toList())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
  }
}
