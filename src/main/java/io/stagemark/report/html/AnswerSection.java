package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.AnswerText;
import io.stagemark.report.LoadText;
import io.stagemark.report.PrecisionText;
import io.stagemark.report.ValidityText;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Advice;
import io.stagemark.report.page.Block.Chip;
import io.stagemark.report.page.Block.Tone;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.Environment;
import io.stagemark.result.Figures;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.stats.RepeatInterval;
import io.stagemark.stats.RepeatInterval.Rating;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer: one sentence, how sure it is, where it holds, what would make it surer. */
final class AnswerSection {
  private static final int MAX_CHIPS = 6;
  private static final int MAX_ADVICE = 5;
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){0,9}");

  private AnswerSection() {}

  static Section of(RunView run) {
    List<Advice> advice = advice(run);
    List<Advice> shown = advice.subList(0, Math.min(MAX_ADVICE, advice.size()));
    List<String> facts = new ArrayList<>(facts(run));
    if (advice.size() > shown.size()) {
      facts.add((advice.size() - shown.size()) + " more remarks are under Trust.");
    }
    return new Section(
        "answer",
        "Answer",
        "",
        List.of(
            new Block.Answer(
                bound(AnswerText.sentence(run.result(), run.labels())), chips(run), facts, shown)));
  }

  /** Returns the line under the page's name: model, data, when. */
  static String byline(RunView run) {
    RunResult result = run.result();
    return String.format(
        ROOT,
        "%s · %s of %s · %s · started %s, %.0f s",
        run.shared(),
        count(result.dataset().examples(), "example"),
        result.dataset().name(),
        result.cases().size() == 1 ? "1 case" : result.cases().size() + " cases",
        result.startedAt().replaceFirst("\\.\\d+Z$", "Z"),
        result.wallSeconds());
  }

  private static String count(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /** Keeps a number and its unit on one line. */
  private static String bound(String sentence) {
    return sentence
        .replace(" %", "\u00a0%")
        .replace(" ms", "\u00a0ms")
        .replace(" times", "\u00a0times");
  }

  private static List<Chip> chips(RunView run) {
    List<Chip> chips = new ArrayList<>();
    RunResult result = run.result();
    result
        .proof()
        .map(RunProof::validity)
        .ifPresent(
            validity ->
                chips.add(
                    new Chip(validity.valid() ? Tone.GOOD : Tone.BAD, validity.verdict().name())));
    if (result.status() != RunResult.Status.COMPLETE) {
      chips.add(new Chip(Tone.DOUBTFUL, "run " + result.status().name().toLowerCase(ROOT)));
    }
    for (int i = 0; i < run.cases().size() && i < MAX_CHIPS; i++) {
      String label = run.labels().get(i);
      PrecisionText.headline(run.cases().get(i))
          .ifPresent(h -> chips.add(new Chip(tone(h), label + " " + precision(h))));
    }
    if (run.cases().size() > MAX_CHIPS) {
      chips.add(new Chip(Tone.PLAIN, (run.cases().size() - MAX_CHIPS) + " more cases"));
    }
    return chips;
  }

  private static String precision(RepeatInterval headline) {
    return String.format(
        ROOT,
        "%s ms %s, %s",
        Figures.millis(headline.value()),
        PrecisionText.plusMinus(headline),
        PrecisionText.rating(headline));
  }

  private static Tone tone(RepeatInterval headline) {
    return switch (headline.rating()) {
      case FINE, GOOD -> Tone.GOOD;
      case ROUGH -> Tone.PLAIN;
      default -> headline.rating() == Rating.UNRATED ? Tone.PLAIN : Tone.DOUBTFUL;
    };
  }

  private static List<String> facts(RunView run) {
    List<String> facts = new ArrayList<>();
    facts.addAll(LoadText.notes(run.result(), new CaseLabels(run.shared(), run.labels())));
    Environment e = run.result().environment();
    facts.add(
        String.format(
            ROOT,
            "Measured on %d × %s, %.1f GiB, %s, JDK %s.",
            e.cores(),
            e.cpu(),
            e.memoryBytes() / (double) (1L << 30),
            e.os(),
            version(e.jdk())));
    run.result().calibration().ifPresent(c -> facts.add("Figures " + c + "."));
    return facts;
  }

  private static String version(String jdk) {
    Matcher numbers = VERSION.matcher(jdk);
    return numbers.find() ? numbers.group() : jdk;
  }

  /** Returns what is wrong, then what limits the precision. */
  static List<Advice> advice(RunView run) {
    List<Advice> advice = new ArrayList<>();
    ValidityText.failures(run.raw(), run.labels())
        .forEach(line -> advice.add(new Advice(Tone.BAD, line, "")));
    advice.addAll(pairs(ValidityText.reasons(run.result(), run.labels()), Tone.BAD));
    ValidityText.disagreements(run.result(), run.labels())
        .forEach(line -> advice.add(new Advice(Tone.DOUBTFUL, line, "")));
    advice.addAll(pairs(PrecisionText.limits(run.result(), run.labels(), false), Tone.DOUBTFUL));
    run.result()
        .dataset()
        .notes()
        .forEach(note -> advice.add(new Advice(Tone.PLAIN, "data set: " + note, "")));
    return advice;
  }

  /** Returns lines and, behind each, what to try. */
  static List<Advice> pairs(List<String> lines, Tone tone) {
    List<Advice> advice = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean followed = i + 1 < lines.size() && lines.get(i + 1).startsWith("  try: ");
      advice.add(
          new Advice(
              tone, lines.get(i), followed ? lines.get(i + 1).substring("  try: ".length()) : ""));
      i += followed ? 1 : 0;
    }
    return advice;
  }
}
