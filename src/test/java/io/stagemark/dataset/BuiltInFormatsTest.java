package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.video.AviWriter;
import io.stagemark.image.Pictures;
import io.stagemark.testdata.NestedCases;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The formats of this program keep to the contract. */
final class BuiltInFormatsTest {
  private abstract static class Case extends DatasetFormatContract {
    private final String name;

    Case(String name) {
      this.name = name;
    }

    @Override
    protected DatasetFormat format() {
      return Datasets.formats().get(name);
    }

    @Override
    protected ModelView model() {
      return new ModelView(new LabelMap(List.of("cat", "dog")), List.of(), false);
    }

    DatasetSettings settings(Path path, Optional<Path> annotations, Optional<Path> truth) {
      return new DatasetSettings(name, path, annotations, truth, Optional.empty());
    }

    static Path images(Path folder) throws IOException {
      Files.createDirectories(folder);
      Files.write(folder.resolve("a.png"), Pictures.of("png"));
      Files.write(folder.resolve("b.jpg"), Pictures.of("jpg"));
      return folder;
    }
  }

  @Nested
  final class Coco extends Case {
    Coco() {
      super("coco");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path json =
          Files.writeString(
              root.resolve("instances.json"),
              """
              {"images": [{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "b.jpg"}],
               "categories": [{"id": 3, "name": "dog"}],
               "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [0, 0, 9, 9]}]}
              """);
      return settings(images(root.resolve("images")), Optional.of(json), Optional.empty());
    }
  }

  @Nested
  final class Yolo extends Case {
    Yolo() {
      super("yolo");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path yaml = Files.writeString(root.resolve("data.yaml"), "names: [dog, cat]\n");
      Path labels = Files.createDirectories(root.resolve("labels"));
      Files.writeString(labels.resolve("a.txt"), "1 0.5 0.5 0.25 0.5\n");
      return settings(images(root.resolve("images")), Optional.of(yaml), Optional.empty());
    }
  }

  @Nested
  final class Voc extends Case {
    Voc() {
      super("voc");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path xml = Files.createDirectories(root.resolve("Annotations"));
      for (String name : List.of("a.xml", "b.xml")) {
        Files.writeString(
            xml.resolve(name),
            "<annotation><object><name>dog</name><bndbox><xmin>1</xmin><ymin>1</ymin>"
                + "<xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>");
      }
      return settings(images(root.resolve("images")), Optional.of(xml), Optional.empty());
    }
  }

  @Nested
  final class ImageLists extends Case {
    ImageLists() {
      super("image-list");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path list = Files.writeString(root.resolve("list.txt"), "b.jpg\n\n# not now\na.png\n");
      return settings(images(root.resolve("images")), Optional.of(list), Optional.empty());
    }
  }

  @Nested
  final class ImageFolders extends Case {
    ImageFolders() {
      super("image-folder");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      images(root.resolve("images/cat"));
      return settings(root.resolve("images"), Optional.empty(), Optional.empty());
    }
  }

  @Nested
  final class Csv extends Case {
    Csv() {
      super("csv");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path table = Files.writeString(root.resolve("labels.csv"), "a.png,cat\nb.jpg,dog\n");
      return settings(images(root.resolve("images")), Optional.of(table), Optional.empty());
    }
  }

  @Nested
  final class Masks extends Case {
    Masks() {
      super("masks");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path masks = Files.createDirectories(root.resolve("masks"));
      for (String name : List.of("a.png", "b.png")) {
        ImageIO.write(
            new BufferedImage(Pictures.WIDTH, Pictures.HEIGHT, BufferedImage.TYPE_BYTE_GRAY),
            "png",
            masks.resolve(name).toFile());
      }
      return settings(images(root.resolve("images")), Optional.empty(), Optional.of(masks));
    }
  }

  @Nested
  final class Images extends Case {
    Images() {
      super("images");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      return settings(images(root.resolve("images")), Optional.empty(), Optional.empty());
    }
  }

  @Nested
  final class Videos extends Case {
    Videos() {
      super("video");
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path file = Files.write(root.resolve("clip.avi"), AviWriter.video(AviWriter.jpegs(3)));
      return settings(file, Optional.empty(), Optional.empty());
    }
  }

  @Nested
  final class Tensors extends Case {
    private final TensorSpec spec = new TensorSpec("x", ElementType.FLOAT32, List.of(1L, 4L));

    Tensors() {
      super("tensors");
    }

    @Override
    protected ModelView model() {
      return new ModelView(new LabelMap(List.of()), List.of(spec), false);
    }

    @Override
    protected DatasetSettings write(Path root) throws IOException {
      Path path = Files.createDirectories(root.resolve("tensors"));
      NpyWriter.write(path.resolve("a.npy"), Tensor.allocate(spec));
      NpyWriter.write(path.resolve("b.npy"), Tensor.allocate(spec));
      return settings(path, Optional.empty(), Optional.empty());
    }
  }

  @Nested
  final class Random extends Case {
    Random() {
      super("random");
    }

    @Override
    protected ModelView model() {
      TensorSpec ids = new TensorSpec("ids", ElementType.INT64, List.of(1L, 8L));
      return new ModelView(new LabelMap(List.of()), List.of(ids), false);
    }

    @Override
    protected DatasetSettings write(Path root) {
      return settings(Path.of("random"), Optional.empty(), Optional.empty());
    }
  }

  @Test
  void formats_onTheClassPath_areThoseTestedHere() throws ReflectiveOperationException {
    assertThat(NestedCases.of(this, Case.class).stream().map(each -> each.format().name()))
        .containsExactlyInAnyOrderElementsOf(Datasets.formats().names());
  }
}
