package io.stagemark.run;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Stage;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plan is asked to find, such as {@code detect 3% on p95} or {@code detect 5% on p50 of
 * forward}.
 *
 * @param effect as a ratio: 0.03 is 3 %
 * @param percent of the percentile: 50, 90, 95, 99 or 99.9
 * @param stage whose times, the total unless another is named
 */
public record PlanQuestion(double effect, double percent, Stage stage) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*detect\\s+(\\d{1,3}(?:\\.\\d{1,3})?)\\s*%\\s+on\\s+p(50|90|95|99|99\\.9)"
              + "(?:\\s+of\\s+(decode|preprocess|forward|postprocess|total))?\\s*");

  /**
   * Reads a question.
   *
   * @throws BadInputException if it is none
   */
  public static PlanQuestion parse(String text) throws BadInputException {
    Matcher matcher = FORM.matcher(text);
    double effect = matcher.matches() ? Double.parseDouble(matcher.group(1)) / 100 : 0;
    if (!(effect > 0 && effect <= 1)) {
      throw new BadInputException(
          new Problem(
              "--plan",
              text.isBlank() ? "nothing" : text.strip(),
              "detect X% on pY, or detect X% on pY of STAGE: X in (0, 100], Y one of 50, 90, 95,"
                  + " 99, 99.9, STAGE decode, preprocess, forward, postprocess or total",
              "--plan \"detect 3% on p95\""));
    }
    String stage = matcher.group(3) == null ? Stage.TOTAL.label() : matcher.group(3);
    return new PlanQuestion(
        effect,
        Double.parseDouble(matcher.group(2)),
        Stage.valueOf(stage.toUpperCase(Locale.ROOT)));
  }
}
