package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.ElementType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses of saved arrays, and their options. */
final class ScoreCommandTest {
  // printed examples of BCE and unweighted focal loss
  private static final double[] BCE_LOGITS = {-0.2296, -0.6389, -0.2405, 1.3451, 0.7580};
  private static final double[] BCE_TARGETS = {1, 0, 0, 1, 1};
  private static final double[] FOCAL_LOGITS = {-1.3521, 0.4975, -1.0178, -0.3859, -0.2923};
  private static final double[] FOCAL_TARGETS = {1, 1, 0, 1, 1};

  @TempDir Path folder;
  private ScoreBed bed = new ScoreBed(Path.of(""));

  @BeforeEach
  void makeBed() {
    bed = new ScoreBed(folder);
  }

  @Test
  void score_bce_printsThePublishedValue() throws IOException {
    String p = bed.doubles("p", BCE_LOGITS, 5);
    String t = bed.doubles("t", BCE_TARGETS, 5);

    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--loss", "bce-with-logits", "--predictions", p, "--truth", t, "--format=json");

    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.json().get("value").doubleValue()).isEqualTo(0.486867850432569, e14());
    assertThat(said.json().get("reduction").asText()).isEqualTo("mean");
    assertThat(said.json().get("count").intValue()).isEqualTo(5);
    assertThat(said.json().has("values")).isFalse();
  }

  // halves hold these numbers exactly: the value is ln 2 of an undecided logit
  @Test
  void score_halves_areReadByTheirValue() throws IOException {
    String p = bed.write("p", ElementType.FLOAT16, new double[] {0, -2, 2}, 3);
    String t = bed.write("t", ElementType.FLOAT16, new double[] {0.5, 0, 1}, 3);

    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--loss=bce-with-logits",
            "--predictions",
            p,
            "--truth",
            t,
            "--format=json",
            "--reduction=none");

    assertThat(said.json().get("values").get(0).doubleValue()).isEqualTo(Math.log(2), e14());
    assertThat(said.json().get("values").get(1).doubleValue())
        .isEqualTo(Math.log1p(Math.exp(-2)), e14());
    assertThat(said.json().get("values").get(2).doubleValue())
        .isEqualTo(Math.log1p(Math.exp(-2)), e14());
  }

  private static Offset<Double> e14() {
    return within(1e-14);
  }

  @Test
  void score_focalUnweightedReductionNone_printsEveryTerm() throws IOException {
    String p = bed.doubles("p", FOCAL_LOGITS, 5);
    String t = bed.write("t", ElementType.INT64, FOCAL_TARGETS, 5);

    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--loss",
            "focal-unweighted",
            "--alpha",
            "1",
            "--gamma=2",
            "--reduction",
            "none",
            "--predictions",
            p,
            "--truth",
            t,
            "--format",
            "json");

    assertThat(said.json().get("values")).hasSize(5);
    double sum = 0;
    for (JsonNode value : said.json().get("values")) {
      sum += value.doubleValue();
    }
    assertThat(sum / 5).isEqualTo(0.337501271714552, e14());
    assertThat(said.json().get("shape").toString()).isEqualTo("[5]");
  }

  @Test
  void score_formerNameOfALoss_printsTheNewOne() throws IOException {
    String p = bed.doubles("p", FOCAL_LOGITS, 5);
    String t = bed.write("t", ElementType.INT64, FOCAL_TARGETS, 5);

    ScoreBed.CommandOutput said =
        ScoreBed.run("--loss", "focal-seed", "--predictions", p, "--truth", t, "--format", "json");

    assertThat(said.json().get("loss").textValue()).isEqualTo("focal-unweighted");
    assertThat(said.json().get("value").doubleValue()).isEqualTo(0.337501271714552, e14());
  }

  @Test
  void score_alphaOff_isTheUnweightedForm() throws IOException {
    String p = bed.doubles("p", FOCAL_LOGITS, 5);
    String t = bed.doubles("t", FOCAL_TARGETS, 5);

    ScoreBed.CommandOutput off =
        ScoreBed.run("--loss", "focal", "--alpha", "-1", "--predictions", p, "--truth", t);

    assertThat(off.out()).contains("value").contains("0.33750127171455");
    assertThat(
            ScoreBed.run("--loss", "focal", "--alpha", "none", "--predictions", p, "--truth", t)
                .out())
        .isEqualTo(off.out());
  }

  // Logits of p = 1/4 and 3/4: ce ln 4 (class 0, weight 3), the second ignored.
  @Test
  void score_pyTorchsNames_areUnderstood() throws IOException {
    String p = bed.doubles("p", new double[] {0, Math.log(3), 0, 0}, 2, 2);
    String t = bed.write("t", ElementType.INT64, new double[] {0, -1}, 2);
    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--loss=cross_entropy",
            "--weight",
            "3,1",
            "--ignore_index",
            "-1",
            "--label_smoothing=0",
            "--reduction",
            "sum",
            "--predictions",
            p,
            "--truth",
            t,
            "--format",
            "json");

    assertThat(said.json().get("value").doubleValue()).isCloseTo(3 * Math.log(4), within(1e-14));
    assertThat(said.json().get("count").intValue()).isEqualTo(1);
  }

  @Test
  void score_tensorParameters_areReadInlineAndFromFiles() throws IOException {
    String p = bed.doubles("p", new double[] {0, 0, 0, 0}, 2, 2);
    String t = bed.doubles("t", new double[] {1, 1, 0, 0}, 2, 2);
    String weight = bed.doubles("w", new double[] {1, 2, 3, 4}, 2, 2);

    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--loss",
            "bce-with-logits",
            "--weight",
            weight,
            "--pos-weight",
            "3,1",
            "--reduction=sum",
            "--predictions",
            p,
            "--truth",
            t,
            "--format",
            "json");

    // ln 2 each: 1·3 + 2·1 + 3 + 4 = 12
    assertThat(said.json().get("value").doubleValue()).isEqualTo(12 * Math.log(2), e14());
  }

  @Test
  void score_flag_needsNoValue() throws IOException {
    String p = bed.doubles("p", new double[] {0.3, -0.3}, 2, 1);
    String t = bed.write("t", ElementType.UINT8, new double[] {1, 1}, 2, 1);

    ScoreBed.CommandOutput each =
        ScoreBed.run(
            "--loss",
            "lovasz-hinge",
            "--per-image",
            "--reduction",
            "none",
            "--predictions",
            p,
            "--truth",
            t,
            "--format",
            "json");
    ScoreBed.CommandOutput batch =
        ScoreBed.run(
            "--loss",
            "lovasz-hinge",
            "--per-image",
            "false",
            "--reduction",
            "none",
            "--predictions",
            p,
            "--truth",
            t,
            "--format",
            "json");

    assertThat(each.json().get("values").toString()).isEqualTo("[0.7,1.3]");
    assertThat(batch.json().get("values").toString()).isEqualTo("[1.0]");
  }

  @Test
  void score_nothingToAverage_isTextInJson() throws IOException {
    String p = bed.doubles("p", new double[0], 0);

    ScoreBed.CommandOutput said =
        ScoreBed.run("--loss", "bce", "--predictions", p, "--truth", p, "--format", "json");

    assertThat(said.json().get("value").isTextual()).isTrue();
    assertThat(said.json().get("value").asText()).isEqualTo("NaN");
  }

  @Test
  void score_tableUnderCommaLocale_hasPoints() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      String p = bed.doubles("p", BCE_LOGITS, 5);
      String t = bed.doubles("t", BCE_TARGETS, 5);
      ScoreBed.CommandOutput said =
          ScoreBed.run("--loss", "bce-with-logits", "--predictions", p, "--truth", t);
      assertThat(said.out()).contains("value      0.4868678504325");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void losses_listed_nameFormulaAndParameters() {
    StringWriter out = new StringWriter();
    LossListing.print(new PrintWriter(out, true), getClass().getClassLoader());

    assertThat(out.toString())
        .contains("bce-with-logits  w [pw t softplus(-x) + (1-t) softplus(x)]")
        .contains("--gamma  a number from 0 up (default 2)")
        .contains("--label-smoothing  a number in [0, 1] (default 0.1)")
        .contains("--per-image  true or false (default false)")
        .contains("--ignore-index  a whole number (default -100)")
        .contains("arXiv 1708.02002");
  }
}
