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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which frames of which AVI are examples, and of which bytes. */
final class VideoFormatTest {
  private static final ModelView MODEL = new ModelView(new LabelMap(List.of()), List.of(), false);

  @TempDir Path folder;

  private DatasetSettings settings(byte[] avi, int every, Integer... limit) throws IOException {
    Path file = Files.write(folder.resolve("clip.avi"), avi);
    Optional<Integer> most = Optional.ofNullable(limit.length == 0 ? null : limit[0]);
    return new DatasetSettings("video", file, Optional.empty(), most)
        .with(Map.of("every", String.valueOf(every)));
  }

  private Dataset open(byte[] avi) throws IOException, BadInputException {
    return Datasets.open(settings(avi, 1), MODEL);
  }

  /** The number that each example's JPEG has in its comment. */
  private static List<Integer> numbers(Dataset dataset) throws IOException {
    List<Integer> numbers = new java.util.ArrayList<>();
    for (Example example : dataset.examples()) {
      byte[] jpeg = example.source().read();
      int at = Pictures.indexOf(jpeg, "frame ", 0) + 6;
      String text = new String(jpeg, at, 2, StandardCharsets.ISO_8859_1);
      numbers.add(Integer.parseInt(text.replaceAll("[^0-9]", "")));
      assertThat(jpeg).isEqualTo(AviWriter.jpeg(numbers.get(numbers.size() - 1)));
    }
    return numbers;
  }

