package io.stagemark.dataset.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.image.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no Motion JPEG AVI, or a damaged one: a clear error, and never a crash. */
final class HostileVideoTest {
  @TempDir Path folder;

  private List<Problem> problems(String name, byte[] bytes) throws IOException {
    return problems(Files.write(folder.resolve(name), bytes));
  }

  private static List<Problem> problems(Path file) {
    return Datasets.problems(
        new DatasetSettings("video", file, Optional.empty(), Optional.empty()));
  }

  private Problem only(byte[] bytes) throws IOException {
    List<Problem> problems = problems("clip.avi", bytes);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).where()).isEqualTo(folder.resolve("clip.avi").toString());
    assertThat(problems.get(0).expected()).isEqualTo("a whole AVI file of Motion JPEG");
    return problems.get(0);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "mp4,000000206674797069736f6d,an MP4,-c:v mjpeg -q:v 2 -an",
    "mov,000000146674797071742020,a QuickTime file (MOV),-c:v mjpeg",
    "mkv,1a45dfa30100000000000000,a Matroska or WebM file,-c:v mjpeg",
    "ts,474000100000b00d0001c100,an MPEG transport stream,-c:v mjpeg",
    "mjpeg,ffd8ffe000104a4649460001,JPEGs without a container,-c:v copy",
    "gif,474946383961010001000000,'GIF, not AVI',-c:v mjpeg"
  })
  void open_anotherContainer_isRefusedWithTheLineThatConvertsIt(
      String ending, String start, String found, String options) throws IOException {
    List<Problem> problems = problems("my clip." + ending, HexFormat.of().parseHex(start));
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).found()).contains(found);
    assertThat(problems.get(0).tryThis())
        .startsWith("ffmpeg -i '" + folder + "/my clip." + ending + "' " + options)
        .endsWith(" '" + folder + "/my clip.avi'");
  }

  @Test
  void open_noVideoAtAll_saysWhatItIs() throws IOException {
    assertThat(only(latin("RIFF\4\0\0\0WAVE")).found()).contains("RIFF of type 'WAVE'");
    assertThat(only(latin("frames of a video")).found()).contains("it begins with 66 72 61 6d");
    assertThat(only(new byte[0]).found()).isEqualTo("0 bytes");
    assertThat(only(latin("RIFF\4\0\0")).found()).isEqualTo("7 bytes");
    assertThat(only(Pictures.of("png")).found()).isEqualTo("PNG, not AVI");
    assertThat(problems(folder).get(0).found()).isEqualTo("a folder");
    assertThat(problems(folder.resolve("gone.avi")).get(0).found()).isEqualTo("no such file");
  }

  private static byte[] noJpegs(String codec) {
    return AviWriter.avi(
        AviWriter.headers(AviWriter.stream("vids", codec, Pictures.HEIGHT)),
        AviWriter.movie(AviWriter.chunk("00dc", new byte[100])));
  }

  @Test
  void open_anotherCodec_isNamed() throws IOException {
    assertThat(only(noJpegs("\0\0\0\0")).found()).isEqualTo("an AVI of uncompressed pixels");
    Problem problem = only(noJpegs("H264"));
    assertThat(problem.found()).isEqualTo("an AVI of codec H264");
    assertThat(problem.tryThis())
        .contains("-c:v mjpeg -q:v 2 -an")
        .endsWith(folder + "/clip-2.avi"); // never over the file itself
  }

  @Test
  void open_withoutFramesOrVideo_saysSo() throws IOException {
    assertThat(only(AviWriter.video()).found()).isEqualTo("an AVI without a frame");
    assertThat(only(AviWriter.video(new byte[0], new byte[0])).found())
        .isEqualTo("an AVI whose frames have 0 bytes");
    assertThat(
            only(AviWriter.avi(
                    AviWriter.headers(AviWriter.stream("auds", "\1\0\0\0", 0)), AviWriter.movie()))
                .found())
        .isEqualTo("an AVI without a video");
    assertThat(only(AviWriter.avi(AviWriter.movie(), AviWriter.motionJpeg())).found())
        .isEqualTo("damaged: an AVI that describes no stream");
    assertThat(only(AviWriter.avi()).found()).isEqualTo("an AVI without a video");
  }

  @Test
  void open_sizesThatCannotBe_areRefused() throws IOException {
    byte[] good = AviWriter.video(AviWriter.jpegs(3));
    int frame = Pictures.indexOf(good, "00dc", 0);
    for (int size : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, good.length}) {
      for (int at : new int[] {4, 16, frame + 4}) { // of RIFF, of hdrl, of a frame
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(at, size);
        Problem problem = only(bad);
        assertThat(problem.found()).containsAnyOf("cut off after", "damaged: chunk");
        assertThat(problem.tryThis()).contains("-c:v copy -an");
      }
    }
    byte[] unfinished = good.clone();
    ByteBuffer.wrap(unfinished).putInt(4, 0);
    assertThat(only(unfinished).found()).contains("its recording did not end");
    byte[] shifted = good.clone();
    shifted[frame] = 0;
    assertThat(only(shifted).found()).isEqualTo("damaged: no chunk at byte " + frame);
  }

  @Test
  void open_cutAnywhere_isRefused() throws IOException {
    byte[] good = AviWriter.video(AviWriter.jpegs(2));
    byte[] two =
        Pictures.joined(
            good,
            AviWriter.list(
                "RIFF", "AVIX", AviWriter.movie(AviWriter.chunk("00dc", AviWriter.jpeg(2)))));
    for (int length = 0; length < two.length; length += 13) {
      boolean whole = length >= good.length && length < good.length + 12;
      assertThat(problems("clip.avi", Arrays.copyOf(two, length)))
          .as("%d of %d bytes", length, two.length)
          .hasSize(whole ? 0 : 1);
    }
  }

  @Test
  void open_damagedFrames_areNamedByTheirIds() throws IOException {
    byte[] cut = Arrays.copyOf(AviWriter.jpeg(1), 300);
    List<Problem> problems = problems("clip.avi", AviWriter.video(AviWriter.jpeg(0), cut, cut));
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0).where()).isEqualTo(folder.resolve("clip.avi") + ": clip.avi#000001");
    assertThat(problems.get(0).found()).contains("cut off after 300 bytes");
    assertThat(only(AviWriter.video(AviWriter.jpeg(0), new byte[100])).found())
        .contains("frame 1, at byte", "is no JPEG");
  }

  @Test
  void open_fields_areRefused() throws IOException {
    byte[] avi =
        AviWriter.avi(
            AviWriter.headers(AviWriter.stream("vids", "MJPG", 2 * Pictures.HEIGHT)),
            AviWriter.movie(AviWriter.chunk("00dc", AviWriter.jpeg(0), AviWriter.jpeg(1))));
    List<Problem> problems = problems("clip.avi", avi);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).found())
        .isEqualTo("a JPEG of 36x24 px in a video of 48 lines: the first of two fields");
  }

  // a chain of lists is a loop's work, not a stack's; and a million damaged frames are 20 problems
  @Test
  void open_depthAndNumber_takeNoStackAndLittleMemory() throws IOException {
    ByteArrayOutputStream lists = new ByteArrayOutputStream();
    int depth = 100_000;
    for (int i = depth; i > 0; i--) {
      lists.writeBytes(AviWriter.header("LIST", 4L + 12L * (i - 1)));
      lists.writeBytes(latin("rec "));
    }
    assertThat(
            only(AviWriter.avi(AviWriter.motionJpeg(), AviWriter.movie(lists.toByteArray())))
                .found())
        .isEqualTo("an AVI without a frame");
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    byte[] frame = Pictures.joined(AviWriter.header("00dc", 4), new byte[] {-1, -40, -1, -37});
    for (int i = 0; i < 100_000; i++) {
      frames.writeBytes(frame);
    }
    assertThat(
            problems(
                "clip.avi",
                AviWriter.avi(AviWriter.motionJpeg(), AviWriter.movie(frames.toByteArray()))))
        .hasSize(20);
  }

  // 3 GiB that the file system does not store: no frame of it is read into memory
  @Test
  void open_vastFrame_isRefusedUnread() throws IOException {
    Path file = folder.resolve("vast.avi");
    long frame = 3L << 30;
    byte[] headers = AviWriter.motionJpeg();
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(AviWriter.header("RIFF", 4 + headers.length + 12 + 8 + frame));
      sparse.write(latin("AVI "));
      sparse.write(headers);
      sparse.write(AviWriter.header("LIST", 4 + 8 + frame));
      sparse.write(latin("movi"));
      sparse.write(AviWriter.header("00dc", frame));
      sparse.write(new byte[] {-1, -40, -1, -37});
      sparse.setLength(12 + headers.length + 12 + 8 + frame);
    }
    assertThat(problems(file)).hasSize(1);
    assertThat(problems(file).get(0).found()).isEqualTo("more than 64 MiB");
  }

  @Test
  void open_anyBytesChanged_isReadOrRefused() throws IOException {
    byte[] good = AviWriter.video(AviWriter.jpegs(2));
    Random random = new Random(7);
    for (int round = 0; round < 2000; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i < 3; i++) {
        int at = random.nextInt(4) == 0 ? random.nextInt(bad.length) : random.nextInt(400);
        bad[at] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("clip.avi"), bad);
      assertThatCode(() -> problems(file)).doesNotThrowAnyException();
    }
  }

  @Test
  void open_hostileNames_areWrittenAsText() throws IOException {
    Path file = Files.write(folder.resolve("clip.avi"), noJpegs("\u001b[2J"));
    BadInputException refused =
        catchThrowableOfType(
            BadInputException.class,
            () ->
                new VideoFormat()
                    .open(
                        new DatasetSettings("video", file, Optional.empty(), Optional.empty()),
                        Optional.empty()));
    assertThat(refused.getMessage()).doesNotContain("\u001b").contains("[2J");
  }
}
