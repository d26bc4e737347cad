package io.stagemark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ElementType;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.image.Pictures;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file of a data set's folder is an example, a known companion, or reported. */
final class FolderContentTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("img"));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void jpeg(String name) throws IOException {
    write(name, Pictures.of("jpeg"));
  }

  private Dataset open(String format, Optional<Path> annotations, Optional<Path> truth)
      throws BadInputException {
    return Datasets.open(
        new DatasetSettings(format, folder, annotations, truth, Optional.empty()),
        new ModelView(
            new LabelMap(List.of("a", "b")),
            List.of(new TensorSpec("x", ElementType.FLOAT32, List.of(1L))),
            false));
  }

  private Dataset open(String format) throws BadInputException {
    return open(format, Optional.empty(), Optional.empty());
  }

  private String problem(String format, Optional<Path> annotations, Optional<Path> truth) {
    BadInputException e =
        catchThrowableOfType(BadInputException.class, () -> open(format, annotations, truth));
    return e == null ? "none" : String.valueOf(e.getMessage()).replace(folder + "/", "");
  }

  @Test
  void open_picturesOfAnyName_areExamplesByTheirContent() throws Exception {
    jpeg("a.jpg");
    jpeg("b.jfif");
    write("c.tif", Pictures.tiff(1, 8, ByteOrder.LITTLE_ENDIAN));
    jpeg("d");
    write("e.jpg", Pictures.of("png"));
    jpeg("f.JPEG");

    Dataset dataset = open("images");

    assertThat(dataset.examples())
        .extracting(Example::id)
        .containsExactly("a.jpg", "b.jfif", "c.tif", "d", "e.jpg", "f.JPEG");
    assertThat(dataset.notes()).isEmpty();
    assertThat(dataset.examples().get(2).image().orElseThrow().size()).isEqualTo("36x24 px");
  }

  @Test
  void open_pictureOfAFormatThatIsNotRead_isAProblem() throws Exception {
    jpeg("a.jpg");
    write("d.gif", Pictures.of("gif"));
    write("page.jpg", "<!DOCTYPE html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(problem("images", Optional.empty(), Optional.empty()))
        .contains("d.gif\n  found:    a GIF file, which OpenCV's decoder does not read\n")
        .contains("page.jpg\n  found:    no image: a web page");
  }

  @Test
  void open_companionsAndOtherFiles_arePassedOverOrNoted() throws Exception {
    jpeg("a.jpg");
    for (String companion :
        List.of(
            ".DS_Store",
            "._a.jpg",
            "Thumbs.db",
            "desktop.ini",
            ".ipynb_checkpoints/a-checkpoint.jpg")) {
      write(companion, new byte[] {1});
    }
    assertThat(open("images").notes()).isEmpty();

    write("README.txt", new byte[] {1});
    write("BMW.txt", new byte[] {'B', 'M', 'W'});
    write(".hidden", new byte[0]);
    write("classes.txt", new byte[0]);
    jpeg("sub/x.jpg");
    jpeg("sub/y.jpg");
    write("sub/z.txt", new byte[0]);
    Dataset dataset = open("images");
    assertThat(dataset.examples()).hasSize(1);
    assertThat(dataset.notes())
        .containsExactly(
            "img: 4 files that are no pictures are left out (.hidden, BMW.txt, README.txt, …)",
            "img: 1 folder is left out (sub with 2 pictures)");
  }

  @Test
  void open_classFolders_noteWhatIsInNoClass() throws Exception {
    jpeg("a/1.jfif");
    jpeg("a/.ipynb_checkpoints/1.jpg");
    jpeg("b/nested/3.jpg");
    jpeg("b/2.jpg");
    jpeg(".ipynb_checkpoints/x.jpg");
    jpeg("alone.jpg");
    write("labels.txt", new byte[0]);

    Dataset dataset = open("image-folder");

    assertThat(dataset.examples()).extracting(Example::id).containsExactly("a/1.jfif", "b/2.jpg");
    assertThat(dataset.notes())
        .containsExactly(
            "img: 1 picture that is in no class's folder is left out (alone.jpg)",
            "img: 1 file that is no picture is left out (labels.txt)",
            "b: 1 folder is left out (nested with 1 picture)");

    Files.createDirectory(folder.resolve("empty"));
    assertThat(problem("image-folder", Optional.empty(), Optional.empty()))
        .contains("no image in it");
  }

  @Test
  void open_csvAndCoco_countPicturesThatAreNotListed() throws Exception {
    jpeg("a.jpg");
    jpeg("b.jpg");
    jpeg("sub/c.jpg");
    jpeg("sub/d.jpg");
    Path table =
        Files.writeString(folder.resolve("labels.csv"), "file,label\na.jpg,a\nsub/c.jpg,b\n");
    assertThat(open("csv", Optional.of(table), Optional.empty()).notes())
        .containsExactly(
            "img: 1 picture is not in labels.csv and left out (b.jpg)",
            "sub: 1 picture is not in labels.csv and left out (d.jpg)");

    Path json =
        Files.writeString(
            temporary.resolve("some.json"),
            "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}], \"categories\": [],"
                + " \"annotations\": []}");
    assertThat(open("coco", Optional.of(json), Optional.empty()).notes())
        .containsExactly(
            "some.json: no box on any of the pictures: detections cannot be scored",
            "img: 1 picture is not in some.json and left out (b.jpg)",
            "img: 1 file that is no picture is left out (labels.csv)",
            "img: 1 folder is left out (sub with 2 pictures)");
  }

  @Test
  void open_tensors_noteOtherFiles() throws Exception {
    Path file = folder.resolve("a.npy");
    NpyWriter.write(file, Tensor.allocate(new TensorSpec("x", ElementType.FLOAT32, List.of(1L))));
    write("a.pt", new byte[0]);
    write(".DS_Store", new byte[0]);
    jpeg(".ipynb_checkpoints/x.jpg");
    Dataset dataset = open("tensors");
    assertThat(dataset.examples()).hasSize(1);
    assertThat(dataset.notes())
        .containsExactly("img: 1 file that is neither .npy nor .npz is left out (a.pt)");
  }

  @Test
  void open_cmykAndFurtherPictures_areNoted() throws Exception {
    write("ink.jpg", Pictures.cmykJpeg());
    write(
        "two.mpo",
        Pictures.insert(Pictures.of("jpeg"), 2, Pictures.segment(0xE2, "MPF\0", new byte[4])));
    assertThat(open("images").notes())
        .containsExactly(
            "img: 1 CMYK JPEG is converted to RGB without its colour profile (ink.jpg)",
            "img: 1 file holds more than one picture: the first is used (two.mpo)");
  }

  // A JPEG of 36x24 px stored, which orientation 6 turns to 24x36 px.
  @Test
  void open_cocoSizes_areComparedWithThePictureUpright() throws Exception {
    write(
        "rot.jpg",
        Pictures.insert(Pictures.of("jpeg"), 2, Pictures.exifSegment(6, ByteOrder.BIG_ENDIAN)));
    assertThat(coco("\"width\": 24, \"height\": 36")).isEqualTo("none");
    assertThat(coco("\"width\": 24.0, \"height\": 36.0")).isEqualTo("none");
    assertThat(coco("\"license\": 1")).isEqualTo("none");
    assertThat(coco("\"width\": 36, \"height\": 24"))
        .contains(
            "some.json:1: images[0]\n"
                + "  found:    36x24 px, while rot.jpg is of 24x36 px upright: its orientation tag"
                + " turns it, and the annotations have the size as stored\n");
    assertThat(coco("\"width\": 72, \"height\": 48"))
        .contains("found:    72x48 px, while rot.jpg is of 24x36 px\n");
  }

  private String coco(String size) throws IOException {
    Path json =
        Files.writeString(
            temporary.resolve("some.json"),
            "{\"images\": [{\"id\": 1, \"file_name\": \"rot.jpg\", "
                + size
                + "}], \"categories\": [], \"annotations\": []}");
    return problem("coco", Optional.of(json), Optional.empty());
  }

  @Test
  void open_maskOfTheSizeAsStored_isAProblemThatSaysSo() throws Exception {
    write(
        "rot.jpg",
        Pictures.insert(Pictures.of("jpeg"), 2, Pictures.exifSegment(6, ByteOrder.BIG_ENDIAN)));
    Path masks = Files.createDirectory(folder.resolve("masks"));
    var grey =
        new java.awt.image.BufferedImage(36, 24, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
    javax.imageio.ImageIO.write(grey, "png", masks.resolve("rot.png").toFile());
    assertThat(problem("masks", Optional.empty(), Optional.of(masks)))
        .contains(
            "a mask of 36x24 px for an image of 24x36 px upright: its orientation tag turns it,"
                + " and the mask has the size as stored");

    byte[] mask = Files.readAllBytes(masks.resolve("rot.png"));
    byte[] exif = Pictures.chunk("eXIf", Pictures.exif(8, ByteOrder.BIG_ENDIAN));
    Files.write(masks.resolve("rot.png"), Pictures.insert(mask, 33, exif));
    Files.write(masks.resolve("other.png"), mask);
    assertThat(open("masks", Optional.empty(), Optional.of(masks)).notes())
        .containsExactly("masks: 1 mask without a picture is left out (other.png)");
  }
}
