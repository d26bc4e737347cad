package io.stagemark.run.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCardReader;
import io.stagemark.data.BadInputException;
import io.stagemark.data.FileRange;
import io.stagemark.data.Problem;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Device;
import io.stagemark.engine.EngineSettings;
import io.stagemark.image.ImageFormat;
import io.stagemark.image.ImageHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pictures that a model's preprocessing cannot take are found by their headers. */
final class PictureCheckTest {
  private static CaseSpec spec(String model) throws BadInputException {
    return new CaseSpec(
        new ModelCardReader().read(Path.of("models", model, "model.yaml")),
        "onnxruntime",
        new EngineSettings(Device.CPU, 1, Map.of()),
        1);
  }

  private static Example picture(String name, int widthPx, int heightPx) {
    ImageHeader header = new ImageHeader(ImageFormat.PNG, widthPx, heightPx, 1, Set.of());
    return new Example(name, Path.of("pictures", name), List.of(), new Truth.Unknown())
        .with(header);
  }

  private static List<Problem> problems(String model, List<Example> examples) throws Exception {
    return PictureCheck.problems(spec(model), new Dataset("pictures", examples, List.of()));
  }

  @Test
  void problems_picturesThatFit_areNone() throws Exception {
    assertThat(
            problems(
                "centernet-mbv3-coco", List.of(picture("a.png", 640, 480), picture("b.png", 1, 1))))
        .isEmpty();
  }

  @Test
  void problems_oneTooLarge_namesTheFileAndTheLimit() throws Exception {
    assertThat(
            problems(
                "centernet-mbv3-coco",
                List.of(picture("a.png", 640, 480), picture("huge.png", 60_000, 60_000))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).endsWith("huge.png");
              assertThat(problem.found()).contains("60000x60000");
              assertThat(problem.expected()).contains("centernet-mbv3-coco");
            });
  }

  @Test
  void problems_frameTooLarge_isNamedByItsId() throws Exception {
    ImageHeader header = new ImageHeader(ImageFormat.JPEG, 60_000, 60_000, 1, Set.of());
    FileRange source = new FileRange(Path.of("clip.avi"), 100, 1000);
    Example frame = new Example("clip.avi#000007", source, new Truth.Unknown()).with(header);
    assertThat(problems("centernet-mbv3-coco", List.of(frame)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.where()).isEqualTo("clip.avi: clip.avi#000007"));
  }

  @Test
  void problems_manyTooLarge_areTwentyAndTheCountOfTheRest() throws Exception {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      examples.add(picture(i + ".png", 60_000, 60_000));
    }
    List<Problem> problems = problems("centernet-mbv3-coco", examples);
    assertThat(problems).hasSize(21);
    assertThat(problems.get(20).found()).isEqualTo("and 30 more such pictures");
  }

  // a model of tensors has no preprocessing, and an example without a header is none of a picture
  @Test
  void problems_nothingToCheck_areNone() throws Exception {
    assertThat(problems("silero-vad", List.of(picture("huge.png", 60_000, 60_000)))).isEmpty();
    Example tensors = new Example("a", Path.of("a.npy"), List.of(), new Truth.Unknown());
    assertThat(problems("centernet-mbv3-coco", List.of(tensors))).isEmpty();
  }
}
