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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images and of tensors: examples without truth. */
final class FolderDatasetsTest {
  private static final TensorSpec IMAGES =
      new TensorSpec("input:0", ElementType.FLOAT32, List.of(1L, 4L));
  private static final TensorSpec STATE =
      new TensorSpec("state", ElementType.INT64, List.of(2L, TensorSpec.DYNAMIC));

  @TempDir Path folder;

  private Dataset open(String format, TensorSpec... inputs) throws BadInputException {
    return Datasets.open(
        new DatasetSettings(format, folder, Optional.empty(), Optional.empty()),
        new ModelView(new LabelMap(List.of()), List.of(inputs), false));
  }

  private String problems(String format, TensorSpec... inputs) {
    BadInputException e = catchThrowableOfType(BadInputException.class, () -> open(format, inputs));
    return e == null
        ? "none"
        : String.valueOf(e.getMessage()).replace(folder + "/", "").replace(folder + "", "FOLDER")
            + "\n";
  }

  private void npy(String name, TensorSpec spec) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    NpyWriter.write(file, Tensor.allocate(spec));
  }

  private static TensorSpec floats(Long... shape) {
    return new TensorSpec("x", ElementType.FLOAT32, List.of(shape));
  }

  private static TensorSpec longs(Long... shape) {
    return new TensorSpec("x", ElementType.INT64, List.of(shape));
  }

  // b.png is damaged: it is listed, and refused only where it is to be used
  @Test
  void list_picturesThatAreDamaged_areNotLookedAt() throws Exception {
    for (String name : List.of("a.png", "c.png")) {
      Files.copy(Resource.of("images/rgb.png"), folder.resolve(name));
    }
    Files.writeString(folder.resolve("b.png"), "no picture");
    DatasetSettings settings =
        new DatasetSettings("images", folder, Optional.empty(), Optional.empty());
    ModelView view = new ModelView(new LabelMap(List.of()), List.of(), false);

    Dataset listed = Datasets.list(settings, view);
    assertThat(listed.examples())
        .extracting(Example::id)
        .containsExactly("a.png", "b.png", "c.png");
    assertThat(listed.examples()).allMatch(each -> each.image().isEmpty());

    Dataset share = Datasets.open(settings.only(List.of("c.png", "a.png")), view);
    assertThat(share.examples()).extracting(Example::id).containsExactly("a.png", "c.png");
    assertThat(share.examples()).allMatch(each -> each.image().isPresent());
    assertThatThrownBy(() -> Datasets.open(settings.only(List.of("b.png")), view))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("b.png");
    assertThat(problems("images")).contains("b.png");
  }

  @Test
  void open_images_areInTheOrderOfTheirNamesWithoutTruth() throws Exception {
    for (String name : List.of("b.PNG", "a.png", "B.png")) {
      Files.copy(Resource.of("images/rgb.png"), folder.resolve(name));
    }
    Files.writeString(folder.resolve("README.md"), "no image");

    Dataset dataset = open("images");

    assertThat(dataset.examples())
        .extracting(Example::id)
        .containsExactly("B.png", "a.png", "b.PNG");
    assertThat(dataset.examples()).extracting(Example::truth).containsOnly(new Truth.Unknown());
    assertThat(dataset.examples().get(0).tensors()).isEmpty();
  }

  @Test
  void open_imagesThatAreNoneOrBroken_areProblems() throws Exception {
    assertThat(problems("images")).startsWith("FOLDER\n  found:    no image in it\n");
    Files.write(folder.resolve("a.jpg"), new byte[] {1, 2});
    assertThat(problems("images"))
        .startsWith("a.jpg\n  found:    no image of these formats: it starts with bytes 01 02\n");
    assertThatThrownBy(
            () ->
                Datasets.open(
                    new DatasetSettings(
                        "images", folder.resolve("none"), Optional.empty(), Optional.empty()),
                    new ModelView(new LabelMap(List.of()), List.of(), false)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("found:    no readable folder");
  }

  @Test
  void open_npyFiles_areExamplesOfAModelWithOneInput() throws Exception {
    npy("b.npy", floats(4L));
    npy("a.npy", floats(1L, 4L));

    Dataset dataset = open("tensors", IMAGES);

    assertThat(dataset.examples()).extracting(Example::id).containsExactly("a.npy", "b.npy");
    assertThat(dataset.examples().get(0).tensors().get(0).spec()).isEqualTo(IMAGES);
    assertThat(dataset.examples().get(1).tensors().get(0).spec())
        .isEqualTo(new TensorSpec("input:0", ElementType.FLOAT32, List.of(4L)));
  }

  // b.npy is damaged: it is listed, and refused only where it is to be used
  @Test
  void list_tensorsThatAreDamaged_areNotLookedAt() throws Exception {
    npy("a.npy", floats(4L));
    Files.writeString(folder.resolve("b.npy"), "no array");
    npy("c.npy", floats(4L));
    DatasetSettings settings =
        new DatasetSettings("tensors", folder, Optional.empty(), Optional.empty());
    ModelView view = new ModelView(new LabelMap(List.of()), List.of(IMAGES), false);

    assertThat(Datasets.list(settings, view).examples())
        .extracting(Example::id)
        .containsExactly("a.npy", "b.npy", "c.npy");
    Dataset share = Datasets.open(settings.only(List.of("a.npy", "c.npy")), view);
    assertThat(share.examples()).extracting(Example::id).containsExactly("a.npy", "c.npy");
    assertThatThrownBy(() -> Datasets.open(settings.only(List.of("b.npy")), view))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("b.npy");
  }

  @Test
  void tensors_fileThatIsGoneSinceItWasOpened_namesIt() throws Exception {
    npy("a.npy", floats(4L));
    Example example = open("tensors", IMAGES).examples().get(0);
    Files.delete(example.file());
    assertThatThrownBy(example::tensors)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a.npy")
        .hasMessageContaining("no such file");
  }

  @Test
  void open_foldersAndArchives_haveAnArrayForEachInput() throws Exception {
    npy("one/input_0.npy", floats(1L, 4L));
    npy("one/state.npy", longs(2L, 7L));

    Dataset dataset = open("tensors", STATE, IMAGES);

    assertThat(dataset.examples()).extracting(Example::id).containsExactly("one");
    assertThat(dataset.examples().get(0).tensors())
        .extracting(tensor -> tensor.spec().name())
        .containsExactly("state", "input:0");

    Files.copy(Resource.of("npy/packed.npz"), folder.resolve("packed.npz"));
    Files.delete(folder.resolve("one/state.npy"));
    assertThat(open("tensors", IMAGES).examples()).hasSize(2);
  }

  @Test
  void open_tensorsThatDoNotFit_areProblems() throws Exception {
    npy("shape.npy", floats(2L, 4L));
    npy("type.npy", longs(1L, 4L));
    Files.write(folder.resolve("zero.npy"), new byte[0]);
    assertThat(problems("tensors", IMAGES))
        .isEqualTo(
            """
            shape.npy
              found:    input_0 float32[2, 4]
              expected: input:0 float32[1, 4], with or without the batch axis
              try:      in Python: array.astype('float32').reshape([1, 4])
            type.npy
              found:    input_0 int64[1, 4]
              expected: input:0 float32[1, 4], with or without the batch axis
              try:      in Python: array.astype('float32').reshape([1, 4])
            zero.npy
              found:    no NumPy array: its first bytes are not \\x93NUMPY
              expected: a NumPy array of type float32, float64, float16, bool, or an integer of 8 to 64 bits
              try:      in Python: numpy.save(path, array.astype('float32'))
            3 problems; nothing was run.
            """);
  }

  @Test
  void open_inputsMissingOrUnknown_areProblems() throws Exception {
    npy("one/stat.npy", longs(2L, 7L));
    npy("two.npy", floats(4L));
    assertThat(problems("tensors", STATE, IMAGES))
        .contains("one\n  found:    no array for the model's input 'state'\n")
        .contains("one\n  found:    no array for the model's input 'input:0'\n")
        .contains("one\n  found:    the array 'stat', which is none of the model's inputs\n")
        .contains("two.npy\n  found:    one array for a model with 2 inputs\n");
  }

  @Test
  void open_folderWithoutTensors_isAProblem() {
    assertThat(problems("tensors", IMAGES))
        .startsWith("FOLDER\n  found:    no .npy, .npz or folder in it\n");
  }

  @Test
  void digest_dataset_changesWithIdTruthAndContentAlone() throws Exception {
    npy("a.npy", floats(4L));
    String digest = Datasets.digest(open("tensors", IMAGES));
    assertThat(digest).hasSize(64).isEqualTo(Datasets.digest(open("tensors", IMAGES)));

    byte[] content = Files.readAllBytes(folder.resolve("a.npy"));
    content[content.length - 1] ^= 1;
    Files.write(folder.resolve("a.npy"), content);
    String changed = Datasets.digest(open("tensors", IMAGES));
    assertThat(changed).isNotEqualTo(digest);

    Files.move(folder.resolve("a.npy"), folder.resolve("b.npy"));
    assertThat(Datasets.digest(open("tensors", IMAGES))).isNotIn(digest, changed);
  }

  @Test
  void open_unknownFormat_isMisuse() {
    assertThatThrownBy(() -> open("parquet")).isInstanceOf(IllegalArgumentException.class);
  }
}
