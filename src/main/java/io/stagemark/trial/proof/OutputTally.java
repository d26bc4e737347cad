package io.stagemark.trial.proof;

import static java.util.Locale.ROOT;

import io.stagemark.data.OutputSummary;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.result.OutputProof;
import io.stagemark.result.OutputProof.NotFinite;
import io.stagemark.result.OutputProof.Sign;
import io.stagemark.task.Observation;
import io.stagemark.task.OutputCheck;
import io.stagemark.task.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says of each example whether scores may be taken from its outputs, alike for every task, and
 * gathers why not. One example that cannot be scored leaves the case without scores: a figure over
 * the others would say nothing of the data set. Not thread-safe.
 */
public final class OutputTally {
  private static final int MAX_NAMED = 3;

  private final boolean scored;
  private final boolean needsProbabilities;
  private final Map<String, Count> notFinite = new LinkedHashMap<>();
  private final CardSigns signs = new CardSigns();
  private final List<String> unscorable = new ArrayList<>();
  private int examples;
  private int refused;

  /**
   * @param scored whether scores were asked for
   * @param scorer that would take them
   */
  OutputTally(boolean scored, Scorer scorer) {
    this.scored = scored;
    this.needsProbabilities = scorer.needsProbabilities();
  }

  /** Numbers of one output that are not finite. */
  private static final class Count {
    private final boolean read;
    private final SortedMap<Integer, String> ids = new TreeMap<>();
    private long nan;
    private long infinite;

    Count(boolean read) {
      this.read = read;
    }

    void add(int index, String id, OutputSummary summary, long odd) {
      ids.put(index, id);
      nan += summary.nan();
      infinite += odd - summary.nan();
    }

    NotFinite of(String output) {
      List<String> first = ids.values().stream().limit(MAX_NAMED).toList();
      return new NotFinite(output, read, ids.size(), first, nan, infinite);
    }
  }

  /**
   * Adds an example.
   *
   * @param index in the data set
   * @return whether scores may be taken from its outputs
   */
  boolean add(int index, String id, Observation observation) {
    examples++;
    OutputCheck check = observation.check();
    for (OutputCheck.Output output : check.outputs()) {
      OutputSummary summary = output.summary();
      long odd = output.read() ? output.refused() : summary.nan() + summary.infinite();
      if (odd > 0) {
        notFinite
            .computeIfAbsent(summary.name(), name -> new Count(output.read()))
            .add(index, id, summary, odd);
      }
    }
    signs.add(observation);
    boolean takes = check.isFinite() && (check.isProbable() || !needsProbabilities);
    refused += takes ? 0 : 1;
    return takes;
  }

  /** Takes note of an example that its scorer refused. */
  void refuse(String reason) {
    refused++;
    unscorable.add(reason);
  }

  /** Returns whether scores may be taken from every example that was added. */
  boolean takesScores() {
    return refused == 0;
  }

  /**
   * Returns what was seen.
   *
   * @param readsModel false for an engine that makes its outputs up: they are no sign of anything
   * @param decoder of the model card
   */
  public OutputProof proof(boolean readsModel, Optional<DecoderSettings> decoder) {
    List<NotFinite> odd = new ArrayList<>();
    notFinite.forEach((name, count) -> odd.add(count.of(name)));
    List<Sign> found = new ArrayList<>();
    if (!unscorable.isEmpty()) {
      found.add(
          new Sign(
              true,
              String.format(
                  ROOT,
                  "%d of %d examples cannot be scored: %s",
                  unscorable.size(),
                  examples,
                  unscorable.get(0)),
              "correct the truth of the example, the card, or ask for other scores"));
    }
    if (readsModel) {
      found.addAll(signs.found(scored && needsProbabilities, decoder));
    }
    return new OutputProof(examples, scored, scored && takesScores(), odd, found);
  }
}
