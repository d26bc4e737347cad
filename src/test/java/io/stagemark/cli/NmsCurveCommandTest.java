package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.nmscurve.NmsCurve;
import io.stagemark.nmscurve.NmsCurve.CurvePoint;
import io.stagemark.nmscurve.NmsCurveSetup;
import io.stagemark.nmscurve.NmsCurveText;
import io.stagemark.stats.PowerLaw;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class NmsCurveCommandTest {
  private static final NmsCurveSetup SETUP =
      new NmsCurveSetup(
          "hard", .5, OptionalDouble.empty(), 0, false, 300, 100, 1, false, List.of(100, 400), 2);

  // medians of two sets are the lower one: 10 and 80 µs; ln 8 / ln 4 = 1.5
  @Test
  void render_twoCounts_showsGrowthTheCutAndTheLaw() {
    NmsCurve curve =
        new NmsCurve(
            SETUP,
            List.of(
                new CurvePoint(100, 50, 9, 10_000),
                new CurvePoint(100, 52, 9, 30_000),
                new CurvePoint(400, 90, 9, 80_000),
                new CurvePoint(400, 91, 9, 90_000)),
            Optional.of(new PowerLaw(4, 1.5, 1.25, 1.625, 3)));
    assertThat(NmsCurveText.render(curve))
        .isEqualTo(
            """
            nms-curve · hard, IoU 0.5, by class, 1 class, at most 300 in and 100 out
            random boxes in 640x640 px, one thread, 2 sets a count

            candidates   into NMS     kept       p50 ms   ns a candidate     growth
                   100        100       51       0.0200            200.0          –
                   400        300       91       0.0850            212.5      ^1.04

            Beyond 300 candidates only the best 300 enter (preNmsTopK): those rows are not in the fit.
            time ~ candidates^1.50, 95 % interval 1.25 to 1.63 (Theil-Sen on the logarithms of 4 medians)
            """);
  }

  @Test
  void nmsCurve_badOptions_areToldAllAtOnce() {
    CommandRun run =
        CommandRun.of(
            "nms-curve", "--nms", "sofft-linear", "--iou", "45", "--counts", "0", "--sets", "0");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("--nms", "try:      --nms soft-linear", "--iou", "a ratio in [0, 1]")
        .contains("--counts", "--sets", "4 problems; nothing was run.");
  }

  @Test
  void nmsCurve_unknownModelOrNoSuppression_isBadInput() {
    assertThat(CommandRun.of("nms-curve", "--model", "nope").exitCode())
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(CommandRun.of("nms-curve", "--model", "silero-vad").err())
        .contains("no suppression");
  }
}
