package io.stagemark.run.verdict;

import static java.util.Locale.ROOT;

import io.stagemark.data.Score;
import io.stagemark.result.CandidateFigures;
import io.stagemark.result.OutputProof;
import io.stagemark.result.OutputProof.NotFinite;
import io.stagemark.result.OutputProof.Sign;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reasons and notes from a case's outputs. All trials have the same outputs, so the first trial
 * with a finding represents all. Outputs that are not finite are a reason where scores were asked
 * for, and a note in a run without scores.
 */
public final class OutputVerdict {
  private static final String FINITE =
      "look at one of these examples in the model's own framework: an overflow of float16 and a"
          + " division by 0 are the usual causes; another element type or export, or no scores";

  /** With so few examples, all may be wrong by chance. */
  private static final int MIN_ANSWERS = 20;

  private OutputVerdict() {}

  public static List<Reason> reasons(List<TrialResult> trials) {
    return trials.stream()
        .map(trial -> reasons(proof(trial)))
        .filter(reasons -> !reasons.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Returns the reasons of outputs that were looked at once. */
  public static List<Reason> reasons(OutputProof proof) {
    List<Reason> reasons = new ArrayList<>();
    if (proof.scored()) {
      proof.notFinite().stream()
          .filter(NotFinite::read)
          .map(odd -> new Reason(Code.OUTPUTS_NOT_FINITE, found(proof, odd), FINITE))
          .forEach(reasons::add);
      proof.signs().stream()
          .filter(Sign::decisive)
          .map(s -> new Reason(Code.NOT_SCORABLE, s.found() + noScores(), s.recommendation()))
          .forEach(reasons::add);
    }
    return reasons;
  }

  public static List<String> notes(List<TrialResult> trials) {
    return trials.stream()
        .map(trial -> notes(proof(trial)))
        .filter(notes -> !notes.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Returns the notes on outputs that were looked at once. */
  public static List<String> notes(OutputProof proof) {
    List<String> notes = new ArrayList<>();
    proof.notFinite().stream()
        .filter(odd -> !odd.read() || !proof.scored())
        .map(odd -> found(proof, odd) + (odd.read() ? "; try: " + FINITE : ""))
        .forEach(notes::add);
    proof.signs().stream()
        .filter(sign -> !sign.decisive())
        .map(s -> "the card may not fit the model: " + s.found() + "; try: " + s.recommendation())
        .forEach(notes::add);
    return notes;
  }

  /**
   * Returns a note on answers none of which is right: more often another card than a bad model.
   *
   * @param boxes before and after suppression, of a detector
   */
  public static List<String> nothingRight(List<Score> scores, Optional<CandidateFigures> boxes) {
    List<String> notes = new ArrayList<>();
    for (Score score : scores) {
      boolean detected = boxes.filter(figures -> figures.kept().max() > 0).isPresent();
      if (score.value() == 0 && score.name().equals("coco-ap50") && detected) {
        notes.add(
            "the card may not fit the model: no detection overlaps an object of its class by half"
                + " (coco-ap50 is 0); try: the order of the labels, decoder.type, preprocess"
                + " (color, scale, mean, std, resize); reports: [images] draws both");
      }
      if (score.value() == 0 && score.name().equals("top-1") && score.count() >= MIN_ANSWERS) {
        notes.add(
            String.format(
                ROOT,
                "the card may not fit the model: not one of %d answers is right; try: the order of"
                    + " the labels, preprocess (color, scale, mean, std, resize)",
                score.count()));
      }
    }
    return notes;
  }

  private static OutputProof proof(TrialResult trial) {
    return trial
        .measured()
        .flatMap(Measured::proof)
        .flatMap(TrialProof::outputs)
        .orElse(new OutputProof(0, false, false, List.of(), List.of()));
  }

  private static String found(OutputProof proof, NotFinite odd) {
    return String.format(
        ROOT,
        "output '%s' is not finite in %d of %d examples (%s%s): %d numbers are NaN, %d infinite%s",
        odd.output(),
        odd.examples(),
        proof.examples(),
        String.join(", ", odd.first()),
        odd.examples() > odd.first().size() ? ", …" : "",
        odd.nan(),
        odd.infinite(),
        odd.read() ? noScores() : "; no score reads it");
  }

  private static String noScores() {
    return ": no score can be taken";
  }
}
