package io.stagemark.engine;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The detector that this project ships for both engines, as its model card describes it. */
public final class CenterNet {
  private static final int SIDE_PX = 512;
  private static final Path SHARED =
      Path.of(System.getProperty("stagemark.shared", Path.of("..", "shared").toString()));

  private CenterNet() {}

  /** Returns the model; skips the test where the file is in neither place. */
  public static ModelFile model(String extension) {
    String name = "centernet_mbv3_coco_512" + extension;
    return model(
        firstPresent(
            Path.of("models", "centernet-mbv3-coco", name),
            SHARED.resolve("models").resolve(name)));
  }

  /** Returns the same card over another file. */
  public static ModelFile model(Path file) {
    return new ModelFile(
        "centernet",
        Optional.of(file),
        List.of(new TensorSpec("tower_0.images", ElementType.FLOAT32, List.of(1L, 3L, 512L, 512L))),
        List.of(
            new TensorSpec("keypoints", ElementType.FLOAT32, List.of(1L, 80L, 128L, 128L)),
            new TensorSpec("wh", ElementType.FLOAT32, List.of(1L, 4L, 128L, 128L))));
  }

  /** Returns settings with an engine's defaults. */
  public static EngineSettings settings(Engine engine, Device device, int threads) {
    Map<String, String> options =
        engine.info().options().stream()
            .collect(
                java.util.stream.Collectors.toMap(EngineOption::name, EngineOption::defaultValue));
    return new EngineSettings(device, threads, options);
  }

  /** Writes a photograph as the model wants it: stretched to 512 x 512, RGB planes, 0..255. */
  public static void photograph(String file, Tensor input) throws IOException {
    Path path =
        firstPresent(
            Path.of("configs", "data", "quickstart", file),
            SHARED.resolve(Path.of("data", "quickstart", file)));
    BufferedImage stretched = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB);
    var graphics = stretched.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(ImageIO.read(path.toFile()), 0, 0, SIDE_PX, SIDE_PX, null);
    graphics.dispose();
    int plane = SIDE_PX * SIDE_PX;
    for (int pixel = 0; pixel < plane; pixel++) {
      int rgb = stretched.getRGB(pixel % SIDE_PX, pixel / SIDE_PX);
      for (int channel = 0; channel < 3; channel++) {
        input.floats().put(channel * plane + pixel, (rgb >> (16 - 8 * channel)) & 0xff);
      }
    }
  }

  private static Path firstPresent(Path... candidates) {
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    assumeThat(false).as("none of %s is there", List.of(candidates)).isTrue();
    throw new AssertionError("unreachable");
  }
}
