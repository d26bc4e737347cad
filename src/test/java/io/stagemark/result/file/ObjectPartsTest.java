package io.stagemark.result.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.Annotation;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.FilePart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks and key points in files of examples. */
final class ObjectPartsTest {
  private static final Box BOX = new Box(0, 0, 4, 4);

  @TempDir Path folder;

  private static CaseExamples examples(Detection found, Annotation truth) {
    return new CaseExamples(
        "net",
        List.of("leaf"),
        List.of(new ExampleResult("a", "a.png", List.of(found), 1, List.of(truth), List.of())));
  }

  @Test
  void read_whatWasWritten_isTheSame() throws Exception {
    ObjectMask mask = ObjectMask.of(4, 5, new int[] {3, 10, 7}, 0, 3);
    ObjectPose pose = new ObjectPose(List.of(new KeyPoint(1, 2, .5)));
    CaseExamples written =
        examples(
            new Detection(BOX, 0, .9, Optional.empty(), Optional.of(mask), Optional.of(pose)),
            new Annotation(BOX, 0, 16, true, Optional.of(mask), Optional.of(pose)));
    Path file = folder.resolve("net.json");
    ResultFiles.write(file, written);
    assertThat(ResultFiles.readExamples(file)).isEqualTo(written);
  }

  @Test
  void read_partOfAFile_isTheSameAndAFilesOwnExampleSaysNothingOfIt() throws Exception {
    Path file = folder.resolve("net.json");
    ExampleResult whole = new ExampleResult("a", "a.png", List.of(), 0, List.of(), List.of());
    ExampleResult part =
        new ExampleResult(
            "c.avi#000001",
            "c.avi",
            List.of(),
            0,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(new FilePart(1L << 40, 5000)));
    CaseExamples written = new CaseExamples("net", List.of("leaf"), List.of(whole, part));
    ResultFiles.write(file, written);
    assertThat(ResultFiles.readExamples(file)).isEqualTo(written);
    assertThat(part.withFiles(name -> "../" + name).withScores(List.of()).part())
        .isEqualTo(part.part());
    ResultFiles.write(file, new CaseExamples("net", List.of("leaf"), List.of(whole)));
    assertThat(Files.readString(file)).doesNotContain("part");
    assertThat(ResultFiles.readExamples(file).examples()).containsExactly(whole);
  }

  @Test
  void write_boxesAlone_sayNothingOfTheRest() throws Exception {
    CaseExamples written = examples(new Detection(BOX, 0, .9), new Annotation(BOX, 0, 16, false));
    Path file = folder.resolve("net.json");
    ResultFiles.write(file, written);
    assertThat(Files.readString(file)).doesNotContain("mask", "pose", "outline");
    assertThat(ResultFiles.readExamples(file)).isEqualTo(written);
  }

  @Test
  void read_maskThatIsNone_isRefused() throws Exception {
    ObjectMask mask = new ObjectMask(4, 5, "3:");
    Path file = folder.resolve("net.json");
    ResultFiles.write(
        file,
        examples(
            new Detection(BOX, 0, .9, Optional.empty(), Optional.of(mask), Optional.empty()),
            new Annotation(BOX, 0, 16, false)));
    assertThatThrownBy(() -> ResultFiles.readExamples(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("for a mask of 5x4");
  }
}
