package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code score} reports to its user. */
final class ScoreCommandMistakesTest {
  // printed examples of BCE and unweighted focal loss
  private static final double[] BCE_LOGITS = {-0.2296, -0.6389, -0.2405, 1.3451, 0.7580};

  @TempDir Path folder;
  private ScoreBed bed = new ScoreBed(Path.of(""));

  @BeforeEach
  void makeBed() {
    bed = new ScoreBed(folder);
  }

  @Test
  void score_unknownLoss_listsThoseThatExist() {
    ScoreBed.CommandOutput said =
        ScoreBed.run("--loss", "focall", "--predictions", "p.npy", "--truth", "t.npy");

    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.err()).contains("focall").contains("focal-multiclass, focal-unweighted");
  }

  @Test
  void score_severalMistakes_areToldAtOnce() throws IOException {
    String p = bed.doubles("p", BCE_LOGITS, 5);

    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--loss",
            "focal",
            "--gama",
            "2",
            "--alpha",
            "1.5",
            "--reduction",
            "avg",
            "--predictions",
            p);

    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.err())
        .contains("--gama")
        .contains("one of: --reduction, --alpha, --gamma, --input, --weight")
        .contains("--alpha")
        .contains("1.5")
        .contains("avg")
        .contains("--truth")
        .contains("4 problems");
  }

  @Test
  void score_elementOutOfRange_isNamed() throws IOException {
    String p = bed.doubles("p", new double[] {.5, .5, 1.5, .5}, 2, 2);
    String t = bed.doubles("t", new double[] {0, 0, 0, 0}, 2, 2);

    ScoreBed.CommandOutput said = ScoreBed.run("--loss", "bce", "--predictions", p, "--truth", t);

    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.err()).contains("predictions[1, 0] is 1.5, not in [0, 1]").contains("p.npy");
  }

  @Test
  void score_neitherOrBoth_isRefused() {
    assertThat(ScoreBed.run("--predictions", "p").err()).contains("neither --task nor --loss");
    assertThat(ScoreBed.run("--task", "detection", "--loss", "bce").err()).contains("both");
    assertThat(ScoreBed.run("--task", "poetry").err()).contains("poetry").contains("segmentation");
  }

  @Test
  void score_missingFiles_areNamed() {
    ScoreBed.CommandOutput npy =
        ScoreBed.run("--loss", "bce", "--predictions", "none.npy", "--truth", "none.npy");
    ScoreBed.CommandOutput json =
        ScoreBed.run("--task", "detection", "--predictions", "none.json", "--truth", "none.json");

    assertThat(npy.err()).contains("none.npy").contains("no such file");
    assertThat(json.err()).contains("none.json").contains("no such file");
  }

  @Test
  void score_brokenDetections_areToldField() throws IOException {
    String truth =
        bed.text(
            "t.json",
            "{\"images\":[{\"id\":1}],\"categories\":[{\"id\":1}],\"annotations\":["
                + "{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,10,10],\"area\":100}]}");
    String predictions =
        bed.text(
            "d.json",
            "[{\"image_id\":2,\"category_id\":1,\"bbox\":[0,0,10,10],\"score\":0.5},"
                + "{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,-10,10],\"score\":0.5},"
                + "{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,10,10]}]");

    ScoreBed.CommandOutput said =
        ScoreBed.run("--task", "detection", "--truth", truth, "--predictions", predictions);

    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.err())
        .contains("[0].image_id")
        .contains("[1].bbox")
        .contains("[2].score")
        .contains("3 problems");
  }

  @Test
  void score_brokenTruth_isToldField() throws IOException {
    String truth =
        bed.text(
            "t.json",
            "{\"images\":[{\"id\":1},{\"id\":1}],\"categories\":[],\"annotations\":["
                + "{\"image_id\":3,\"category_id\":1,\"bbox\":[0,0,10],\"area\":\"large\"}]}");
    ScoreBed.CommandOutput said =
        ScoreBed.run(
            "--task", "detection", "--truth", truth, "--predictions", bed.text("d.json", "[]"));
    ScoreBed.CommandOutput cut =
        ScoreBed.run(
            "--task",
            "detection",
            "--truth",
            bed.text("c.json", "{\"images\": ["),
            "--predictions",
            bed.text("d.json", "[]"));
    ScoreBed.CommandOutput list =
        ScoreBed.run(
            "--task",
            "detection",
            "--truth",
            bed.text("l.json", "[]"),
            "--predictions",
            bed.text("d.json", "{}"));

    assertThat(said.err())
        .contains("images[1].id")
        .contains("annotations[0].bbox")
        .contains("annotations[0].category_id")
        .contains("annotations[0].image_id")
        .contains("annotations[0].area");
    assertThat(cut.err()).contains("c.json:1\n  found:    broken JSON: ");
    assertThat(list.err()).contains("no JSON object");
  }

  @Test
  void score_parametersOfTask_areChecked() throws IOException {
    String p = bed.doubles("p", new double[] {.9, .1}, 1, 2);
    String t = bed.doubles("t", new double[] {0}, 1);

    assertThat(
            ScoreBed.run(
                    "--task", "classification", "--bins", "0", "--predictions", p, "--truth", t)
                .err())
        .contains("bins");
    assertThat(ScoreBed.run("--task", "classification", "--predictions", t, "--truth", t).err())
        .contains("shape [1]");
    assertThat(
            ScoreBed.run(
                    "--task", "segmentation", "--classes", "0", "--predictions", t, "--truth", t)
                .err())
        .contains("classes");
    String wrong = bed.doubles("w", new double[] {7}, 1);
    assertThat(ScoreBed.run("--task", "classification", "--predictions", p, "--truth", wrong).err())
        .contains("example 0")
        .contains("7");
    String half = bed.doubles("h", new double[] {.5}, 1);
    assertThat(ScoreBed.run("--task", "segmentation", "--predictions", half, "--truth", t).err())
        .contains("label[0] is 0.5");
  }

  private String refused(String... words) {
    ScoreBed.CommandOutput said = ScoreBed.run(words);
    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.out()).isEmpty();
    return said.err();
  }

  // pixel 1 has NaN for class 0 and 0.1 for class 1: NaN must not be the largest
  @Test
  void score_nanInPredictions_isRefusedAlikeByEveryTask() throws IOException {
    String pixels = bed.doubles("s", new double[] {.5, Double.NaN, .1, .1}, 1, 2, 1, 2);
    String mask = bed.doubles("m", new double[] {0, 0}, 1, 1, 2);
    assertThat(refused("--task", "segmentation", "--predictions", pixels, "--truth", mask))
        .contains("predictions[0, 0, 0, 1] is NaN: 1 of 4 numbers are not finite")
        .contains("s.npy");
    String rows = bed.doubles("c", new double[] {.9, .1, .2, Double.NaN}, 2, 2);
    String labels = bed.doubles("l", new double[] {0, 1}, 2);
    for (String input : new String[] {"probabilities", "logits"}) {
      assertThat(
              refused(
                  "--task",
                  "classification",
                  "--input",
                  input,
                  "--predictions",
                  rows,
                  "--truth",
                  labels))
          .contains("predictions[1, 1] is NaN: 1 of 4 numbers are not finite");
    }
    assertThat(refused("--loss", "bce-with-logits", "--predictions", rows, "--truth", rows))
        .contains("predictions[1, 1] is NaN");
    String detections =
        bed.text(
            "d.json", "[{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,NaN,10],\"score\":NaN}]");
    String truth =
        bed.text(
            "t.json", "{\"images\":[{\"id\":1}],\"categories\":[{\"id\":1}],\"annotations\":[]}");
    assertThat(refused("--task", "detection", "--predictions", detections, "--truth", truth))
        .contains("[0].score")
        .contains("NaN")
        .contains("a finite number")
        .contains("[0].bbox");
  }

  @Test
  void score_infiniteNumbers_areTakenWhereTheyMeanSomething() throws IOException {
    double inf = Double.POSITIVE_INFINITY;
    String masked = bed.doubles("k", new double[] {2, -inf, 1, 3}, 2, 2);
    String overflown = bed.doubles("o", new double[] {2, inf, 1, 3}, 2, 2);
    String labels = bed.doubles("l", new double[] {0, 1}, 2);
    String[] words = {"--task", "classification", "--input", "logits", "--truth", labels};
    assertThat(ScoreBed.run(with(words, masked)).code()).isZero();
    assertThat(refused(with(words, overflown))).contains("predictions[0, 1] is Infinity");
    String mask = bed.doubles("m", new double[] {0, 0}, 2, 1);
    String pixels = bed.doubles("p", new double[] {.5, .5, inf, .1}, 2, 2, 1);
    assertThat(refused("--task", "segmentation", "--predictions", pixels, "--truth", mask))
        .contains("is Infinity");
  }

  private static String[] with(String[] words, String predictions) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--predictions";
    all[words.length + 1] = predictions;
    return all;
  }
}
