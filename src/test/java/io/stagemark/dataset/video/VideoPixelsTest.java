package io.stagemark.dataset.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.ModelView;
import io.stagemark.image.Pictures;
import io.stagemark.preprocess.OpenCvRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/** Frames as OpenCV writes and reads them: a writer and a reader of another's. */
final class VideoPixelsTest {
  private static final Path PICTURES = Path.of("configs", "data", "quickstart");
  private static final ModelView MODEL = new ModelView(new LabelMap(List.of()), List.of(), false);
  private static final int FRAMES = 6;

  @TempDir Path folder;

  @BeforeAll
  static void natives() {
    OpenCvRuntime.start();
  }

  /** A ride over a photograph: each frame is another part of it. */
  private Path recorded() {
    Path file = folder.resolve("ride.avi");
    Mat photograph = Imgcodecs.imread(PICTURES.resolve("coffee.jpg").toString());
    VideoWriter writer =
        new VideoWriter(
            file.toString(),
            Videoio.CAP_OPENCV_MJPEG,
            VideoWriter.fourcc('M', 'J', 'P', 'G'),
            25,
            new Size(160, 120));
    assertThat(writer.isOpened()).isTrue();
    for (int i = 0; i < FRAMES; i++) {
      Mat part = photograph.submat(10 * i, 10 * i + 240, 12 * i, 12 * i + 320);
      Mat small = new Mat();
      Imgproc.resize(part, small, new Size(160, 120), 0, 0, Imgproc.INTER_AREA);
      writer.write(small);
    }
    writer.release();
    return file;
  }

  private static Dataset open(Path file) throws BadInputException {
    return Datasets.open(
        new DatasetSettings("video", file, Optional.empty(), Optional.empty()), MODEL);
  }

  private static Mat decoded(byte[] jpeg) {
    return Imgcodecs.imdecode(new MatOfByte(jpeg), Imgcodecs.IMREAD_COLOR);
  }

  private static double difference(Mat a, Mat b) {
    assertThat(a.size()).isEqualTo(b.size());
    return Core.norm(a, b, Core.NORM_INF);
  }

  @Test
  void open_videoOfOpenCv_hasTheFramesThatItsReaderGives() throws Exception {
    Path file = recorded();
    Dataset dataset = open(file);
    assertThat(dataset.examples()).hasSize(FRAMES);
    VideoCapture reader = new VideoCapture(file.toString(), Videoio.CAP_OPENCV_MJPEG);
    assertThat(reader.isOpened()).isTrue();
    Mat last = new Mat();
    for (Example example : dataset.examples()) {
      Mat expected = new Mat();
      assertThat(reader.read(expected)).as(example.id()).isTrue();
      Mat frame = decoded(example.source().read());
      assertThat(difference(frame, expected)).as(example.id()).isZero();
      assertThat(last.empty() || difference(frame, last) > 20).as(example.id()).isTrue();
      last = frame;
    }
    assertThat(reader.read(new Mat())).isFalse();
    reader.release();
  }

  // the tables of annex K, which the JDK's writer uses too, are those that a decoder fills in
  @Test
  void open_jpegsWithoutHuffmanTables_decodeToTheSamePixels() throws Exception {
    byte[] jpeg = Pictures.of("jpg");
    byte[] bare = AviWriter.withoutTables(jpeg);
    assertThat(bare.length).isLessThan(jpeg.length - 400);
    Path file = Files.write(folder.resolve("bare.avi"), AviWriter.video(bare));
    Example example = open(file).examples().get(0);
    assertThat(example.image().orElseThrow().size()).isEqualTo("36x24 px");
    assertThat(difference(decoded(example.source().read()), decoded(jpeg))).isZero();
  }

  @Test
  void read_fileThatBecameShorter_isToldFromADamagedPicture() throws IOException, Exception {
    Path file = Files.write(folder.resolve("clip.avi"), AviWriter.video(AviWriter.jpegs(2)));
    Example last = open(file).examples().get(1);
    Files.write(file, new byte[100]);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> last.source().read()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the file has 100 bytes, and the picture is from byte");
  }
}