  @Test
  void open_clip_hasItsFramesAsExamplesOfTheirBytes() throws Exception {
    Dataset dataset = open(AviWriter.video(AviWriter.jpegs(12)));
    assertThat(dataset.name()).isEqualTo("clip.avi");
    assertThat(dataset.notes()).isEmpty();
    assertThat(dataset.examples())
        .extracting(Example::id)
        .startsWith("clip.avi#000000", "clip.avi#000001")
        .endsWith("clip.avi#000011")
        .hasSize(12);
    assertThat(numbers(dataset)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(dataset.examples())
        .allMatch(each -> each.image().orElseThrow().size().equals("36x24 px"));
    assertThat(Datasets.files(settings(AviWriter.video(AviWriter.jpegs(12)), 1), dataset))
        .containsExactly(folder.resolve("clip.avi"));
  }

  @ParameterizedTest
  @CsvSource({"5,,0 5 10", "5,2,0 5", "1,3,0 1 2", "11,,0 11", "12,,0", "999999999,,0"})
  void open_everyAndLimit_takeEachNth(int every, Integer limit, String expected) throws Exception {
    byte[] avi = AviWriter.video(AviWriter.jpegs(12));
    DatasetSettings settings = limit == null ? settings(avi, every) : settings(avi, every, limit);
    assertThat(numbers(Datasets.open(settings, MODEL)))
        .containsExactly(
            List.of(expected.split(" ")).stream().map(Integer::valueOf).toArray(Integer[]::new));
  }

  @Test
  void open_droppedFrames_areLeftOutAndNotedAndTheOthersKeepTheirNumbers() throws Exception {
    byte[] none = new byte[0];
    byte[] avi = AviWriter.video(none, AviWriter.jpeg(1), none, none, AviWriter.jpeg(4), none);
    Dataset dataset = open(avi);
    assertThat(dataset.examples())
        .extracting(Example::id)
        .containsExactly("clip.avi#000001", "clip.avi#000004");
    assertThat(dataset.notes())
        .containsExactly(
            "clip.avi: dropped frames, which have 0 bytes, are left out: 4, the first is"
                + " clip.avi#000000");
    assertThat(Datasets.open(settings(avi, 2), MODEL).examples())
        .extracting(Example::id)
        .containsExactly("clip.avi#000004");
  }

  // OpenDML: the frames go on in further RIFF chunks, each with a list movi of its own
  @Test
  void open_severalRiffChunks_goesThroughAll() throws Exception {
    byte[] avi =
        Pictures.joined(
            AviWriter.video(AviWriter.jpeg(0), AviWriter.jpeg(1)),
            AviWriter.list(
                "RIFF",
                "AVIX",
                AviWriter.movie(
                    AviWriter.chunk("ix00", new byte[24]),
                    AviWriter.chunk("00dc", AviWriter.jpeg(2)))),
            AviWriter.list(
                "RIFF", "AVIX", AviWriter.movie(AviWriter.chunk("00dc", AviWriter.jpeg(3)))));
    assertThat(numbers(open(avi))).containsExactly(0, 1, 2, 3);
    byte[] behind = Pictures.joined(avi, "whatever follows it".getBytes(StandardCharsets.US_ASCII));
    assertThat(numbers(open(behind))).containsExactly(0, 1, 2, 3);
  }

  @Test
  void open_groupsDibNamesAndOtherStreams_takesTheFirstVideosFrames() throws Exception {
    byte[] avi =
        AviWriter.avi(
            AviWriter.headers(
                AviWriter.stream("auds", "\1\0\0\0", 0),
                AviWriter.stream("vids", "dmb1", -Pictures.HEIGHT),
                AviWriter.stream("vids", "MJPG", Pictures.HEIGHT)),
            AviWriter.movie(
                AviWriter.list(
                    "LIST",
                    "rec ",
                    AviWriter.chunk("00wb", AviWriter.jpeg(7)),
                    AviWriter.chunk("01dc", AviWriter.jpeg(0)),
                    AviWriter.chunk("02dc", AviWriter.jpeg(8))),
                AviWriter.list(
                    "LIST",
                    "rec ",
                    AviWriter.chunk("01db", AviWriter.jpeg(1)),
                    AviWriter.chunk("01pc", new byte[8]))));
    assertThat(numbers(open(avi))).containsExactly(0, 1);
  }

  @Test
  void digest_isOfTheChosenFramesBytes() throws Exception {
    byte[][] frames = AviWriter.jpegs(4);
    String whole = Datasets.digest(Datasets.open(settings(AviWriter.video(frames), 2), MODEL));
    frames[1] = AviWriter.jpeg(9);
    assertThat(Datasets.digest(Datasets.open(settings(AviWriter.video(frames), 2), MODEL)))
        .isEqualTo(whole);
    frames[2] = AviWriter.jpeg(9);
    assertThat(Datasets.digest(Datasets.open(settings(AviWriter.video(frames), 2), MODEL)))
        .isNotEqualTo(whole);
  }

  // one of two is damaged: its header alone is read where it is chosen
  @Test
  void open_idsOfAShard_looksAtThoseFramesAlone() throws Exception {
    byte[] cut = java.util.Arrays.copyOf(AviWriter.jpeg(1), 300);
    DatasetSettings settings = settings(AviWriter.video(AviWriter.jpeg(0), cut), 1);
    assertThat(Datasets.open(settings.only(List.of("clip.avi#000000")), MODEL).examples())
        .hasSize(1);
    assertThat(Datasets.list(settings, MODEL).examples()).hasSize(2);
  }

  // frames that are cut after four bytes: had they been looked at, they would have been refused
  @Test
  void list_manyFrames_readsTheirHeadersAlone() throws Exception {
    int frames = 20_000;
    ByteArrayOutputStream movie = new ByteArrayOutputStream();
    byte[] start = Pictures.joined(AviWriter.header("00dc", 4), new byte[] {-1, -40, -1, -37});
    for (int i = 0; i < frames; i++) {
      movie.writeBytes(start);
    }
    byte[] avi = AviWriter.avi(AviWriter.motionJpeg(), AviWriter.movie(movie.toByteArray()));
    assertThat(Datasets.list(settings(avi, 1), MODEL).examples()).hasSize(frames);
    assertThat(Datasets.list(settings(avi, 1000), MODEL).examples()).hasSize(20);
  }
}
