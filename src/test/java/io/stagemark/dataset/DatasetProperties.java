package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.image.ImageFault;
import io.stagemark.image.ImageHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever a file holds, opening it ends in examples or in problems; an array comes back whole. */
final class DatasetProperties {
  private Path folder = Path.of("");

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("stagemark-dataset");
    Files.copy(Resource.of("images/rgb.png"), folder.resolve("a.png"));
  }

  @AfterProperty
  void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 100)
  void write_anyTensor_readsBackTheSame(
      @ForAll("types") ElementType type, @ForAll("shapes") List<Long> shape, @ForAll byte fill)
      throws Exception {
    Tensor tensor = Tensor.allocate(new TensorSpec("x", type, shape));
    for (int i = 0; i < tensor.bytes().capacity(); i++) {
      tensor.bytes().put(i, (byte) (fill + 31 * i));
    }
    Path file = folder.resolve("x.npy");

    NpyWriter.write(file, tensor);
    Tensor back = NpyReader.read(file, "x");

    assertThat(back.spec()).isEqualTo(tensor.spec());
    assertThat(back.bytes()).isEqualTo(tensor.bytes());
    assertThat(Files.size(file) - tensor.bytes().capacity())
        .satisfies(n -> assertThat(n % 64).isZero());
  }

  @Provide
  Arbitrary<ElementType> types() {
    List<ElementType> known = new ArrayList<>(List.of(ElementType.values()));
    known.remove(ElementType.BFLOAT16);
    return Arbitraries.of(known);
  }

  @Provide
  Arbitrary<List<Long>> shapes() {
    return Arbitraries.longs().between(0, 5).list().ofMaxSize(5);
  }

  @Property(tries = 200)
  void read_arrayWithBytesChanged_readsOrTells(
      @ForAll("changes") List<byte[]> changes, @ForAll @IntRange(max = 200) int length)
      throws IOException {
    byte[] bytes = Files.readAllBytes(Resource.of("npy/f4_2x3.npy"));
    for (byte[] change : changes) {
      bytes[(change[0] & 0xFF) % 80] = change[1];
    }
    Path file = folder.resolve("x.npy");
    Files.write(file, length >= 152 ? bytes : java.util.Arrays.copyOf(bytes, length));
    try {
      assertThat(NpyReader.read(file, "x").spec().elements()).isNotNegative();
    } catch (BadInputException e) {
      assertThat(e.problems()).hasSize(1);
    }
  }

  @Provide
  Arbitrary<List<byte[]>> changes() {
    return Arbitraries.bytes().array(byte[].class).ofSize(2).list().ofMaxSize(4);
  }

  @Property(tries = 200)
  void fault_anyBytesAfterAMagic_isFoundOrNot(@ForAll("magic") String magic, @ForAll byte[] rest) {
    ByteBuffer bytes = ByteBuffer.allocate(magic.length() + rest.length);
    magic.chars().forEach(each -> bytes.put((byte) each));
    bytes.put(rest).flip();
    try {
      assertThat(ImageHeader.readWhole(bytes).widthPx()).isPositive();
    } catch (ImageFault e) {
      assertThat(e.reason()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> magic() {
    return Arbitraries.of(
        "\u00FF\u00D8\u00FF",
        "\u0089PNG\r\n\u001A\n",
        "RIFF\0\0\0\0WEBP",
        "RIFF",
        "BM",
        "x",
        "II*\0",
        "MM\0*",
        "II+\0",
        "P6 ",
        "P7\n",
        "\0\0\0\fjP  \r\n\u0087\n",
        "\u00FFO\u00FFQ",
        "GIF89a");
  }

  @Property(tries = 300)
  void open_anyJson_opensOrTells(@ForAll("json") String json) throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), json);
    try {
      Dataset dataset =
          Datasets.open(
              new DatasetSettings("coco", folder, Optional.of(file), Optional.empty()),
              new ModelView(new LabelMap(List.of("cat")), List.of(), false));
      assertThat(dataset.examples()).isNotEmpty();
    } catch (BadInputException e) {
      assertThat(e.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(21);
    }
  }

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> value =
        Arbitraries.of(
            "1",
            "-1",
            "1.5",
            "1e999",
            "99999999999999999999",
            "null",
            "true",
            "\"cat\"",
            "\"a.png\"",
            "\"\"",
            "\"\\u0000\"",
            "\"../a\"",
            "[0, 0, 1, 1]",
            "[0, 0]",
            "[]",
            "{}",
            "[[[",
            "NaN",
            "");
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of(
                    "id",
                    "file_name",
                    "name",
                    "image_id",
                    "category_id",
                    "bbox",
                    "area",
                    "iscrowd"),
                value)
            .as((key, each) -> '"' + key + "\": " + each);
    Arbitrary<String> element =
        field.list().ofMaxSize(7).map(fields -> "{" + String.join(", ", fields) + "}");
    Arbitrary<String> list =
        element.list().ofMaxSize(3).map(all -> "[" + String.join(", ", all) + "]");
    return Combinators.combine(list, list, list)
        .as(
            (images, categories, annotations) ->
                "{\"images\": %s, \"categories\": %s, \"annotations\": %s}"
                    .formatted(images, categories, annotations));
  }
}
