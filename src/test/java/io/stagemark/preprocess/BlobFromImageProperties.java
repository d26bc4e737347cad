package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.dnn.Dnn;

/** {@code Dnn.blobFromImage} in the same JVM, with and without crop: the same numbers. */
class BlobFromImageProperties {

  @BeforeContainer
  static void natives() {
    OpenCvRuntime.start();
  }

  @Property(tries = 1000)
  void preprocess_stretchOrCoverCrop_isBlobFromImageToTheBit(
      @ForAll long seed,
      @ForAll boolean crop,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 40) int toWidth,
      @ForAll @IntRange(min = 1, max = 40) int toHeight) {
    byte[] bytes = new byte[width * height * 3];
    new Random(seed).nextBytes(bytes);
    Mat image = new Mat(height, width, CvType.CV_8UC3);
    image.put(0, 0, bytes);
    Mat blob = Dnn.blobFromImage(image, 1, new Size(toWidth, toHeight), Scalar.all(0), true, crop);
    float[] expected = new float[3 * toWidth * toHeight];
    blob.reshape(1, 1).get(0, 0, expected);
    blob.release();
    PreprocessSettings settings =
        new PreprocessSettings(
            crop ? Resize.COVER_CROP : Resize.STRETCH,
            Interpolation.OPENCV_LINEAR,
            Color.RGB,
            Layout.NCHW,
            1,
            List.of(0.0),
            List.of(1.0),
            0);
    Tensor input =
        Tensor.allocate(
            new TensorSpec(
                "x", ElementType.FLOAT32, List.of(1L, 3L, (long) toHeight, (long) toWidth)));
    try (ImageStage stage = new ImageStage(settings, input)) {
      stage.place(0, image);
      stage.preprocess(0);
      Geometry geometry = stage.geometry(0);
      // the input's middle is within a pixel and a half of the image's, and nothing is border
      assertThat(Math.abs(ModelPlace.x(geometry, width / 2.0) - toWidth / 2.0)).isLessThan(1.5);
      assertThat(Math.abs(ModelPlace.y(geometry, height / 2.0) - toHeight / 2.0)).isLessThan(1.5);
    }
    float[] actual = new float[expected.length];
    input.floats().get(0, actual);
    assertThat(actual).containsExactly(expected);
  }
}
