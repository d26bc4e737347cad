package io.stagemark.compare;

import io.stagemark.data.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pairs of a gate so far, as evidence. Not thread-safe. */
final class PairSet {
  private final String caseId;
  private final PairEvidenceMaker maker;
  private final double alpha;
  private final List<LivePairs.Pair> pairs = new ArrayList<>();

  /**
   * @param caseId of the baseline's case
   * @param maker makes the evidence
   * @param alpha of the intervals
   */
  PairSet(String caseId, PairEvidenceMaker maker, double alpha) {
    this.caseId = caseId;
    this.maker = maker;
    this.alpha = alpha;
  }

  void add(LivePairs.Pair pair) {
    pairs.add(pair);
  }

  int size() {
    return pairs.size();
  }

  String caseId() {
    return caseId;
  }

  List<LivePairs.Pair> pairs() {
    return List.copyOf(pairs);
  }

  /** Returns candidate against baseline. */
  StageEvidence evidence() {
    return of(
        pairs.stream().map(LivePairs.Pair::baseline).toList(),
        pairs.stream().map(LivePairs.Pair::candidate).toList());
  }

  /** Returns the baseline against itself, of the pairs that have a control. */
  List<SpeedMetric> controlMetrics() {
    List<LivePairs.Pair> controlled = pairs.stream().filter(p -> p.control().isPresent()).toList();
    return of(
            controlled.stream().map(LivePairs.Pair::baseline).toList(),
            controlled.stream().map(p -> p.control().orElseThrow()).toList())
        .metrics();
  }

  private StageEvidence of(List<Map<Stage, long[]>> before, List<Map<Stage, long[]>> after) {
    return before.isEmpty()
        ? new StageEvidence(List.of(), List.of(), List.of())
        : StageEvidence.of(caseId, before, after, maker, alpha);
  }
}
