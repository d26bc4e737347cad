package io.stagemark.study;

import io.stagemark.compare.Comparison;
import io.stagemark.compare.SpeedResult;
import io.stagemark.compare.Verdict;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.study.GatePeers.Peer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts the gates of one point: found, named right, flagged though nothing changed. */
final class StudyTally {
  /** The heads of the columns of {@link #row}. */
  static final String HEAD =
      """
      | injected | busy | gates | failed | p50 found | p95 found | named right | flagged of compared |\
       %s | s a gate |
      |---:|---:|---:|---:|---:|---:|---:|---:|%s---:|
      """
          .formatted(
              String.join(" | ", List.of(Peer.values()).stream().map(Peer::label).toList()),
              "---:|".repeat(Peer.values().length));

  private final StudyPoint point;
  private final Stage stage;
  private final Map<Peer, Integer> peerFound = new EnumMap<>(Peer.class);
  private final Map<Peer, Integer> peerFlagged = new EnumMap<>(Peer.class);
  private int gates;
  private int failed;
  private int p50;
  private int p95;
  private int named;
  private int flagged;
  private int compared;
  private double seconds;

  StudyTally(StudyPoint point, Stage stage) {
    this.point = point;
    this.stage = stage;
  }

  /** Counts a gate. */
  void add(Path folder, Comparison found, double tookSeconds) throws BadInputException {
    gates++;
    seconds += tookSeconds;
    failed += found.failures().isEmpty() ? 0 : 1;
    boolean at50 = regressed(found, 50);
    boolean at95 = regressed(found, 95);
    p50 += at50 ? 1 : 0;
    p95 += at95 ? 1 : 0;
    boolean right = found.blamed().stream().anyMatch(b -> b.startsWith(stage.label() + " "));
    named += (at50 || at95) && right ? 1 : 0;
    compared += found.speed().size();
    flagged += (int) found.speed().stream().filter(StudyTally::moved).count();
    GatePeers.flagged(folder, found)
        .forEach(
            (peer, stages) -> {
              peerFound.merge(peer, stages.contains(stage) ? 1 : 0, Integer::sum);
              peerFlagged.merge(peer, stages.size(), Integer::sum);
            });
  }

  private static boolean moved(SpeedResult one) {
    return one.verdict() == Verdict.REGRESSED || one.verdict() == Verdict.IMPROVED;
  }

  private boolean regressed(Comparison found, int percentile) {
    return found.speed().stream()
        .filter(s -> s.stage().equals(stage.label()) && s.percentile() == percentile)
        .anyMatch(s -> s.verdict() == Verdict.REGRESSED);
  }

  /** Returns the row of the table; peers count stages in an A/A, gates that found it otherwise. */
  String row() {
    StringBuilder row =
        new StringBuilder(
            "| %s %% | %d | %d | %d | %d | %d | %d of %d | %d of %d |"
                .formatted(
                    point.percent(),
                    point.busy(),
                    gates,
                    failed,
                    p50,
                    p95,
                    named,
                    Math.max(p50, p95),
                    flagged,
                    compared));
    for (Peer peer : Peer.values()) {
      row.append(
          point.isControl()
              ? " %d of %d |"
                  .formatted(peerFlagged.getOrDefault(peer, 0), gates * Stage.values().length)
              : " %d |".formatted(peerFound.getOrDefault(peer, 0)));
    }
    return row.append(String.format(Locale.ROOT, " %.0f |%n", gates == 0 ? 0 : seconds / gates))
        .toString();
  }
}
