package io.stagemark.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ClassMask;
import io.stagemark.data.ElementType;
import io.stagemark.data.Geometry;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.preprocess.OpenCvRuntime;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Color;
import io.stagemark.preprocess.PreprocessSettings.Interpolation;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import io.stagemark.preprocess.StageAccess;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

/** Pixels through the whole preprocessing, and the mask of what arrived back again. */
class ExampleMaskProperties {
  private static final int INPUT = 64;

  @BeforeContainer
  static void natives() {
    OpenCvRuntime.start();
  }

  // The left part of the image is 200, the rest 0; the model is a perfect one, that says 1 where
  // its input is over 100. Enlarged by nearest neighbour, the edge must come back to within the
  // pixel of the output that holds it, and everything the model saw must be reported.
  @Property(tries = 600)
  void over_anyResizeMode_bringsAnEdgeBackToItsSourcePixel(
      @ForAll Resize resize,
      @ForAll @IntRange(min = 16, max = 150) int width,
      @ForAll @IntRange(min = 16, max = 150) int height,
      @ForAll @IntRange(min = 10, max = 90) int percent) {
    int edge = width * percent / 100;
    Mat image = new Mat(height, width, CvType.CV_8UC1, Scalar.all(0));
    image.submat(new Rect(0, 0, Math.max(1, edge), height)).setTo(Scalar.all(200));
    Tensor input =
        Tensor.allocate(
            new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 1L, (long) INPUT, (long) INPUT)));
    Geometry geometry;
    try (ImageStage stage = new ImageStage(settings(resize), input)) {
      StageAccess.place(stage, 0, image);
      stage.preprocess(0);
      geometry = stage.geometry(0);
    }
    byte[] seen = new byte[INPUT * INPUT];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (byte) (input.floats().get(i) > 100 ? 1 : 0);
    }
    ClassMask back = back(new Prediction.Mask(new ClassMask(INPUT, INPUT, seen)), geometry);

    assertThat(back.widthPx()).isEqualTo(width);
    assertThat(back.heightPx()).isEqualTo(height);
    boolean crop = resize == Resize.CENTER_CROP || resize == Resize.COVER_CROP;
    // a model pixel is 1/scale source pixels wide; sampling points are within one of each
    double reach = 1 + 1.5 / geometry.scaleX();
    int y = height / 2;
    for (int x = 0; x < width; x++) {
      if (!crop) {
        assertThat(back.at(x, y)).isNotEqualTo(ClassMask.IGNORED);
      }
      if (back.at(x, y) != ClassMask.IGNORED && Math.abs(x + 0.5 - Math.max(1, edge)) > reach) {
        assertThat(back.at(x, y)).as("x %d, edge %d", x, edge).isEqualTo(x < edge ? 1 : 0);
      }
    }
  }

  private static ClassMask back(Prediction.Mask mask, Geometry geometry) {
    return ExampleMask.of(java.util.Optional.of("truth.png"), mask, geometry)
        .over(geometry.sourceWidthPx(), geometry.sourceHeightPx());
  }

  private static PreprocessSettings settings(Resize resize) {
    return new PreprocessSettings(
        resize, Interpolation.NEAREST, Color.GREY, Layout.NCHW, 1, List.of(0.0), List.of(1.0), 0);
  }

  // 4x2 px stretched to 2x2 and an output of 2x1: each output pixel is 2 source pixels wide
  @Example
  void over_coarseOutput_repeatsItsPixels() {
    ClassMask mask = new ClassMask(2, 1, new byte[] {3, 7});
    ClassMask back = back(new Prediction.Mask(mask, 1, 2), new Geometry(4, 2, .5, 1, 0, 0));
    assertThat(row(back, 0)).containsExactly(3, 3, 7, 7);
    assertThat(row(back, 1)).containsExactly(3, 3, 7, 7);
  }

  // a crop of the middle 2 of 4 columns: the outer ones were not seen
  @Example
  void over_croppedColumns_areIgnored() {
    ClassMask mask = new ClassMask(2, 1, new byte[] {0, 1});
    ClassMask back = back(new Prediction.Mask(mask), new Geometry(4, 1, 1, 1, -1, 0));
    assertThat(row(back, 0)).containsExactly(255, 0, 1, 255);
  }

  // a letterbox's border, 1 px above and below, is left out
  @Example
  void over_letterbox_leavesTheBorderOut() {
    ClassMask mask = new ClassMask(2, 4, new byte[] {9, 9, 1, 2, 3, 4, 9, 9});
    ClassMask back = back(new Prediction.Mask(mask), new Geometry(2, 2, 1, 1, 0, 1));
    assertThat(row(back, 0)).containsExactly(1, 2);
    assertThat(row(back, 1)).containsExactly(3, 4);
  }

  private static int[] row(ClassMask mask, int y) {
    int[] ids = new int[mask.widthPx()];
    for (int x = 0; x < ids.length; x++) {
      ids[x] = mask.at(x, y);
    }
    return ids;
  }
}
