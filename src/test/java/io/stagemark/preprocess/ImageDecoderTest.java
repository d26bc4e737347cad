package io.stagemark.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.stagemark.data.FileRange;
import io.stagemark.image.ImageHeader;
import io.stagemark.image.Pictures;
import io.stagemark.preprocess.PreprocessSettings.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class ImageDecoderTest {
  @TempDir static Path folder;

  @BeforeAll
  static void natives() {
    OpenCvRuntime.start();
  }

  private static ImageDecoder decoder() {
    return new ImageDecoder(Color.RGB, 1_000_000);
  }

  private static Path write(String name, Mat mat) {
    Path path = folder.resolve(name);
    assertThat(Imgcodecs.imwrite(path.toString(), mat)).isTrue();
    return path;
  }

  private static byte[] pixels(Mat mat) {
    byte[] bytes = new byte[(int) mat.total() * mat.channels()];
    mat.get(0, 0, bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"flat.png", "flat.bmp", "flat.jpg", "flat.webp"})
  void decode_eachFormat_givesBgr(String name) throws IOException {
    Mat decoded =
        decoder()
            .decode(FileRange.whole(write(name, new Mat(16, 24, CvType.CV_8UC3, Scalar.all(90)))));
    assertThat(decoded.size().toString()).isEqualTo("24x16");
    assertThat(decoded.type()).isEqualTo(CvType.CV_8UC3);
    assertThat(pixels(decoded)).containsOnly(90);
  }

  @Test
  void decode_grey_becomesThreeChannelsOrOne() throws IOException {
    Path grey = write("grey.png", new Mat(2, 2, CvType.CV_8UC1, Scalar.all(7)));
    assertThat(pixels(decoder().decode(FileRange.whole(grey)))).hasSize(12).containsOnly(7);
    ImageDecoder one = new ImageDecoder(Color.GREY, 100);
    assertThat(pixels(one.decode(FileRange.whole(grey)))).hasSize(4).containsOnly(7);
  }

  @Test
  void decode_16Bit_keepsTheUpper8() throws IOException {
    Path deep = write("deep.png", new Mat(1, 1, CvType.CV_16UC3, Scalar.all(0x12FF)));
    assertThat(pixels(decoder().decode(FileRange.whole(deep)))).containsOnly(0x12);
  }

  @Test
  void decode_alpha_isDropped() throws IOException {
    Path clear = write("clear.png", new Mat(1, 1, CvType.CV_8UC4, new Scalar(1, 2, 3, 0)));
    assertThat(pixels(decoder().decode(FileRange.whole(clear)))).containsExactly(1, 2, 3);
  }

  @Test
  void decode_16BitGreyAndAlphaToGrey_keepTheUpper8AndDropTheAlpha() throws IOException {
    Path deep = write("deep-grey.png", new Mat(1, 2, CvType.CV_16UC1, Scalar.all(0x12FF)));
    assertThat(pixels(decoder().decode(FileRange.whole(deep)))).hasSize(6).containsOnly(0x12);
    ImageDecoder one = new ImageDecoder(Color.GREY, 100);
    assertThat(pixels(one.decode(FileRange.whole(deep)))).hasSize(2).containsOnly(0x12);
    Path clear = write("clear-grey.png", new Mat(1, 1, CvType.CV_8UC4, new Scalar(9, 9, 9, 0)));
    assertThat(pixels(one.decode(FileRange.whole(clear)))).containsExactly(9);
    Path deepAlpha = write("deep-alpha.png", new Mat(1, 1, CvType.CV_16UC4, Scalar.all(0x34FF)));
    assertThat(pixels(decoder().decode(FileRange.whole(deepAlpha)))).hasSize(3).containsOnly(0x34);
  }

  // A JPEG of 24x16 px, black but for 8x8 px in its top left corner, whose EXIF says how to turn
  // it; where the corner must go, from the meaning of each value (CIPA DC-008, 4.6.4 A): 2 mirrors,
  // 3 turns by 180°, 4 flips, 5 transposes, 6 turns 90° clockwise, 7 transposes and turns by 180°,
  // 8 turns 90° counter-clockwise
  @ParameterizedTest
  @CsvSource({
    "1, 24x16, 4, 4",
    "2, 24x16, 20, 4",
    "3, 24x16, 20, 12",
    "4, 24x16, 4, 12",
    "5, 16x24, 4, 4",
    "6, 16x24, 12, 4",
    "7, 16x24, 12, 20",
    "8, 16x24, 4, 20"
  })
  void decode_exifOrientation_isApplied(int orientation, String size, int x, int y)
      throws IOException {
    Mat corner = new Mat(16, 24, CvType.CV_8UC3, Scalar.all(0));
    corner.submat(0, 8, 0, 8).setTo(Scalar.all(255));
    byte[] jpeg = Files.readAllBytes(write("plain.jpg", corner));
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0, // APP1 of 34 bytes
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // big endian, first directory at 8
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // one entry: 0x0112, SHORT
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(jpeg, 0, 2);
    turned.writeBytes(exif);
    turned.write(jpeg, 2, jpeg.length - 2);
    Path path = Files.write(folder.resolve("turned.jpg"), turned.toByteArray());
    Mat decoded = decoder().decode(FileRange.whole(path));
    assertThat(decoded.size().toString()).isEqualTo(size);
    for (int row = 4; row < decoded.rows(); row += 8) {
      for (int column = 4; column < decoded.cols(); column += 8) {
        double value = decoded.get(row, column)[0];
        assertThat(value > 128).as("(%d, %d)", column, row).isEqualTo(column == x && row == y);
      }
    }
  }

  @Test
  void decode_cmykJpeg_isConvertedAsByPillow() throws IOException {
    Path path = Files.write(folder.resolve("cmyk.jpg"), Pictures.cmykJpeg());
    // inverted inks, all at full: K of 0 is black
    assertThat(pixels(decoder().decode(FileRange.whole(path))))
        .hasSize(36 * 24 * 3)
        .containsOnly(0);
  }

  // Of each file: the header's size upright is the decoder's, and the dark first column of the
  // TIFF, which is its top row when orientation 6 turns it, is where it must be.
  @Test
  void decode_orientationOfEachFormat_isApplied() throws IOException {
    byte[] exif = Pictures.exif(6, ByteOrder.LITTLE_ENDIAN);
    byte[] jpeg = Pictures.of("jpeg");
    byte[] xmp = Pictures.segment(0xE1, "http://ns.adobe.com/xap/1.0/\0", new byte[0]);
    byte[] segment = Pictures.exifSegment(6, ByteOrder.BIG_ENDIAN);
    Mat image = new Mat(24, 36, CvType.CV_8UC3, Scalar.all(90));
    byte[] webp = Files.readAllBytes(write("plain.webp", image));
    for (byte[] bytes :
        List.of(
            Pictures.insert(jpeg, 2, xmp, segment),
            Pictures.insert(Pictures.of("png"), 33, Pictures.chunk("eXIf", exif)),
            Pictures.extendedWebp(webp, 0x08, exif),
            Pictures.tiff(6, 8, ByteOrder.BIG_ENDIAN))) {
      Path path = Files.write(folder.resolve("turned.any"), bytes);
      Mat decoded = decoder().decode(FileRange.whole(path));
      assertThat(decoded.size().toString()).isEqualTo("24x36");
      assertThat(ImageHeader.readWhole(path).size()).isEqualTo("24x36 px");
    }
    byte[] tiff =
        pixels(
            new ImageDecoder(Color.GREY, 1000)
                .decode(FileRange.whole(folder.resolve("turned.any"))));
    assertThat(Arrays.copyOf(tiff, 24)).containsOnly(0);
    assertThat(tiff[24]).isEqualTo((byte) 7);
  }

  @Test
  void decode_animation_isRefusedByThatName() throws IOException {
    byte[] webp =
        Files.readAllBytes(write("still.webp", new Mat(24, 36, CvType.CV_8UC3, Scalar.all(9))));
    Path path =
        Files.write(folder.resolve("moving.webp"), Pictures.extendedWebp(webp, 0x02, new byte[0]));
    assertThatThrownBy(() -> decoder().decode(FileRange.whole(path)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("an animation: OpenCV's decoder reads no animated WebP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.png", "t.bmp", "t.jpg", "t.webp"})
  void decode_truncatedAnywhere_isRefused(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(write(name, new Mat(16, 24, CvType.CV_8UC3, Scalar.all(9))));
    for (int length = 1; length < bytes.length; length += 1 + bytes.length / 100) {
      Path cut = Files.write(folder.resolve("cut-" + name), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> decoder().decode(FileRange.whole(cut)))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cut-" + name);
    }
  }

  @Test
  void decode_partOfAFile_readsThatPartAlone() throws IOException {
    byte[] one = Files.readAllBytes(write("1.png", new Mat(2, 2, CvType.CV_8UC3, Scalar.all(1))));
    byte[] two = Files.readAllBytes(write("2.png", new Mat(3, 1, CvType.CV_8UC3, Scalar.all(2))));
    Path both = Files.write(folder.resolve("both.any"), Pictures.joined(one, two, one));
    ImageDecoder decoder = decoder();
    for (int round = 0; round < 2; round++) {
      FileRange second = new FileRange(both, one.length, two.length);
      assertThat(pixels(decoder.decode(second))).hasSize(9).containsOnly(2);
      assertThat(pixels(decoder.decode(new FileRange(both, 0, one.length))))
          .hasSize(12)
          .containsOnly(1);
    }
    FileRange beyond = new FileRange(both, one.length + two.length, one.length + 1L);
    assertThatThrownBy(() -> decoder.decode(beyond))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("both.any (bytes ", "the file has", "the picture is from byte");
  }

  /** Bytes on the heap of one decode, the fewest of many: compilation allocates too. */
  private static long allocated(FileRange image) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ImageDecoder decoder = decoder();
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < 2000; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      decoder.decode(image).release();
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }

  /** JDK 25 makes an object of 48 bytes to seek; a copy of the picture would be far more. */
  private static final long SEEK_BYTES = 64;

  @Test
  void decode_partOfAFile_allocatesNoMoreThanAFile() throws IOException {
    byte[] jpeg = Files.readAllBytes(write("own.jpg", new Mat(16, 24, CvType.CV_8UC3)));
    Path all = Files.write(folder.resolve("all.any"), Pictures.joined(jpeg, jpeg, jpeg));
    long file = allocated(FileRange.whole(folder.resolve("own.jpg")));
    assertThat(allocated(new FileRange(all, jpeg.length, jpeg.length)))
        .isPositive()
        .isLessThanOrEqualTo(file + SEEK_BYTES);
  }

  @Test
  void decode_sizeOverTheLimit_isRefusedBeforeDecoding() throws IOException {
    // a PNG header of 20000x20000 px and its end, without pixels
    ByteBuffer png = ByteBuffer.allocate(57);
    png.putLong(0x89504E470D0A1A0AL).putInt(13).putInt(0x49484452).putInt(20_000).putInt(20_000);
    png.put(new byte[] {8, 2, 0, 0, 0}).putInt(0);
    png.putInt(0).putInt(0x49444154).putInt(0);
    png.putInt(0).putInt(0x49454E44).putInt(0xAE426082);
    Path path = Files.write(folder.resolve("vast.png"), png.array());
    assertThatThrownBy(() -> decoder().decode(FileRange.whole(path)))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("vast.png", "20000x20000", "1000000 pixels", "maxSourcePixels");
  }

  @Test
  void decode_pixelsDamagedInside_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(write("d.png", new Mat(16, 24, CvType.CV_8UC3)));
    Arrays.fill(bytes, 41, bytes.length - 12, (byte) 0);
    Path path = Files.write(folder.resolve("damaged.png"), bytes);
    assertThatThrownBy(() -> decoder().decode(FileRange.whole(path)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }
}
