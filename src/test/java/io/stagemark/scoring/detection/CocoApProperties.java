package io.stagemark.scoring.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of COCO average precision. */
final class CocoApProperties {

  private record Image(String id, List<Detection> detections, List<Annotation> truths) {}

  private static Box box(Random random) {
    int left = random.nextInt(100);
    int top = random.nextInt(100);
    return new Box(left, top, left + 1 + random.nextInt(120), top + 1 + random.nextInt(120));
  }

  /** Scores have one digit, so that ties within and between images are common. */
  private static List<Image> images(Random random, int count) {
    List<Image> images = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      List<Annotation> truths = new ArrayList<>();
      List<Detection> detections = new ArrayList<>();
      for (int g = random.nextInt(5); g > 0; g--) {
        Box box = box(random);
        truths.add(new Annotation(box, random.nextInt(3), box.area(), random.nextInt(5) == 0));
        detections.add(new Detection(box, random.nextInt(3), random.nextInt(10) / 10.0));
      }
      for (int d = random.nextInt(8); d > 0; d--) {
        detections.add(new Detection(box(random), random.nextInt(3), random.nextInt(10) / 10.0));
      }
      images.add(new Image(Integer.toString(n), detections, truths));
    }
    return images;
  }

  private static CocoResult evaluate(List<Image> images) {
    CocoAp evaluation = new CocoAp();
    images.forEach(i -> evaluation.add(i.id(), i.detections(), i.truths()));
    return evaluation.result();
  }

  @Property(tries = 60)
  void result_imagesInAnyOrder_isTheSame(
      @ForAll @IntRange(min = 1, max = 14) int count, @ForAll long seed) {
    Random random = new Random(seed);
    List<Image> images = images(random, count);
    CocoResult inOrder = evaluate(images);
    Collections.shuffle(images, random);
    assertThat(evaluate(images)).isEqualTo(inOrder);
  }

  @Property(tries = 60)
  void result_scoresScaled_isTheSame(
      @ForAll @IntRange(min = 1, max = 8) int count, @ForAll long seed) {
    List<Image> images = images(new Random(seed), count);
    List<Image> scaled =
        images.stream()
            .map(
                i ->
                    new Image(
                        i.id(),
                        i.detections().stream()
                            .map(d -> new Detection(d.box(), d.classId(), d.score() / 2))
                            .toList(),
                        i.truths()))
            .toList();
    assertThat(evaluate(scaled)).isEqualTo(evaluate(images));
  }

  @Property(tries = 60)
  void result_anything_isARatioOrUndefined(
      @ForAll @IntRange(max = 8) int count, @ForAll long seed) {
    for (double figure : evaluate(images(new Random(seed), count)).figures().byName().values()) {
      assertThat(figure == CocoFigures.UNDEFINED || (figure >= 0 && figure <= 1)).isTrue();
    }
  }

  @Property(tries = 40)
  void result_truthsAsDetections_isPerfect(
      @ForAll @IntRange(min = 1, max = 8) int count, @ForAll long seed) {
    CocoAp evaluation = new CocoAp();
    boolean any = false;
    for (Image image : images(new Random(seed), count)) {
      List<Annotation> truths = image.truths().stream().filter(t -> !t.crowd()).toList();
      any |= !truths.isEmpty();
      List<Detection> detections =
          truths.stream().map(t -> new Detection(t.box(), t.classId(), 1)).toList();
      evaluation.add(image.id(), detections, truths);
    }
    double expected = any ? 1 : CocoFigures.UNDEFINED;
    assertThat(evaluation.result().figures().ar100()).isEqualTo(expected);
    assertThat(evaluation.result().figures().ap()).isCloseTo(expected, within(1e-14));
  }
}
