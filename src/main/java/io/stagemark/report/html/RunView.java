package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.RecordTexts;
import io.stagemark.stats.Distribution;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A run as its page shows it.
 *
 * @param raw as it was read: file names are those of the folder
 * @param result the same with every text made visible
 * @param labels of the cases, in their order: what differs between them
 * @param shared what all cases share
 * @param folder the run's
 */
record RunView(RunResult raw, RunResult result, List<String> labels, String shared, Path folder) {
  /** Stages with a colour of their own, in the order of a batch. */
  static final List<String> STAGES =
      List.of(
          Stage.DECODE.label(),
          Stage.PREPROCESS.label(),
          Stage.FORWARD.label(),
          Stage.POSTPROCESS.label(),
          CaseResult.GAP);

  static RunView of(RunResult raw, Path folder) {
    RunResult result = RecordTexts.map(raw, PlainText::seen);
    CaseLabels labels = CaseLabels.of(result.cases());
    return new RunView(raw, result, labels.labels(), labels.shared(), folder);
  }

  List<CaseResult> cases() {
    return result.cases();
  }

  /** Returns the label of a case; its id if there is no such case. */
  String label(String id) {
    for (int i = 0; i < cases().size(); i++) {
      if (cases().get(i).id().equals(id)) {
        return labels.get(i);
      }
    }
    return id;
  }

  /** Returns the median of a stage in ms; empty where it has too few samples. */
  static OptionalDouble millis(CaseResult one, String stage) {
    return millis(one.stage(stage), 50);
  }

  /** Returns a percentile in ms; empty where it has too few samples. */
  static OptionalDouble millis(Optional<Distribution> times, double percent) {
    return times.isPresent() && times.get().quantile(percent).nanos().isPresent()
        ? OptionalDouble.of(times.get().quantile(percent).nanos().getAsLong() / 1e6)
        : OptionalDouble.empty();
  }

  /** Returns the median of the total in ms; empty where it has too few samples. */
  static OptionalDouble total(CaseResult one) {
    return millis(one, Stage.TOTAL.label());
  }

  /** Cases that a chart with a row a case draws; a table has the others too. */
  private static final int MAX_ROWS = 30;

  /** Returns the cases that such a chart draws: of many, the fastest by image, in their order. */
  List<Integer> drawn() {
    return IntStream.range(0, cases().size())
        .boxed()
        .sorted(Comparator.comparingDouble(this::perImage))
        .limit(MAX_ROWS)
        .sorted()
        .toList();
  }

  private double perImage(int index) {
    CaseResult one = cases().get(index);
    return total(one).orElse(Double.POSITIVE_INFINITY) / one.key().batch();
  }

  /** Returns what such a chart says where it leaves some out. */
  List<String> leftOut() {
    return cases().size() <= MAX_ROWS
        ? List.of()
        : List.of(
            String.format(
                ROOT,
                "The %d fastest of %d cases (by image) are drawn; the table has all.",
                MAX_ROWS,
                cases().size()));
  }

  /** Returns whether reading the file is a part of the total. */
  boolean decodeIsInTotal() {
    Object measure = result.config().get("measure");
    return !(measure instanceof java.util.Map<?, ?> keys)
        || !"IMAGE".equals(String.valueOf(keys.get("totalFrom")));
  }
}
