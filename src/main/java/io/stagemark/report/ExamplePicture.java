package io.stagemark.report;

import io.stagemark.data.FileRange;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.FilePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** The picture that a stored example was made of: a file, or a part of one. */
public final class ExamplePicture {
  /** A stored result may be anybody's: no data set has larger parts. */
  private static final long MAX_PART_BYTES = 64L << 20;

  private ExamplePicture() {}

  /**
   * Returns its pixels, CV_8UC3; empty if the file is no picture, or is gone or another one since
   * the run.
   *
   * @param example with a file that is there as it is named; OpenCV is loaded
   */
  public static Mat read(ExampleResult example) {
    Optional<FilePart> part = example.part();
    return part.isEmpty() ? Imgcodecs.imread(example.file()) : read(example.file(), part.get());
  }

  private static Mat read(String file, FilePart part) {
    if (part.bytes() > MAX_PART_BYTES) {
      return new Mat();
    }
    try {
      byte[] bytes = new FileRange(Path.of(file), part.offset(), part.bytes()).read();
      MatOfByte encoded = new MatOfByte(bytes);
      Mat pixels = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR);
      encoded.release();
      return pixels;
    } catch (IOException | IllegalArgumentException | CvException e) {
      return new Mat(); // gone, no part of any file, or no picture
    }
  }
}
