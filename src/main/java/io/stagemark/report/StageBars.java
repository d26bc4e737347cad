package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import java.util.List;
import java.util.Optional;

/**
 * One bar a case, divided into its stages. All bars have one scale, and each stage that took time
 * has at least one column.
 */
final class StageBars {
  private static final List<Stage> STAGES =
      List.of(Stage.DECODE, Stage.PREPROCESS, Stage.FORWARD, Stage.POSTPROCESS);
  private static final List<String> FILLS = List.of("░", "▒", "█", "▓");

  private StageBars() {}

  /**
   * Returns the bars and their legend; empty if no case has times.
   *
   * @param width columns of the longest line
   */
  static String of(RunResult result, CaseLabels labels, int width) {
    int longest = labels.labels().stream().mapToInt(String::length).max().orElse(0);
    int label = Math.max(1, Math.min(longest, width / 2));
    int columns = width - label - 2;
    double slowest = result.cases().stream().mapToDouble(StageBars::sum).max().orElse(0);
    if (slowest == 0) {
      return "";
    }
    // each of the four stages may need a column more than its share
    double nanosPerColumn = slowest / (columns - STAGES.size());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < result.cases().size(); i++) {
      String name = TextTable.shortened(labels.labels().get(i), label);
      StringBuilder bar = new StringBuilder(String.format(ROOT, "%-" + label + "s  ", name));
      for (int stage = 0; stage < STAGES.size(); stage++) {
        double nanos = nanos(result.cases().get(i), STAGES.get(stage));
        long filled = nanos == 0 ? 0 : Math.max(1, Math.round(nanos / nanosPerColumn));
        bar.append(FILLS.get(stage).repeat((int) filled));
      }
      text.append(bar.toString().stripTrailing()).append('\n');
    }
    return text.append(
            String.format(
                ROOT,
                "░ decode  ▒ preprocess  █ forward  ▓ postprocess  (a column is %.2g ms)\n",
                nanosPerColumn / 1e6))
        .toString();
  }

  private static double sum(CaseResult one) {
    return STAGES.stream().mapToDouble(stage -> nanos(one, stage)).sum();
  }

  private static double nanos(CaseResult one, Stage stage) {
    Optional<Distribution> times = one.stage(stage.label());
    return times.isEmpty() ? 0 : times.get().quantile(50).nanos().orElse(0);
  }
}
