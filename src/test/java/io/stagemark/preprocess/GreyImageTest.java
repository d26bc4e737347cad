package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/** A mask's pixels are its class ids, so nothing may be converted. */
final class GreyImageTest {
  @TempDir Path folder;

  @BeforeEach
  void start() {
    OpenCvRuntime.start();
  }

  private Path write(int type) {
    Path file = folder.resolve("mask.png");
    Mat image = new Mat(2, 3, type, new Scalar(7, 7, 7));
    if (type == CvType.CV_8UC1) {
      image.put(1, 2, 255);
    }
    assertThat(Imgcodecs.imwrite(file.toString(), image)).isTrue();
    return file;
  }

  @Test
  void read_greyPng_givesItsBytesWithoutSign() throws Exception {
    GreyImage image = GreyImage.read(write(CvType.CV_8UC1));
    assertThat(image.widthPx()).isEqualTo(3);
    assertThat(image.heightPx()).isEqualTo(2);
    assertThat(image.at(0, 0)).isEqualTo(7);
    assertThat(image.at(2, 1)).isEqualTo(255);
  }

  @Test
  void read_colourOrSixteenBits_isRefusedWithItsName() {
    for (int type : new int[] {CvType.CV_8UC3, CvType.CV_16UC1}) {
      Path file = write(type);
      assertThatThrownBy(() -> GreyImage.read(file))
          .isInstanceOf(IOException.class)
          .hasMessage("mask " + file + " is no image of one 8-bit channel");
    }
  }

  @Test
  void read_noImageOrNoFile_isRefusedWithItsName() throws Exception {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertThatThrownBy(() -> GreyImage.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.png is no image");
    assertThatThrownBy(() -> GreyImage.read(folder.resolve("gone.png")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone.png");
  }
}
