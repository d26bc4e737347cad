package io.stagemark.study;

import io.stagemark.data.Stage;
import io.stagemark.study.GatePeers.Peer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** The row of the table for the gates of one point. */
final class StudyTally {
  /** The heads of the columns of {@link #row}. */
  static final String HEAD =
      """
      | injected | busy | gates | failed | cannot tell | p50 found | p95 found | named right | flagged of compared |\
       p50 change, median | %s | pairs, median | s, median |
      |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|%s---:|---:|
      """
          .formatted(
              String.join(" | ", List.of(Peer.values()).stream().map(Peer::label).toList()),
              "---:|".repeat(Peer.values().length));

  private final StudyPoint point;
  private final Stage stage;
  private final List<StudyGate> gates;

  StudyTally(StudyPoint point, Stage stage, List<StudyGate> gates) {
    this.point = point;
    this.stage = stage;
    this.gates = gates;
  }

  private long count(Predicate<StudyGate> what) {
    return gates.stream().filter(what).count();
  }

  private int sum(ToIntFunction<StudyGate> what) {
    return gates.stream().mapToInt(what).sum();
  }

  private double median(ToDoubleFunction<StudyGate> what) {
    double[] sorted =
        gates.stream().mapToDouble(what).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int half = sorted.length / 2;
    return Arrays.stream(sorted, (sorted.length - 1) / 2, half + 1).average().orElse(Double.NaN);
  }

  /** Returns the row; peers count stages in an A/A, gates that found it otherwise. */
  String row() {
    if (gates.isEmpty()) {
      return "";
    }
    StringBuilder row =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "| %s %%%s | %d | %d | %d | %d | %d | %d | %d of %d | %d of %d | %+.1f %% |",
                point.percent(),
                point.quickstart()
                    ? ", quickstart"
                    : point.threads() > 1 ? ", %d threads".formatted(point.threads()) : "",
                point.busy(),
                gates.size(),
                count(StudyGate::failed),
                count(StudyGate::cannotTell),
                count(StudyGate::p50),
                count(StudyGate::p95),
                count(g -> (g.p50() || g.p95()) && g.named()),
                count(g -> g.p50() || g.p95()),
                sum(StudyGate::flagged),
                sum(StudyGate::compared),
                median(StudyGate::changePercent)));
    for (Peer peer : Peer.values()) {
      row.append(
          point.isControl()
              ? " %d of %d |"
                  .formatted(
                      sum(g -> g.peers().get(peer).size()), gates.size() * Stage.values().length)
              : " %d |".formatted(count(g -> g.peers().get(peer).contains(stage))));
    }
    return row.append(
            String.format(
                Locale.ROOT,
                " %.0f | %.0f |%n",
                median(StudyGate::pairs),
                median(StudyGate::seconds)))
        .toString();
  }
}
