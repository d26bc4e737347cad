package io.stagemark.bench;

import io.stagemark.data.ElementType;
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
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.dnn.Dnn;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decoded JPEG pixels to a letterboxed 640x640 NCHW float32 input in [0, 1], RGB, one thread.
 *
 * <ul>
 *   <li>{@link #ours} writes the engine's input, with the flag that trials' JVMs have. 1280x720 is
 *       exactly twice the fitted size, which has a loop of its own; 1333x800 is the general case.
 *   <li>{@link #opencvChain} is OpenCV's chain as issue 4 names it and no more: resize,
 *       copyMakeBorder, cvtColor, convertTo, split. Mats are reused but for the planes, which the
 *       Java binding of {@code split} makes anew; they are released. Its result is not yet in the
 *       input.
 *   <li>{@link #opencvChainIntoInput} is the same and the copy of the planes into the input: the
 *       work that ours does. {@code mixChannels} in place of split and copy was as fast at 1333x800
 *       and slower at the other sizes, {@code extractChannel} slower.
 *   <li>{@link #opencvBlobFromImage} is {@code Dnn.blobFromImage} on the letterboxed image, not
 *       copied into the input.
 *   <li>{@link #floorFill} is the floor: filling the input.
 * </ul>
 *
 * <p>Both chains run, for the bound is on the first, and a service pays for the second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PreprocessBenchmark {
  private static final int SIDE = 640;

  /** 640x640 needs no resize: normalisation alone. */
  @Param({"1280x720", "640x640", "1333x800"})
  public String source;

  private Mat image;
  private ImageStage stage;
  private Tensor input;
  private Mat resized;
  private Mat bordered;
  private Mat rgb;
  private Mat floats;
  private final List<Mat> planes = new ArrayList<>();
  private final List<Mat> inputPlanes = new ArrayList<>();
  private Size size;
  private int top;
  private int left;
  private float[] line;

  @Setup
  public void image() {
    OpenCvRuntime.start();
    // split makes its planes anew: glibc shall keep freed memory, or each plane is paid for in page
    // faults (1.1 ms a call was seen); freeing 31 MB once raises its limits
    new Mat(1, 31 << 20, CvType.CV_8UC1).release();
    resized = new Mat();
    bordered = new Mat();
    rgb = new Mat();
    floats = new Mat();
    int width = Integer.parseInt(source.substring(0, source.indexOf('x')));
    int height = Integer.parseInt(source.substring(source.indexOf('x') + 1));
    Mat noise = new Mat(height / 8, width / 8, CvType.CV_8UC3);
    Core.randu(noise, 0, 255);
    Mat picture = new Mat();
    Imgproc.resize(noise, picture, new Size(width, height), 0, 0, Imgproc.INTER_CUBIC);
    MatOfByte jpeg = new MatOfByte();
    Imgcodecs.imencode(".jpg", picture, jpeg);
    image = Imgcodecs.imdecode(jpeg, Imgcodecs.IMREAD_COLOR);
    input =
        Tensor.allocate(
            new TensorSpec(
                "images", ElementType.FLOAT32, List.of(1L, 3L, (long) SIDE, (long) SIDE)));
    stage =
        new ImageStage(
            new PreprocessSettings(
                Resize.LETTERBOX,
                Interpolation.OPENCV_LINEAR,
                Color.RGB,
                Layout.NCHW,
                1 / 255.0,
                List.of(0.0),
                List.of(1.0),
                114),
            input);
    StageAccess.place(stage, 0, image.clone());
    double ratio = Math.min((double) SIDE / width, (double) SIDE / height);
    size = new Size(Math.rint(width * ratio), Math.rint(height * ratio));
    top = (int) Math.rint((SIDE - size.height) / 2 - .1);
    left = (int) Math.rint((SIDE - size.width) / 2 - .1);
    int plane = SIDE * SIDE * Float.BYTES;
    for (int c = 0; c < 3; c++) {
      inputPlanes.add(new Mat(SIDE, SIDE, CvType.CV_32FC1, input.bytes().slice(c * plane, plane)));
    }
    line = new float[SIDE];
    Arrays.fill(line, .5f);
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0")
  public Tensor ours() {
    stage.preprocess(0);
    return input;
  }

  @Benchmark
  public List<Mat> opencvChain() {
    splitPlanes();
    planes.forEach(Mat::release);
    return planes;
  }

  @Benchmark
  public Tensor opencvChainIntoInput() {
    splitPlanes();
    for (int c = 0; c < 3; c++) {
      planes.get(c).copyTo(inputPlanes.get(c));
      planes.get(c).release();
    }
    return input;
  }

  private void splitPlanes() {
    Mat fitted = image;
    if (image.cols() != SIDE || image.rows() != SIDE) {
      Imgproc.resize(image, resized, size, 0, 0, Imgproc.INTER_LINEAR);
      letterbox(resized);
      fitted = bordered;
    }
    Imgproc.cvtColor(fitted, rgb, Imgproc.COLOR_BGR2RGB);
    rgb.convertTo(floats, CvType.CV_32FC3, 1 / 255.0);
    planes.clear();
    Core.split(floats, planes);
  }

  private void letterbox(Mat mat) {
    Core.copyMakeBorder(
        mat,
        bordered,
        top,
        SIDE - mat.rows() - top,
        left,
        SIDE - mat.cols() - left,
        Core.BORDER_CONSTANT,
        Scalar.all(114));
  }

  @Benchmark
  public Mat opencvBlobFromImage() {
    Mat fitted = image;
    if (image.cols() != SIDE || image.rows() != SIDE) {
      Imgproc.resize(image, resized, size, 0, 0, Imgproc.INTER_LINEAR);
      letterbox(resized);
      fitted = bordered;
    }
    Mat blob =
        Dnn.blobFromImage(
            fitted, 1 / 255.0, new Size(SIDE, SIDE), Scalar.all(0), true, false, CvType.CV_32F);
    blob.release();
    return fitted;
  }

  @Benchmark
  public Tensor floorFill() {
    FloatBuffer target = input.floats();
    for (int row = 0; row < 3 * SIDE; row++) {
      target.put(row * SIDE, line);
    }
    return input;
  }
}
