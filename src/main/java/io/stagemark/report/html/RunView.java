package io.stagemark.report.html;

import io.stagemark.data.PlainText;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.file.RecordTexts;
import io.stagemark.stats.Distribution;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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

  /** Returns whether reading the file is a part of the total. */
  boolean decodeIsInTotal() {
    Object measure = result.config().get("measure");
    return !(measure instanceof java.util.Map<?, ?> keys)
        || !"IMAGE".equals(String.valueOf(keys.get("totalFrom")));
  }
}
