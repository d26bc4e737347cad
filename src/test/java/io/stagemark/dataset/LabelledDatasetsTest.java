package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.image.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets with classes, masks and targets. */
final class LabelledDatasetsTest {
  /** A grey PNG of one pixel. */
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5E"
                  + "rkJggg==");

  private static final LabelMap LABELS = new LabelMap(List.of("cat", "dog"));

  @TempDir Path folder;

  private void image(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PNG);
  }

  private Path table(String text) throws IOException {
    return Files.writeString(folder.resolve("labels.csv"), text);
  }

  private Dataset csv(String text) throws BadInputException, IOException {
    return Datasets.open(
        new DatasetSettings("csv", folder, Optional.of(table(text)), Optional.empty()),
        new ModelView(LABELS, List.of(), false));
  }

  private Dataset open(String format, Optional<Path> truth) throws BadInputException {
    return Datasets.open(
        new DatasetSettings(format, folder, Optional.empty(), truth, Optional.empty()),
        new ModelView(LABELS, List.of(), false));
  }

  @Test
  void open_imageFolder_hasTheFoldersClass() throws Exception {
    image("dog/b.png");
    image("dog/a.png");
    image("cat/a.png");
    List<Example> examples = open("image-folder", Optional.empty()).examples();

    assertThat(examples)
        .extracting(Example::id)
        .containsExactly("cat/a.png", "dog/a.png", "dog/b.png");
    assertThat(examples)
        .extracting(Example::truth)
        .containsExactly(
            new Truth.Label(List.of(0)), new Truth.Label(List.of(1)), new Truth.Label(List.of(1)));
  }

  private Dataset leavingOut(String format, Optional<Path> table) throws BadInputException {
    return Datasets.open(
        new DatasetSettings(format, folder, table, Optional.empty(), Optional.empty())
            .leavingOutUnknownClasses(),
        new ModelView(LABELS, List.of(), false));
  }

  @Test
  void open_classesThatTheModelLacks_areLeftOutAndSaid() throws Exception {
    image("dog/a.png");
    image("bird/a.png");
    image("bird/b.png");
    Dataset folders = leavingOut("image-folder", Optional.empty());
    assertThat(folders.examples()).extracting(Example::id).containsExactly("dog/a.png");
    assertThat(folders.notes())
        .containsExactly(
            "2 of 3 images are of 1 classes that the model does not have, and are left out"
                + " (dataset.unknownClasses: leave-out): bird 2");

    Path rows = table("dog/a.png,bird;dog\nbird/a.png,bird\nbird/b.png,\n");
    Dataset table = leavingOut("csv", Optional.of(rows));
    assertThat(table.examples())
        .extracting(Example::truth)
        .containsExactly(new Truth.Label(List.of(1)), new Truth.Label(List.of()));
    assertThat(table.notes()).anyMatch(note -> note.startsWith("2 of 3 labels are of 1 classes"));
  }

  @Test
  void open_noClassThatTheModelHas_isAProblem() throws Exception {
    image("bird/a.png");
    BadInputException e =
        catchThrowableOfType(
            BadInputException.class, () -> leavingOut("image-folder", Optional.empty()));
    assertThat(e.problems().get(0).found()).startsWith("1 of 1 images");
  }

  @Test
  void open_imageFolderOfAnotherClass_isAProblemWithTheNearest() throws Exception {
    image("dogs/a.png");
    BadInputException e =
        catchThrowableOfType(BadInputException.class, () -> open("image-folder", Optional.empty()));
    assertThat(e.problems()).hasSize(1);
    assertThat(e.problems().get(0).found()).contains("'dogs', which the model does not have");
    assertThat(e.problems().get(0).tryThis()).isEqualTo("such as dog");
  }

  @Test
  void open_csv_readsSeveralLabelsAndNone() throws Exception {
    image("a.png");
    image("b, c.png");
    image("d.png");
    List<Example> examples =
        csv("file,label\na.png,dog;cat\n\"b, c.png\",dog\n\nd.png,\n").examples();

    assertThat(examples).extracting(Example::id).containsExactly("a.png", "b, c.png", "d.png");
    assertThat(examples)
        .extracting(Example::truth)
        .containsExactly(
            new Truth.Label(List.of(1, 0)),
            new Truth.Label(List.of(1)),
            new Truth.Label(List.of()));
  }

  @Test
  void open_csvWithFaults_tellsEachWithItsLine() throws Exception {
    image("a.png");
    BadInputException e =
        catchThrowableOfType(
            BadInputException.class,
            () -> csv("a,b.png,cat\na.png,cow\na.png,cat\nnothing\n../x.png,cat\nnone.png,cat\n"));
    assertThat(e.problems())
        .extracting(problem -> problem.where().replace(folder + "/", ""))
        .containsExactly(
            "labels.csv:1",
            "labels.csv:2",
            "labels.csv:3",
            "labels.csv:4",
            "labels.csv:5",
            "none.png");
  }

  // RFC 4180: CR LF, quotes doubled in quotes, a byte order mark, no header, no last line end.
  @Test
  void open_csvQuotedWithoutHeader_isRead() throws Exception {
    image("say \"hi\".png");
    image("b.png");
    List<Example> examples = csv("\uFEFF\"say \"\"hi\"\".png\",\"dog\"\r\nb.png,cat").examples();

    assertThat(examples).extracting(Example::id).containsExactly("say \"hi\".png", "b.png");
    assertThat(examples)
        .extracting(Example::truth)
        .containsExactly(new Truth.Label(List.of(1)), new Truth.Label(List.of(0)));
  }

  @Test
  void open_csvWithFaultyQuotes_tellsWhatIsWrongAndWhere() throws Exception {
    BadInputException e =
        catchThrowableOfType(
            BadInputException.class,
            () -> csv("file,label\n\"a\nb\"x,cat\nc\"d.png,cat\n,cat\na,b.png,cat\n\"e.png,cat\n"));
    assertThat(e.problems())
        .extracting(problem -> problem.where().replace(folder + "/", "") + " " + problem.found())
        .containsExactly(
            "labels.csv:2 text after a closing quote",
            "labels.csv:4 a quote inside a field without quotes",
            "labels.csv:5 ",
            "labels.csv:6 3 columns: a | b.png | cat",
            "labels.csv:7 a quote that nothing closes");
    assertThat(e.problems().get(3).tryThis()).contains("\"one, two.png\",cat");
  }

  @Test
  void open_masks_areOfTheSameStemAndGrey() throws Exception {
    image("a.png");
    image("masks/a.png");
    Path masks = folder.resolve("masks");
    assertThat(open("masks", Optional.of(masks)).examples().get(0).truth())
        .isEqualTo(new Truth.Mask(masks.resolve("a.png")));

    Files.write(masks.resolve("a.png"), Pictures.of("png"));
    image("b.png");
    BadInputException e =
        catchThrowableOfType(BadInputException.class, () -> open("masks", Optional.of(masks)));
    assertThat(e.problems())
        .extracting("found")
        .containsExactly("a PNG of 8 bits and colour type 2", "no such file");
  }

  private void npy(String name, ElementType type, int first, Long... shape) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Tensor tensor = Tensor.allocate(new TensorSpec("x", type, List.of(shape)));
    for (int i = 0; i < tensor.bytes().capacity(); i++) {
      tensor.bytes().put(i, (byte) (first + i));
    }
    NpyWriter.write(file, tensor);
  }

  private Dataset sequences() throws BadInputException {
    return Datasets.open(
        new DatasetSettings(
            "tensors",
            folder.resolve("steps"),
            Optional.empty(),
            Optional.of(folder.resolve("targets")),
            Optional.empty()),
        new ModelView(
            LABELS,
            List.of(
                new TensorSpec("x", ElementType.UINT8, List.of(1L, 2L)),
                new TensorSpec("rate", ElementType.UINT8, List.of())),
            true));
  }

  @Test
  void open_sequence_isAnExampleAStepWithItsTarget() throws Exception {
    npy("steps/talk/x.npy", ElementType.UINT8, 0, 3L, 2L);
    npy("steps/talk/rate.npy", ElementType.UINT8, 9);
    npy("targets/talk.npy", ElementType.UINT8, 5, 3L);
    List<Example> examples = sequences().examples();

    assertThat(examples)
        .extracting(Example::id)
        .containsExactly("talk#0000", "talk#0001", "talk#0002");
    assertThat(examples).extracting(Example::startsSequence).containsExactly(true, false, false);
    assertThat(examples.get(1).tensors().get(0).bytes().get(0)).isEqualTo((byte) 2);
    assertThat(examples.get(1).tensors().get(1).bytes().get(0)).isEqualTo((byte) 9);
    Truth.Target target = (Truth.Target) examples.get(2).truth();
    assertThat(target.values().bytes().get(0)).isEqualTo((byte) 7);
  }

  @Test
  void steps_ofOneSequence_shareWhatWasReadLast() throws Exception {
    for (String talk : List.of("first", "second")) {
      npy("steps/" + talk + "/x.npy", ElementType.UINT8, 0, 3L, 2L);
      npy("steps/" + talk + "/rate.npy", ElementType.UINT8, 9);
      npy("targets/" + talk + ".npy", ElementType.UINT8, 5, 3L);
    }
    List<Example> examples = sequences().examples();
    List<Integer> read = new ArrayList<>();
    for (int at : new int[] {0, 3, 0, 1, 2}) {
      if (at == 1) { // its sequence is in memory
        Files.delete(folder.resolve("steps/first/x.npy"));
      }
      read.add((int) examples.get(at).tensors().get(0).bytes().get(0));
    }
    assertThat(read).containsExactly(0, 0, 0, 2, 4);
    assertThat(examples.get(3).tensors()).hasSize(2);
    assertThatThrownBy(() -> examples.get(1).tensors()).hasMessageContaining("first");
  }

  @Test
  void open_targetOfAnotherLengthOrNone_isAProblem() throws Exception {
    npy("steps/talk/x.npy", ElementType.UINT8, 0, 3L, 2L);
    npy("steps/talk/rate.npy", ElementType.UINT8, 9);
    BadInputException none = catchThrowableOfType(BadInputException.class, this::sequences);
    assertThat(none).hasMessageContaining("talk.npy").hasMessageContaining("no such file");

    npy("targets/talk.npy", ElementType.UINT8, 5, 4L);
    BadInputException other = catchThrowableOfType(BadInputException.class, this::sequences);
    assertThat(other).hasMessageContaining("one target for each of the 3 steps");
  }
}
