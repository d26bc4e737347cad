package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.LoadFigures.Step;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How load was put on, in words and in a table: corrected and naive percentiles side by side. */
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
    return one.load().filter(load -> !load.applied().scenario().equals(PLAIN)).isPresent();
  }

  /** Returns the console's lines of the cases whose load is not the plain one. */
  public static List<String> notes(RunResult result, CaseLabels labels) {
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      if (!isLoaded(result.cases().get(i))) {
        continue;
      }
      LoadFigures load = result.cases().get(i).load().orElseThrow();
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
      Optional<LoadFigures> load = result.cases().get(i).load();
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
      if (one.load().filter(load -> load.applied().scenario().equals("offline")).isPresent()) {
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
                Figures.fps(result.cases().get(best).framesPerSecond()),
                labels.labels().get(best),
                result.cases().get(best).load().orElseThrow().applied().streams()));
  }

  private static double fps(CaseResult one) {
    return one.framesPerSecond().orElse(0.0);
  }

  /** Returns the section of a case's page on its load. */
  static String markdown(Optional<LoadFigures> found) {
    if (found.isEmpty()) {
      return "";
    }
    LoadFigures load = found.get();
    StringBuilder text = new StringBuilder("\nLoad: ").append(shape(load)).append(".\n");
    bound(load).ifPresent(line -> text.append("\n**").append(line).append("**\n"));
    load.times().latency().ifPresent(latency -> text.append('\n').append(table(load, latency)));
    if (!load.steps().isEmpty()) {
      text.append('\n').append(steps(load.steps()));
    }
    return text.toString();
  }

  private static String table(LoadFigures load, Distribution latency) {
    StringBuilder text = new StringBuilder("| ms | n | mean |");
    latency.quantiles().forEach(q -> text.append(' ').append(q.label()).append(" |"));
    text.append(" max |\n|---|---:|---:|")
        .append("---:|".repeat(latency.quantiles().size()))
        .append("---:|\n");
    boolean rounds = load.applied().scenario().equals("multi-stream");
    text.append(row(rounds ? "round, until its last result" : "latency, corrected", latency));
    load.times().service().ifPresent(t -> text.append(row(rounds ? "batch" : "latency, naive", t)));
    load.times().queueWait().ifPresent(t -> text.append(row(rounds ? "wait" : "queue wait", t)));
    return text.toString();
  }

  private static String row(String name, Distribution times) {
    return String.format(
        ROOT,
        "| %s | %d | %s | %s | %s |\n",
        name,
        times.count(),
        Figures.millis(times.meanNanos()),
        times.quantiles().stream()
            .map((Quantile q) -> Figures.millisOrReason(times, q))
            .collect(Collectors.joining(" | ")),
        Figures.millis((double) times.maxNanos()));
  }

  private static String steps(List<Step> steps) {
    StringBuilder text =
        new StringBuilder(
            "| tried: streams | batches/s | latency ms | kept |\n|---:|---:|---:|---|\n");
    for (Step step : steps) {
      text.append(
          String.format(
              ROOT,
              "| %d | %s | %s | %s |\n",
              step.streams(),
              rate(step.perSecond()),
              step.latencyNanos().map(n -> Figures.millis((double) n)).orElse(Figures.ABSENT),
              step.kept() ? "yes" : "no"));
    }
    return text.toString();
  }

  private static String rate(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
