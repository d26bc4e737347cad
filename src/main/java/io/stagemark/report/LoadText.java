package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How load was put on, in words, and its latencies for {@link VerboseReporter}. */
public final class LoadText {
  private static final String PLAIN = "single-stream";

  private LoadText() {}

  /** Returns the shape of the load in one line, such as {@code server: 20 batches/s (Poisson)}. */
  public static String shape(LoadFigures load) {
    String streams =
        load.applied().streams() == 1 ? "1 stream" : load.applied().streams() + " streams";
    return switch (load.applied().scenario()) {
      case PLAIN -> "single-stream: the next batch when the last one is done";
      case "multi-stream" ->
          "multi-stream: rounds of one batch for each of "
              + streams
              + "; "
              + rate(load.applied().completedPerSecond())
              + " batches/s";
      case "offline" ->
          "offline: "
              + streams
              + " at full speed, "
              + rate(load.applied().completedPerSecond())
              + " batches/s";
      case "paced" ->
          String.format(
              ROOT,
              "paced: %s ms idle after each batch; FPS holds the idle time",
              rate(load.applied().gapMillis().orElse(0.0)));
      default ->
          String.format(
              ROOT,
              "%s: %s batches/s arrive (Poisson), %s done, %s",
              load.applied().scenario(),
              rate(load.applied().offeredPerSecond().orElse(Double.NaN)),
              rate(load.applied().completedPerSecond()),
              streams);
    };
  }

  /** Returns whether load was put on a case: its latency then depends on the rate. */
  public static boolean isLoaded(CaseResult one) {
    return one.timed().load().filter(load -> !load.applied().scenario().equals(PLAIN)).isPresent();
  }

  /** Returns the console's lines of the cases whose load is not the plain one. */
  public static List<String> notes(RunResult result, CaseLabels labels) {
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      if (!isLoaded(result.cases().get(i))) {
        continue;
      }
      LoadFigures load = result.cases().get(i).timed().load().orElseThrow();
      String label = labels.labels().get(i) + ": ";
      notes.add(label + shape(load));
      bound(load).ifPresent(line -> notes.add(label + line));
    }
    best(result, labels).ifPresent(notes::add);
    return notes;
  }

  /** Returns the latencies of the cases that have a queue, corrected and naive side by side. */
  static String latencies(RunResult result, CaseLabels labels) {
    TextTable table = new TextTable();
    table.row(
        List.of("latency in ms", "p50", "p90", "p99", "naive p50", "p90", "p99", "queue wait p99"));
    boolean any = false;
    for (int i = 0; i < result.cases().size(); i++) {
      Optional<LoadFigures> load = result.cases().get(i).timed().load();
      if (load.isEmpty() || load.get().times().latency().isEmpty()) {
        continue;
      }
      any = true;
      List<String> cells = new ArrayList<>(List.of(labels.labels().get(i)));
      for (Optional<Distribution> times :
          List.of(load.get().times().latency(), load.get().times().service())) {
        for (double percent : new double[] {50, 90, 99}) {
          cells.add(Figures.millis(times, percent));
        }
      }
      cells.add(Figures.millis(load.get().times().queueWait(), 99));
      table.row(cells);
    }
    return any ? "\n" + table.text() : "";
  }

  private static Optional<String> bound(LoadFigures load) {
    return load.bound()
        .map(
            bound ->
                String.format(
                    ROOT,
                    "p%s of at most %s ms is kept %s",
                    rate(bound.percent()),
                    rate(bound.millis()),
                    bound
                        .highestPerSecond()
                        .map(highest -> "up to " + rate(highest) + " batches/s")
                        .orElse(
                            load.keptInSearch().isPresent()
                                ? "by no rate when it was measured"
                                : "by no rate that was tried")));
  }

  /** The largest throughput over batch sizes and streams: LoadGen's offline metric. */
  private static Optional<String> best(RunResult result, CaseLabels labels) {
    int best = -1;
    int offline = 0;
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      if (one.timed()
          .load()
          .filter(load -> load.applied().scenario().equals("offline"))
          .isPresent()) {
        offline++;
        if (best < 0 || fps(one) > fps(result.cases().get(best))) {
          best = i;
        }
      }
    }
    return offline < 2
        ? Optional.empty()
        : Optional.of(
            String.format(
                ROOT,
                "offline: largest throughput %s FPS: %s, %d streams",
                Figures.fps(result.cases().get(best).timed().framesPerSecond()),
                labels.labels().get(best),
                result.cases().get(best).timed().load().orElseThrow().applied().streams()));
  }

  private static double fps(CaseResult one) {
    return one.timed().framesPerSecond().orElse(0.0);
  }

  private static String rate(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
