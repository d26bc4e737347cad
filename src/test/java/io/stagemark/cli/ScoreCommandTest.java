package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.NpyWriter;
import io.stagemark.scoring.Vectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ScoreCommandTest {
  // the seed's printed examples
  private static final double[] BCE_LOGITS = {-0.2296, -0.6389, -0.2405, 1.3451, 0.7580};
  private static final double[] BCE_TARGETS = {1, 0, 0, 1, 1};
  private static final double[] FOCAL_LOGITS = {-1.3521, 0.4975, -1.0178, -0.3859, -0.2923};
  private static final double[] FOCAL_TARGETS = {1, 1, 0, 1, 1};

  @TempDir Path folder;

  private record Said(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private static Said run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new ScoreCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println(e);
          return ExitCode.BAD_INPUT;
        });
    return new Said(line.execute(words), out.toString(), err.toString());
  }

  private String doubles(String name, double[] values, long... shape) throws IOException {
    return write(name, ElementType.FLOAT64, values, shape);
  }

  private String write(String name, ElementType type, double[] values, long... shape)
      throws IOException {
    List<Long> extents = Arrays.stream(shape).boxed().toList();
    Tensor tensor = Tensor.allocate(new TensorSpec(name, type, extents));
    for (int i = 0; i < values.length; i++) {
      int at = i * type.bytes();
      switch (type) {
        case FLOAT64 -> tensor.bytes().putDouble(at, values[i]);
        case FLOAT32 -> tensor.bytes().putFloat(at, (float) values[i]);
        case INT64 -> tensor.bytes().putLong(at, (long) values[i]);
        case INT32 -> tensor.bytes().putInt(at, (int) values[i]);
        case INT16, UINT16 -> tensor.bytes().putShort(at, (short) values[i]);
        default -> tensor.bytes().put(at, (byte) values[i]);
      }
    }
    Path file = folder.resolve(name + ".npy");
    NpyWriter.write(file, tensor);
    return file.toString();
  }

  private String text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void score_seedBce_printsThePublishedValue() throws IOException {
    String p = doubles("p", BCE_LOGITS, 5);
    String t = doubles("t", BCE_TARGETS, 5);

    Said said = run("--loss", "bce-with-logits", "--predictions", p, "--truth", t, "--format=json");

    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.json().get("value").doubleValue()).isEqualTo(0.486867850432569, e14());
    assertThat(said.json().get("reduction").asText()).isEqualTo("mean");
    assertThat(said.json().get("count").intValue()).isEqualTo(5);
    assertThat(said.json().has("values")).isFalse();
  }

  private static Offset<Double> e14() {
    return within(1e-14);
  }

  @Test
  void score_seedFocalReductionNone_printsEveryTerm() throws IOException {
    String p = doubles("p", FOCAL_LOGITS, 5);
    String t = write("t", ElementType.INT64, FOCAL_TARGETS, 5);

    Said said =
        run(
            "--loss",
            "focal-seed",
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
  void score_alphaOff_isTheUnweightedForm() throws IOException {
    String p = doubles("p", FOCAL_LOGITS, 5);
    String t = doubles("t", FOCAL_TARGETS, 5);

    Said off = run("--loss", "focal", "--alpha", "-1", "--predictions", p, "--truth", t);

    assertThat(off.out()).contains("value").contains("0.33750127171455");
  }

  @Test
  void score_tensorParameters_areReadInlineAndFromFiles() throws IOException {
    String p = doubles("p", new double[] {0, 0, 0, 0}, 2, 2);
    String t = doubles("t", new double[] {1, 1, 0, 0}, 2, 2);
    String weight = doubles("w", new double[] {1, 2, 3, 4}, 2, 2);

    Said said =
        run(
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
    String p = doubles("p", new double[] {0.3, -0.3}, 2, 1);
    String t = write("t", ElementType.UINT8, new double[] {1, 1}, 2, 1);

    Said each =
        run(
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
    Said batch =
        run(
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
    String p = doubles("p", new double[0], 0);

    Said said = run("--loss", "bce", "--predictions", p, "--truth", p, "--format", "json");

    assertThat(said.json().get("value").isTextual()).isTrue();
    assertThat(said.json().get("value").asText()).isEqualTo("NaN");
  }

  @Test
  void score_cocoCase_printsTheTwelveFigures() throws IOException {
    JsonNode node =
        Vectors.cases("coco_map_micro").stream()
            .filter(n -> n.get("id").asText().equals("random_0"))
            .findFirst()
            .orElseThrow();
    String truth = text("instances.json", node.get("gt").toString());
    String predictions = text("detections.json", node.get("dt").toString());

    Said said =
        run(
            "--task",
            "detection",
            "--truth",
            truth,
            "--predictions",
            predictions,
            "--format",
            "json");

    JsonNode json = said.json();
    assertThat(json.get("ap")).isEqualTo(node.get("expected").get("AP"));
    assertThat(json.get("ap50")).isEqualTo(node.get("expected").get("AP50"));
    assertThat(json.get("ap75")).isEqualTo(node.get("expected").get("AP75"));
    assertThat(json.get("apSmall").doubleValue()).isEqualTo(-1);
    assertThat(json.get("apMedium")).isEqualTo(node.get("expected").get("AP_medium"));
    assertThat(json.get("apLarge")).isEqualTo(node.get("expected").get("AP_large"));
    assertThat(json.get("ar1")).isEqualTo(node.get("expected").get("AR1"));
    assertThat(json.get("ar10")).isEqualTo(node.get("expected").get("AR10"));
    assertThat(json.get("ar100")).isEqualTo(node.get("expected").get("AR100"));
    assertThat(json.get("arMedium")).isEqualTo(node.get("expected").get("AR_medium"));
    assertThat(json.get("arLarge")).isEqualTo(node.get("expected").get("AR_large"));
    assertThat(json.get("arSmall").doubleValue()).isEqualTo(-1);
    assertThat(json.get("images").intValue()).isEqualTo(5);
    assertThat(json.get("apByThreshold")).hasSize(10);
    assertThat(json.get("categories")).hasSize(3);
    assertThat(json.get("categories").get(0).get("name").asText()).isEqualTo("1");
  }

  // p_truth .9, .2, .8; the second is wrong (class 1 has .8)
  @Test
  void score_classification_printsItsFigures() throws IOException {
    String p = doubles("p", new double[] {.9, .1, .2, .8, .2, .8}, 3, 2);
    String t = write("t", ElementType.INT32, new double[] {0, 0, 1}, 3);

    JsonNode json =
        run(
                "--task",
                "classification",
                "--bins",
                "10",
                "--predictions",
                p,
                "--truth",
                t,
                "--format",
                "json")
            .json();

    assertThat(json.get("count").intValue()).isEqualTo(3);
    assertThat(json.get("top1").doubleValue()).isEqualTo(2 / 3.0);
    assertThat(json.get("top5").doubleValue()).isEqualTo(1);
    double logLoss = -(Math.log(.9) + Math.log(.2) + Math.log(.8)) / 3;
    assertThat(json.get("logLoss").doubleValue()).isEqualTo(logLoss, e14());
    // bin (.8, .9]: gap .1, one example; bin (.7, .8]: confidence .8, accuracy .5, two examples
    assertThat(json.get("ece").doubleValue()).isEqualTo((.1 + 2 * .3) / 3, e14());
    assertThat(json.get("eceMax").doubleValue()).isEqualTo(.3, e14());
    assertThat(json.get("classes").get(1).get("precision").doubleValue()).isEqualTo(.5);
    assertThat(json.get("classes").get(0).get("recall").doubleValue()).isEqualTo(.5);
    assertThat(json.get("reliability")).hasSize(10);
    assertThat(json.get("reliability").get(0).has("accuracy")).isFalse();
  }

  @Test
  void score_segmentationLabels_printsItsFigures() throws IOException {
    String p = write("p", ElementType.UINT8, new double[] {0, 1, 1, 2}, 1, 2, 2);
    String t = write("t", ElementType.UINT8, new double[] {0, 1, 2, 255}, 1, 2, 2);

    Said said =
        run(
            "--task",
            "segmentation",
            "--ignore-index",
            "255",
            "--predictions",
            p,
            "--truth",
            t,
            "--format",
            "json");

    // IoU 1, 1/2, 0; the ignored pixel is the only one predicted as class 2
    assertThat(said.json().get("miou").doubleValue()).isEqualTo(.5);
    assertThat(said.json().get("pixelAccuracy").doubleValue()).isEqualTo(2 / 3.0);
    assertThat(said.json().get("count").intValue()).isEqualTo(3);
    assertThat(said.json().get("classes")).hasSize(3);
  }

  @Test
  void score_segmentationScores_takesTheFirstOfTheLargest() throws IOException {
    // two classes, 1x2 pixels: channel 0 is .5 .1, channel 1 is .5 .9
    String p = write("p", ElementType.FLOAT32, new double[] {.5, .1, .5, .9}, 1, 2, 1, 2);
    String t = write("t", ElementType.INT16, new double[] {0, 1}, 1, 1, 2);

    Said said = run("--task", "segmentation", "--predictions", p, "--truth", t);

    assertThat(said.out()).contains("miou").contains("1.0").contains("pixelAccuracy");
    assertThat(said.out()).contains("class  pixels  iou");
  }

  @Test
  void score_tableUnderCommaLocale_hasPoints() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      String p = doubles("p", BCE_LOGITS, 5);
      String t = doubles("t", BCE_TARGETS, 5);
      Said said = run("--loss", "bce-with-logits", "--predictions", p, "--truth", t);
      assertThat(said.out()).contains("value      0.4868678504325");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void score_unknownLoss_listsThoseThatExist() {
    Said said = run("--loss", "focall", "--predictions", "p.npy", "--truth", "t.npy");

    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.err()).contains("focall").contains("focal-multiclass, focal-seed");
  }

  @Test
  void score_severalMistakes_areToldAtOnce() throws IOException {
    String p = doubles("p", BCE_LOGITS, 5);

    Said said =
        run(
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
    String p = doubles("p", new double[] {.5, .5, 1.5, .5}, 2, 2);
    String t = doubles("t", new double[] {0, 0, 0, 0}, 2, 2);

    Said said = run("--loss", "bce", "--predictions", p, "--truth", t);

    assertThat(said.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said.err()).contains("predictions[1, 0] is 1.5, not in [0, 1]").contains("p.npy");
  }

  @Test
  void score_neitherOrBoth_isRefused() {
    assertThat(run("--predictions", "p").err()).contains("neither --task nor --loss");
    assertThat(run("--task", "detection", "--loss", "bce").err()).contains("both");
    assertThat(run("--task", "poetry").err()).contains("poetry").contains("segmentation");
  }

  @Test
  void score_missingFiles_areNamed() {
    Said npy = run("--loss", "bce", "--predictions", "none.npy", "--truth", "none.npy");
    Said json = run("--task", "detection", "--predictions", "none.json", "--truth", "none.json");

    assertThat(npy.err()).contains("none.npy").contains("no such file");
    assertThat(json.err()).contains("none.json").contains("no such file");
  }

  @Test
  void score_brokenDetections_areToldField() throws IOException {
    String truth =
        text(
            "t.json",
            "{\"images\":[{\"id\":1}],\"categories\":[{\"id\":1}],\"annotations\":["
                + "{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,10,10],\"area\":100}]}");
    String predictions =
        text(
            "d.json",
            "[{\"image_id\":2,\"category_id\":1,\"bbox\":[0,0,10,10],\"score\":0.5},"
                + "{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,-10,10],\"score\":0.5},"
                + "{\"image_id\":1,\"category_id\":1,\"bbox\":[0,0,10,10]}]");

    Said said = run("--task", "detection", "--truth", truth, "--predictions", predictions);

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
        text(
            "t.json",
            "{\"images\":[{\"id\":1},{\"id\":1}],\"categories\":[],\"annotations\":["
                + "{\"image_id\":3,\"category_id\":1,\"bbox\":[0,0,10],\"area\":\"large\"}]}");
    Said said = run("--task", "detection", "--truth", truth, "--predictions", text("d.json", "[]"));
    Said cut =
        run(
            "--task",
            "detection",
            "--truth",
            text("c.json", "{\"images\": ["),
            "--predictions",
            text("d.json", "[]"));
    Said list =
        run(
            "--task",
            "detection",
            "--truth",
            text("l.json", "[]"),
            "--predictions",
            text("d.json", "{}"));

    assertThat(said.err())
        .contains("images[1].id")
        .contains("annotations[0].bbox")
        .contains("annotations[0].category_id")
        .contains("annotations[0].image_id")
        .contains("annotations[0].area");
    assertThat(cut.err()).contains("broken JSON in line 1");
    assertThat(list.err()).contains("no list");
  }

  @Test
  void score_parametersOfTask_areChecked() throws IOException {
    String p = doubles("p", new double[] {.9, .1}, 1, 2);
    String t = doubles("t", new double[] {0}, 1);

    assertThat(
            run("--task", "classification", "--bins", "0", "--predictions", p, "--truth", t).err())
        .contains("bins");
    assertThat(run("--task", "classification", "--predictions", t, "--truth", t).err())
        .contains("shape [1]");
    assertThat(
            run("--task", "segmentation", "--classes", "0", "--predictions", t, "--truth", t).err())
        .contains("classes");
    String wrong = doubles("w", new double[] {7}, 1);
    assertThat(run("--task", "classification", "--predictions", p, "--truth", wrong).err())
        .contains("example 0")
        .contains("7");
    String half = doubles("h", new double[] {.5}, 1);
    assertThat(run("--task", "segmentation", "--predictions", half, "--truth", t).err())
        .contains("label[0] is 0.5");
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
