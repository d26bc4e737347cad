package io.stagemark.report;

import io.stagemark.data.ClassMask;
import io.stagemark.result.ExampleMask;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Draws a predicted mask over its image. Of one class: green where it was missed, orange where it
 * was answered and is not true, blue where right. Of several: the true classes on the left, the
 * answered ones on the right, each in a colour of its own. Where no true mask is known, what was
 * answered alone.
 */
final class MaskPainter {
  private static final double TINT = 0.6;
  private static final int[] PALETTE_BGR = {
    0x3C3C3C, 0xC87828, 0x006EEB, 0x3CA03C, 0xB43CB4, 0x28A0C8, 0xC8A028, 0x5050E6, 0x78C83C
  };

  private final List<String> labels;

  MaskPainter(List<String> labels) {
    this.labels = labels;
  }

  /** Returns a new picture. */
  Mat draw(Mat picture, ExampleMask answer) {
    ClassMask predicted = answer.over(picture.cols(), picture.rows());
    if (answer.truthFile().isEmpty()) {
      return answered(picture, predicted, "no true mask");
    }
    Mat right = Imgcodecs.imread(answer.truthFile().get(), Imgcodecs.IMREAD_UNCHANGED);
    if (right.rows() != picture.rows() || right.cols() != picture.cols() || right.channels() != 1) {
      right.release();
      return answered(picture, predicted, "the true mask is gone since the run");
    }
    byte[] truth = new byte[right.cols() * right.rows()];
    right.get(0, 0, truth);
    right.release();
    return labels.size() == 1
        ? ofOne(picture, truth, predicted)
        : ofSeveral(picture, truth, predicted);
  }

  /** The answered classes alone; a binary model's background keeps the picture's colours. */
  private Mat answered(Mat picture, ClassMask predicted, String why) {
    boolean binary = labels.size() == 1;
    Mat drawn =
        tinted(
            picture,
            i -> {
              int id = predicted.at(i);
              return binary ? (id == 1 ? 0x006EEB : -1) : color(id);
            });
    SortedSet<Integer> ids = new TreeSet<>();
    for (int i = 0; i < predicted.size(); i++) {
      ids.add(predicted.at(i));
    }
    ids.removeIf(id -> id >= labels.size());
    List<String> lines = new ArrayList<>(List.of("answered; " + why));
    List<Scalar> colors = new ArrayList<>(List.of(scalar(0)));
    if (binary) {
      lines.add(labels.get(0));
      colors.add(scalar(0x006EEB));
    } else {
      legend(ids, lines, colors);
    }
    return Captions.below(drawn, lines, colors);
  }

  private void legend(SortedSet<Integer> ids, List<String> lines, List<Scalar> colors) {
    for (int id : ids) {
      lines.add(labels.get(id));
      colors.add(scalar(color(id)));
    }
  }

  private Mat ofOne(Mat picture, byte[] truth, ClassMask predicted) {
    Mat drawn =
        tinted(
            picture,
            i -> {
              boolean isTrue = truth[i] != 0;
              if (predicted.at(i) == ClassMask.IGNORED || (!isTrue && predicted.at(i) == 0)) {
                return -1;
              }
              return isTrue ? (predicted.at(i) == 0 ? 0x3CA03C : 0xC87828) : 0x006EEB;
            });
    return Captions.below(
        drawn,
        List.of("missed: " + labels.get(0), "answered, not true", "right"),
        List.of(scalar(0x3CA03C), scalar(0x006EEB), scalar(0xC87828)));
  }

  private Mat ofSeveral(Mat picture, byte[] truth, ClassMask predicted) {
    Mat left = tinted(picture, i -> color(truth[i] & 0xFF));
    Mat right =
        tinted(picture, i -> (truth[i] & 0xFF) == ClassMask.IGNORED ? -1 : color(predicted.at(i)));
    Mat both = new Mat();
    Core.hconcat(List.of(left, right), both);
    SortedSet<Integer> ids = new TreeSet<>();
    for (int i = 0; i < truth.length; i++) {
      ids.add(truth[i] & 0xFF);
      ids.add(predicted.at(i));
    }
    ids.removeIf(id -> id >= labels.size());
    List<String> lines = new ArrayList<>(List.of("left: true, right: answered"));
    List<Scalar> colors = new ArrayList<>(List.of(scalar(0)));
    legend(ids, lines, colors);
    return Captions.below(both, lines, colors);
  }

  private static int color(int id) {
    return id == ClassMask.IGNORED ? -1 : PALETTE_BGR[id % PALETTE_BGR.length];
  }

  private static Scalar scalar(int bgr) {
    return new Scalar(bgr >> 16 & 0xFF, bgr >> 8 & 0xFF, bgr & 0xFF);
  }

  /** Returns a copy with each pixel mixed with its colour; −1 leaves it. */
  private static Mat tinted(Mat picture, IntUnaryOperator bgrByPixel) {
    byte[] pixels = new byte[picture.cols() * picture.rows() * 3];
    picture.get(0, 0, pixels);
    for (int i = 0; i < pixels.length / 3; i++) {
      int bgr = bgrByPixel.applyAsInt(i);
      for (int c = 0; c < 3 && bgr >= 0; c++) {
        int own = pixels[3 * i + c] & 0xFF;
        int other = bgr >> (16 - 8 * c) & 0xFF;
        pixels[3 * i + c] = (byte) Math.round(own * (1 - TINT) + other * TINT);
      }
    }
    Mat drawn = picture.clone();
    drawn.put(0, 0, pixels);
    return drawn;
  }
}
