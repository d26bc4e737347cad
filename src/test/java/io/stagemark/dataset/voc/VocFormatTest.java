package io.stagemark.dataset.voc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Truth;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.dataset.ModelView;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of 40x20 px in {@code JPEGImages}, XML files in {@code Annotations}. */
final class VocFormatTest {
  @TempDir Path root;
  private Path images;
  private Path xml;

  @BeforeEach
  void writePictures() throws IOException {
    images = Files.createDirectories(root.resolve("JPEGImages"));
    xml = Files.createDirectories(root.resolve("Annotations"));
    for (String name : List.of("a.png", "b.png")) {
      ImageIO.write(
          new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB),
          "png",
          images.resolve(name).toFile());
    }
  }

  private static String object(String name, String more, int... edges) {
    return """
        <object>
          <name>%s</name>%s
          <part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part>
          <bndbox><xmin>%d</xmin><ymin>%d</ymin><xmax>%d</xmax><ymax>%d</ymax></bndbox>
        </object>
        """
        .formatted(name, more, edges[0], edges[1], edges[2], edges[3]);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(xml.resolve(name), content);
  }

  private DatasetSettings settings(Map<String, String> options) {
    return new DatasetSettings("voc", images, Optional.of(xml), Optional.empty()).with(options);
  }

  private Dataset open(Map<String, String> options) throws BadInputException {
    return Datasets.open(
        settings(options), new ModelView(new LabelMap(List.of("cat", "dog")), List.of(), false));
  }

  private String problems(String content) throws IOException {
    write("a.xml", content);
    BadInputException e = catchThrowableOfType(BadInputException.class, () -> open(Map.of()));
    return String.valueOf(e.getMessage()).replace(root + "/", "");
  }

  private static List<Annotation> truth(Example example) {
    return ((Truth.Objects) example.truth()).annotations();
  }

  // pixels 11 to 20 and 3 to 8, counted from 1: edges 10 to 20 and 2 to 8, 60 px²
  @Test
  void open_edges_areTheFirstAndLastPixelCountedFromOne() throws Exception {
    write(
        "a.xml",
        "<annotation><size><width>40</width><height>20</height></size>"
            + object("dog", "<difficult>0</difficult>", 11, 3, 20, 8)
            + object("cat", "<difficult>1</difficult>", 1, 1, 40, 20)
            + "</annotation>");
    Dataset dataset = open(Map.of());
    assertThat(dataset.examples()).extracting(Example::id).containsExactly("a.png");
    assertThat(truth(dataset.examples().get(0)))
        .containsExactly(
            new Annotation(new Box(10, 2, 20, 8), 1, 60, false),
            new Annotation(new Box(0, 0, 40, 20), 0, 800, true));
    assertThat(dataset.notes())
        .contains(
            "JPEGImages: 1 picture has no annotation file and is left out (b.png)",
            "Annotations: 1 difficult objects count for nothing");
  }

  @Test
  void open_firstPixelZero_countsFromThere() throws Exception {
    write("a.xml", "<annotation>" + object("dog", "", 10, 2, 19, 7) + "</annotation>");
    assertThat(truth(open(Map.of("firstPixel", "0")).examples().get(0)))
        .containsExactly(new Annotation(new Box(10, 2, 20, 8), 1, 60, false));
  }

  @Test
  void open_split_takesTheListsImagesInItsOrder() throws Exception {
    for (String name : List.of("a.xml", "b.xml")) {
      write(name, "<annotation>" + object("dog", "", 1, 1, 9, 9) + "</annotation>");
    }
    Path lists = Files.createDirectories(root.resolve("ImageSets/Main"));
    Files.writeString(lists.resolve("val.txt"), "b\na\n");
    Files.writeString(lists.resolve("dog_val.txt"), "a -1\nb  1\n");
    Files.writeString(lists.resolve("odd.txt"), "c\n");
    assertThat(open(Map.of("split", "val")).examples())
        .extracting(Example::id)
        .containsExactly("b.png", "a.png");
    assertThat(open(Map.of("split", "dog_val")).examples())
        .extracting(Example::id)
        .containsExactly("b.png");
    assertThat(Datasets.files(settings(Map.of("split", "val")), open(Map.of("split", "val"))))
        .contains(lists.resolve("val.txt"), xml.resolve("a.xml"));
    assertThat(catchThrowableOfType(BadInputException.class, () -> open(Map.of("split", "odd"))))
        .hasMessageContaining("c, which is no image in");
    assertThat(catchThrowableOfType(BadInputException.class, () -> open(Map.of("split", "none"))))
        .hasMessageContaining("none.txt");
  }

  @Test
  void open_pictureOfAnotherSize_isTold() throws Exception {
    assertThat(
            problems("<annotation><size><width>80</width><height>40</height></size></annotation>"))
        .contains("Annotations/a.xml: size\n  found:    80x40 px, while a.png is of 40x20 px");
  }

  @Test
  void open_wrongObjects_areToldWithTheirLines() throws Exception {
    assertThat(problems("<annotation>\n" + object("dog", "", 9, 1, 3, 5) + "</annotation>"))
        .contains(
            "Annotations/a.xml:2\n  found:    object 'dog': its right or lower edge is before");
    assertThat(problems("<annotation>\n\n<object><name>dog</name></object></annotation>"))
        .contains("Annotations/a.xml:3\n  found:    object 'dog': xmin is missing");
    assertThat(
            problems(
                "<annotation>"
                    + object("dog", "", 1, 1, 2, 2).replace(">2</xmax>\n", ">NaN</xmax>")
                    + "<object/></annotation>"))
        .contains("object '': xmin is missing");
    assertThat(problems("<annotation>" + object("zebra", "", 1, 1, 2, 2) + "</annotation>"))
        .contains("the class 'zebra', which the model does not have");
    assertThat(problems("<annotation><object></annotation>"))
        .contains("Annotations/a.xml:1\n  found:    broken XML:");
    assertThat(problems("<image/>")).contains("no element <annotation> at its root");
  }

  @Test
  void open_documentTypeOrEntities_areRefusedAndReadNoOtherFile() throws Exception {
    Path secret = Files.writeString(root.resolve("secret"), "dog");
    String external =
        "<?xml version=\"1.0\"?>\n<!DOCTYPE annotation [<!ENTITY e SYSTEM \"%s\">]>\n"
            .formatted(secret.toUri());
    String body = "<annotation>" + object("&e;", "", 1, 1, 2, 2) + "</annotation>";
    assertThat(problems(external + body)).contains("a document type or an entity of its own");
    String bomb =
        "<!DOCTYPE annotation [<!ENTITY a \"dog\"><!ENTITY e \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    assertThat(problems(bomb + body)).contains("a document type or an entity of its own");
    assertThat(problems(body)).contains("Annotations/a.xml:");
    assertThat(problems("<annotation>" + "<a>".repeat(100) + "</annotation>"))
        .contains("nested deeper than 32");
  }
}
