package io.stagemark.study;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.report.comparison.BlameText;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Outcome;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.study.GatePeers.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of one gate of the study: a line of {@code gates.csv}.
 *
 * @param point it belongs to, {@link StudyPoint#key}
 * @param number of the gate in its point, from 1
 * @param seconds that it took
 * @param pairs that it measured
 * @param failed whether a JVM of it died
 * @param p50 whether the stage's p50 REGRESSED
 * @param p95 likewise
 * @param named whether the blame is on the stage
 * @param flagged metrics that REGRESSED or IMPROVED
 * @param compared metrics that were judged
 * @param changePercent of the stage's p50; NaN where it was not judged
 * @param cannotTell whether it said CANNOT TELL
 * @param peers the stages that each other procedure calls slower, on the same samples
 */
record StudyGate(
    String point,
    int number,
    double seconds,
    int pairs,
    boolean failed,
    boolean p50,
    boolean p95,
    boolean named,
    int flagged,
    int compared,
    double changePercent,
    boolean cannotTell,
    Map<Peer, Set<Stage>> peers) {
  static final String HEAD =
      "point,gate,seconds,pairs,failed,p50,p95,named,flagged,compared,change_percent,"
          + Stream.of(Peer.values())
              .map(peer -> peer.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(","))
          + ",cannot_tell";
  private static final int PEERS_FROM = 11;

  /** Reads what a gate left in its folder. */
  static StudyGate of(
      StudyPoint point, int number, Stage stage, Comparison found, Path folder, double seconds)
      throws BadInputException {
    int pairs = found.pairs().map(p -> p.screening().size() + p.confirming().size()).orElse(0);
    return new StudyGate(
        point.key(),
        number,
        seconds,
        pairs,
        !found.failures().isEmpty(),
        regressed(found, stage, 50),
        regressed(found, stage, 95),
        BlameText.of(found).stream().anyMatch(b -> b.startsWith(stage.label() + " ")),
        (int) found.findings().speed().stream().filter(StudyGate::moved).count(),
        found.findings().speed().size(),
        found.findings().speed().stream()
            .filter(s -> s.label().equals(stage.label() + " p50"))
            .mapToDouble(s -> 100 * s.times().change())
            .findFirst()
            .orElse(Double.NaN),
        found.outcome() == Outcome.CANNOT_TELL,
        GatePeers.flagged(folder, found));
  }

  private static boolean moved(SpeedResult one) {
    return one.verdict() == Verdict.REGRESSED || one.verdict() == Verdict.IMPROVED;
  }

  private static boolean regressed(Comparison found, Stage stage, int percentile) {
    return found.findings().speed().stream()
        .filter(s -> s.label().equals(stage.label() + " p" + percentile))
        .anyMatch(s -> s.verdict() == Verdict.REGRESSED);
  }

  /** Returns the line, without its end. */
  String line() {
    List<String> cells = new ArrayList<>();
    cells.add(point);
    cells.add(String.valueOf(number));
    cells.add(String.format(Locale.ROOT, "%.1f", seconds));
    cells.add(String.valueOf(pairs));
    for (boolean told : List.of(failed, p50, p95, named)) {
      cells.add(told ? "1" : "0");
    }
    cells.add(String.valueOf(flagged));
    cells.add(String.valueOf(compared));
    cells.add(String.format(Locale.ROOT, "%.3f", changePercent));
    for (Peer peer : Peer.values()) {
      cells.add(
          peers.getOrDefault(peer, Set.of()).stream()
              .map(Stage::label)
              .collect(Collectors.joining(" ")));
    }
    cells.add(cannotTell ? "1" : "0");
    return String.join(",", cells);
  }

  /** Reads a line. */
  static StudyGate parse(String line) {
    String[] cells = line.split(",", -1);
    Map<Peer, Set<Stage>> peers = new EnumMap<>(Peer.class);
    for (Peer peer : Peer.values()) {
      Set<Stage> stages = EnumSet.noneOf(Stage.class);
      for (Stage stage : Stage.values()) {
        if (List.of(cells[PEERS_FROM + peer.ordinal()].split(" ", -1)).contains(stage.label())) {
          stages.add(stage);
        }
      }
      peers.put(peer, stages);
    }
    return new StudyGate(
        cells[0],
        Integer.parseInt(cells[1]),
        Double.parseDouble(cells[2]),
        Integer.parseInt(cells[3]),
        cells[4].equals("1"),
        cells[5].equals("1"),
        cells[6].equals("1"),
        cells[7].equals("1"),
        Integer.parseInt(cells[8]),
        Integer.parseInt(cells[9]),
        Double.parseDouble(cells[10]),
        // absent in the lines of the gate before its looks
        cells.length > PEERS_FROM + Peer.values().length && cells[cells.length - 1].equals("1"),
        peers);
  }
}
