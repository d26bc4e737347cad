package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Closure;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A row a case for {@code report.md}: verdict, time by stage, precision, FPS, score, memory. */
final class MarkdownCases {
  private static final List<Stage> STAGES =
      List.of(Stage.DECODE, Stage.PREPROCESS, Stage.FORWARD, Stage.POSTPROCESS);

  private static final int MAX_NOTES = 20;

  private MarkdownCases() {}

  /**
   * Returns the table, what its columns mean, the load that was put on and what is to know of the
   * data.
   *
   * @param result with texts that are safe as Markdown
   */
  static String of(RunResult result, CaseLabels labels) {
    if (result.cases().isEmpty()) {
      return "";
    }
    boolean queue = result.cases().stream().anyMatch(one -> latency(one).isPresent());
    Optional<String> score = firstScore(result);
    MarkdownTable table = new MarkdownTable().words("case", "verdict").numbers("total");
    table.numbers("decode", "preproc", "forward", "postproc");
    if (queue) {
      table.numbers("latency");
    }
    table.numbers("FPS");
    score.ifPresent(table::numbers);
    table.numbers("MiB");
    for (int i = 0; i < result.cases().size(); i++) {
      table.row(row(result.cases().get(i), labels.labels().get(i), queue, score));
    }
    List<String> notes = new ArrayList<>(LoadText.notes(result, labels));
    for (int i = 0; i < result.cases().size(); i++) {
      String label = labels.labels().get(i);
      Closure.of(result.cases().get(i))
          .filter(closure -> !closure.holds())
          .ifPresent(closure -> notes.add(label + ": " + closure.text()));
    }
    result.dataset().notes().forEach(note -> notes.add("data set: " + note));
    List<String> bullets = notes.stream().map(note -> "- " + note + "\n").toList();
    return table.text("cases")
        + "\n"
        + caption(result, queue)
        + "\n"
        + (bullets.isEmpty() ? "" : "\n" + MarkdownRemarks.limited(bullets, MAX_NOTES));
  }

  private static List<String> row(
      CaseResult one, String label, boolean queue, Optional<String> score) {
    Optional<RepeatInterval> headline = PrecisionText.headline(one);
    List<String> cells = new ArrayList<>(List.of(label));
    cells.add(
        one.proof()
                .map(CaseProof::validity)
                .map(v -> v.valid() ? v.verdict().name() : "**" + v.verdict() + "**")
                .orElse(Figures.ABSENT)
            + headline.map(h -> ", " + PrecisionText.rating(h)).orElse(""));
    cells.add(
        Figures.millis(one.stage(Stage.TOTAL.label()), 50)
            + headline
                .map(h -> " " + MarkdownTable.unbroken(PrecisionText.plusMinus(h)))
                .orElse(""));
    STAGES.forEach(stage -> cells.add(Figures.millis(one.stage(stage.label()), 50)));
    if (queue) {
      cells.add(Figures.millis(latency(one), 50));
    }
    cells.add(Figures.fps(one.timed().framesPerSecond()));
    score.ifPresent(
        name ->
            cells.add(
                one.score(name).map(Score::value).map(Figures::score).orElse(Figures.ABSENT)));
    OptionalLong peak = one.peakRssBytes();
    cells.add(
        peak.isPresent()
            ? String.format(ROOT, "%.0f", peak.getAsLong() / (double) (1 << 20))
            : Figures.ABSENT);
    return cells;
  }

  private static String caption(RunResult result, boolean queue) {
    return "Times are p50 of a batch in ms, MiB the peak of a trial's process. ± is a 95 % interval"
        + " that takes in the differences between trials: fine to ±2 %, good to ±5 %, rough to"
        + " ±15 %, coarse beyond, unrated with fewer than 3 trials."
        + (isDecodeInTotal(result) ? "" : " Decoding is not in the total.")
        + (queue ? " Latency is from when a batch was due, with its wait." : "");
  }

  private static boolean isDecodeInTotal(RunResult result) {
    return !(result.config().get("measure") instanceof Map<?, ?> keys)
        || !"IMAGE".equals(String.valueOf(keys.get("totalFrom")));
  }

  private static Optional<Distribution> latency(CaseResult one) {
    return one.timed().load().map(LoadFigures::times).flatMap(LoadFigures.QueueTimes::latency);
  }

  /** Returns the first score that the config named and a case has, else a case's first. */
  private static Optional<String> firstScore(RunResult result) {
    List<String> known =
        result.cases().stream()
            .flatMap(one -> one.scored().scores().stream())
            .map(Score::name)
            .toList();
    Stream<String> named =
        result.config().get("score") instanceof List<?> names
            ? names.stream().map(String::valueOf).filter(known::contains)
            : Stream.empty();
    return named.findFirst().or(() -> known.stream().findFirst());
  }
}
