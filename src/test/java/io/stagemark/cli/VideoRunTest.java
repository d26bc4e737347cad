package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagemark.dataset.video.AviWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/** The frames of a video through a whole run, to the pictures of its reports. */
final class VideoRunTest {
  private static final int STEP = 20;

  @TempDir Path folder;
  private InstanceBed bed;

  /** Twelve frames, each of a grey of its own. */
  @BeforeEach
  void write() throws IOException {
    bed = new InstanceBed(folder);
    byte[][] frames =
        IntStream.range(0, 12).mapToObj(i -> AviWriter.grey(i * STEP)).toArray(byte[][]::new);
    Files.write(folder.resolve("clip.avi"), AviWriter.video(frames));
  }

  private String config(String dataset) throws IOException {
    return bed.config(
        "{type: yolov8, scoreThreshold: 0.25}",
        "[]",
        dataset,
        InstanceBed.columns(24, 16, 32, 16, .1f));
  }

  @Test
  void run_framesOfAVideo_areTimedAndShown() throws Exception {
    bed.run(config("{format: video, path: clip.avi, every: 3, limit: 3}"), "onnxruntime");
    JsonNode run = new ObjectMapper().readTree(folder.resolve("out/result.json").toFile());
    assertThat(run.at("/dataset/name").asText()).isEqualTo("clip.avi");
    assertThat(run.at("/dataset/examples").asInt()).isEqualTo(3);
    JsonNode examples = examples();
    assertThat(examples.findValuesAsText("id"))
        .containsExactly("clip.avi#000000", "clip.avi#000003", "clip.avi#000006");
    byte[] video = Files.readAllBytes(folder.resolve("clip.avi"));
    for (JsonNode example : examples) {
      int number = Integer.parseInt(example.get("id").asText().substring(9));
      int offset = example.at("/part/offset").asInt();
      byte[] part =
          java.util.Arrays.copyOfRange(video, offset, offset + example.at("/part/bytes").asInt());
      assertThat(part).isEqualTo(AviWriter.grey(number * STEP));
    }
    for (int number : new int[] {0, 3, 6}) {
      assertThat(shown(number)).isCloseTo(number * STEP, within(2.0));
    }
    String page = Files.readString(folder.resolve("out/index.html"));
    assertThat(page.split("data:image/webp;base64,", -1)).hasSize(4);
    assertThat(page).contains("clip.avi#000006").doesNotContain("clip.avi#000009");
  }

  /** The examples that the run stored. */
  private JsonNode examples() throws IOException {
    return new ObjectMapper().readTree(bed.examples().toFile()).get("examples");
  }

  /** The grey of a frame's picture in images/. */
  private double shown(int number) throws IOException {
    String ending = "-clip.avi_%06d.png".formatted(number);
    try (var files = Files.list(folder.resolve("out/images"))) {
      Path picture =
          files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
      Mat pixels = Imgcodecs.imread(picture.toString());
      assertThat(pixels.cols()).isGreaterThanOrEqualTo(36);
      return pixels.get(pixels.rows() - 1, 0)[1];
    }
  }

  @Test
  void run_whatIsNoMotionJpeg_isRefusedBeforeAnythingRuns() throws Exception {
    Files.write(
        folder.resolve("clip.mp4"),
        "\0\0\0 ftypisom\0\0\2\0isomiso2".getBytes(StandardCharsets.ISO_8859_1));
    CommandRun run = CommandRun.of("run", config("{format: video, path: clip.mp4}"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err())
        .contains("found:    an MP4", "expected: a whole AVI file of Motion JPEG")
        .containsPattern("try: +ffmpeg -i \\S*clip.mp4 -c:v mjpeg -q:v 2 -an \\S*clip.avi");
    CommandRun wrong =
        CommandRun.of("validate", config("{format: video, path: clip.avi, every: 0}"));
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(wrong.err()).contains("dataset.every", "a whole number in [1, 999999999]");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void validate_video_saysWhichFramesAreLeftOut() throws Exception {
    Files.write(
        folder.resolve("clip.avi"), AviWriter.video(AviWriter.grey(9), new byte[0], new byte[0]));
    CommandRun run = CommandRun.of("validate", config("{format: video, path: clip.avi}"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out() + run.err())
        .contains("dropped frames, which have 0 bytes, are left out: 2");
  }
}
