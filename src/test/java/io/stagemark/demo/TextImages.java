package io.stagemark.demo;

import io.stagemark.preprocess.OpenCvRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfInt;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Writes the images of {@code configs/data/text-orientation} and {@code
 * configs/data/text-segmentation}, the same bytes each time: OpenCV's own Hershey fonts on paper in
 * light colours. {@link DemoDataTest} holds the committed files to it, and writes them anew:
 *
 * <pre>
 *   mvn -q -o test -Dtest=DemoDataTest -Dstagemark.demo.write=true
 * </pre>
 */
final class TextImages {
  private static final int LINE_HEIGHT_PX = 48;
  private static final int PAGE_PX = 320;
  private static final double SHRINK = 0.4;
  private static final List<String> WORDS =
      List.of(
          "measure",
          "what you",
          "ship",
          "Latency",
          "of a batch",
          "Forward",
          "pass",
          "Invoice",
          "No 2047",
          "Opening",
          "hours",
          "Platform 9",
          "Exit",
          "Total",
          "Breakfast",
          "from 7 to",
          "Reading",
          "glasses",
          "Handle",
          "with care",
          "Keep",
          "upright",
          "Fresh",
          "bread");
  private static final int[] FONTS = {
    Imgproc.FONT_HERSHEY_SIMPLEX,
    Imgproc.FONT_HERSHEY_DUPLEX,
    Imgproc.FONT_HERSHEY_COMPLEX,
    Imgproc.FONT_HERSHEY_TRIPLEX
  };

  private TextImages() {}

  /** Lines of text, upright and turned by 180 degrees, in a folder each. */
  static void writeOrientation(Path folder) throws IOException {
    OpenCvRuntime.start();
    for (int i = 0; i < 24; i++) {
      SplittableRandom random = new SplittableRandom(100 + i);
      Mat line = line(random, i);
      boolean turned = i % 2 == 1;
      if (turned) {
        Core.rotate(line, line, Core.ROTATE_180);
      }
      Path classFolder = folder.resolve(turned ? "turned-180" : "upright");
      Files.createDirectories(classFolder);
      write(classFolder.resolve(String.format(Locale.ROOT, "line-%02d.png", i)), line);
    }
  }

  private static Mat line(SplittableRandom random, int index) {
    String text = WORDS.get(index);
    int font = FONTS[random.nextInt(FONTS.length)];
    Size size = Imgproc.getTextSize(text, font, 1, 2, new int[1]);
    Mat line = paper(random, (int) size.width + 16, LINE_HEIGHT_PX);
    Imgproc.putText(line, text, new Point(8, 34), font, 1, ink(random), 2, Imgproc.LINE_AA);
    return line;
  }

  /** Pages with a few words, and masks that are 255 in the middle of the words. */
  static void writeSegmentation(Path images, Path masks) throws IOException {
    OpenCvRuntime.start();
    Files.createDirectories(images);
    Files.createDirectories(masks);
    for (int i = 0; i < 6; i++) {
      SplittableRandom random = new SplittableRandom(200 + i);
      Mat page = paper(random, PAGE_PX, PAGE_PX);
      Mat mask = Mat.zeros(PAGE_PX, PAGE_PX, CvType.CV_8UC1);
      for (int row = 0; row < 2 + random.nextInt(4); row++) {
        word(random, page, mask, 50 + row * 54);
      }
      String name = String.format(Locale.ROOT, "page-%d.png", i);
      write(images.resolve(name), page);
      write(masks.resolve(name), mask);
    }
  }

  private static void word(SplittableRandom random, Mat page, Mat mask, int baseline) {
    String text = WORDS.get(random.nextInt(WORDS.size()));
    int font = FONTS[random.nextInt(FONTS.length)];
    double scale = 0.7 + random.nextDouble() * 0.5;
    Size size = Imgproc.getTextSize(text, font, scale, 2, new int[1]);
    int left = 8 + random.nextInt(Math.max(1, PAGE_PX - 16 - (int) size.width));
    Point at = new Point(left, baseline);
    Imgproc.putText(page, text, at, font, scale, ink(random), 2, Imgproc.LINE_AA);
    Mat strokes = Mat.zeros(page.size(), CvType.CV_8UC1);
    Imgproc.putText(strokes, text, at, font, scale, new Scalar(255), 2, Imgproc.LINE_8);
    fillShrunk(mask, Imgproc.boundingRect(strokes));
    strokes.release();
  }

  /**
   * Fills the box of a word's strokes, shrunk as the network's training shrinks them: by D = area
   * (1 − r²) / perimeter on each side, r = .4 (Liao and others, DB, 2019, arXiv 1911.08947).
   */
  private static void fillShrunk(Mat mask, Rect box) {
    double by = box.area() * (1 - SHRINK * SHRINK) / (2.0 * (box.width + box.height));
    Imgproc.rectangle(
        mask,
        new Point(Math.round(box.x + by), Math.round(box.y + by)),
        new Point(Math.round(box.x + box.width - by) - 1, Math.round(box.y + box.height - by) - 1),
        new Scalar(255),
        Imgproc.FILLED);
  }

  private static Mat paper(SplittableRandom random, int width, int height) {
    int grey = 205 + random.nextInt(45);
    return new Mat(
        height, width, CvType.CV_8UC3, new Scalar(grey - random.nextInt(25), grey, grey));
  }

  private static Scalar ink(SplittableRandom random) {
    return new Scalar(random.nextInt(90), random.nextInt(60), random.nextInt(90));
  }

  private static void write(Path file, Mat image) throws IOException {
    if (!Imgcodecs.imwrite(
        file.toString(), image, new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, 9))) {
      throw new IOException("cannot write " + file);
    }
    image.release();
  }
}
