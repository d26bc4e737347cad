package io.stagemark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ClassMask;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** True masks of pictures that give the input its size. */
final class TrueMaskTest {
  private static final PreprocessSettings BY_IMAGE =
      new PreprocessSettings(
          Resize.LETTERBOX_TOP_LEFT,
          Interpolation.OPENCV_LINEAR,
          Color.RGB,
          Layout.NCHW,
          1,
          List.of(0.0),
          List.of(1.0),
          0,
          true,
          OptionalInt.of(32),
          OptionalInt.empty(),
          OptionalInt.of(64),
          PreprocessSettings.DEFAULT_MAX_SOURCE_PIXELS);

  private static final TensorSpec OPEN =
      new TensorSpec(
          "x", ElementType.FLOAT32, List.of(1L, 3L, TensorSpec.DYNAMIC, TensorSpec.DYNAMIC));

  @TempDir Path folder;

  /** A mask whose upper {@code rows} are nothing and whose lower ones are the class. */
  private Truth.Mask mask(int width, int height, int rows) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = rows; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, 255);
      }
    }
    Path file = folder.resolve(width + "x" + height + ".png");
    ImageIO.write(image, "png", file.toFile());
    return new Truth.Mask(file);
  }

  private static String column(ClassMask mask) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < mask.heightPx(); y++) {
      int id = mask.at(y * mask.widthPx());
      text.append(id == ClassMask.IGNORED ? "-" : id);
    }
    return text.toString();
  }

  // 128x40 px is resized to 64x20 in an input of 64x32. A map of 16x8 has a row for 4 px of the
  // input,
  // 8 px of the picture: rows 0 to 4 hold it. The class begins at row 24: the fourth.
  @Test
  void read_widePicture_isBroughtToTheInputOfItsSize() throws Exception {
    TrueMask masks = new TrueMask(1, true, BY_IMAGE, OPEN);
    Geometry geometry = new Geometry(128, 40, 0.5, 0.5, 0, 0);
    assertThat(column(masks.read(mask(128, 40, 24), geometry, 16, 8))).isEqualTo("00011---");
  }

  // 40x128 px is resized to 20x64 in an input of 32x64: a map of 8x16 has a row for 8 px of it
  @Test
  void read_highPicture_isBroughtToTheInputOfItsSize() throws Exception {
    TrueMask masks = new TrueMask(1, true, BY_IMAGE, OPEN);
    Geometry geometry = new Geometry(40, 128, 0.5, 0.5, 0, 0);
    assertThat(column(masks.read(mask(40, 128, 64), geometry, 8, 16)))
        .isEqualTo("0000000011111111");
  }
}
