package io.stagemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@code ./stagemark} ends: exit code 1 means a regression and nothing else. */
final class LauncherTest {
  @TempDir static Path folder;
  private static Launcher launcher;

  /** In JVMs without flags of the tests: what is set is the user's alone. */
  private static Launcher plain;

  // A folder's name may have what a class path or a shell takes for its own.
  @BeforeAll
  static void copyProgram() throws IOException {
    launcher = Launcher.brief(folder, "a:b 'c\" $d [e]*");
    plain = Launcher.in(folder.resolve("plain"), "a:b 'c\" $d [e]*");
  }

  @Test
  void list_pathWithColonSpacesAndQuotes_works() throws Exception {
    Launcher.End end = launcher.run(Map.of(), "list", "engines");
    assertThat(end.code()).as(end.err()).isZero();
    assertThat(end.out()).contains("constant 1");
    assertThat(launcher.left()).isEmpty();
  }

  @Test
  void list_pathAndTemporaryFolderWithColon_isRefusedInWords() throws Exception {
    Path colon = Files.createDirectories(folder.resolve("t:mp"));
    Launcher.End end = launcher.run(Map.of("TMPDIR", colon.toString()), "list", "engines");
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(end.err()).contains("':' in the folder's name", "TMPDIR").hasLineCount(1);
    assertThat(colon).isEmptyDirectory();
  }

  @Test
  void unknownOption_isBadInput() throws Exception {
    Launcher.End end = launcher.run(Map.of(), "list", "engines", "--no-such-option");
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(end.err()).contains("--no-such-option").doesNotContain("\tat ");
    assertThat(launcher.left()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -XX:+NoSuchFlag",
    "JAVA_TOOL_OPTIONS, -Xmx999999g",
    "JDK_JAVA_OPTIONS, --add-modules=no.such.module",
    "_JAVA_OPTIONS, -Djava.security.manager=no.Such"
  })
  void optionsThatNoJvmStartsWith_areBadInputAndNamed(String variable, String option)
      throws Exception {
    Launcher.End end = plain.run(Map.of(variable, option), "list", "engines");
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(end.err()).contains("what is set in " + variable).hasLineCount(1);
    assertThat(plain.left()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-Xmx3m", "-Xmx4m"})
  void heapTooSmallForTheProgram_isBadInput(String option) throws Exception {
    Launcher.End end = plain.run(Map.of("JAVA_TOOL_OPTIONS", option), "list", "engines");
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(end.err()).contains("JAVA_TOOL_OPTIONS");
  }

  @Test
  void validate_arrayLargerThanTheJvmsMemory_isOneLine() throws Exception {
    Path set = Files.createDirectories(folder.resolve("set"));
    writeZeros(set.resolve("a.npy"), 1 << 24);
    Path config =
        Files.writeString(
            folder.resolve("heap.yaml"),
            """
            name: heap
            dataset: {format: tensors, path: set}
            cases: {model: [%s], engine: [constant]}
            """
                .formatted(RunBed.harnessModel()));
    Launcher.End end =
        plain.run(Map.of("JAVA_TOOL_OPTIONS", "-Xmx24m"), "validate", config.toString());
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(said(end)).singleElement().asString().contains("Java heap", "try: ", "-Xmx");
    assertThat(plain.left()).isEmpty();
  }

  @Test
  void validate_keyOf9000Parts_isBadInputWithoutATrace() throws Exception {
    Path config = new RunBed(folder).harness(1, 0);
    Launcher.End end =
        launcher.run(Map.of(), "validate", config.toString(), "--set", "a.".repeat(9000) + "b=1");
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(end.err()).isNotBlank().doesNotContain("\tat ", "StackOverflowError");
    assertThat(launcher.left()).isEmpty();
  }

  // Deep calls in a stack that is smaller than any platform's own.
  @Test
  void list_heapAndStackAtTheirSmallest_neverEndsWith1() throws Exception {
    Launcher.End end = plain.run(Map.of("JAVA_TOOL_OPTIONS", "-Xss180k -Xmx6m"), "list", "engines");
    assertThat(end.code()).as(end.err()).isIn(0, ExitCode.BAD_INPUT, ExitCode.FAILED_RUN);
    assertThat(end.err()).doesNotContain("\tat ");
  }

  @Test
  void failedRun_leavesNothingInTheTemporaryFolder() throws Exception {
    String config = new RunBed(folder).harness(1, 0).toString();
    Launcher.End end =
        launcher.run(
            Map.of(),
            "run",
            config,
            "--no-calibration",
            "--set",
            "measure.trialTimeoutSeconds=1",
            "--set",
            "measure.minBatches=10000000",
            "--set",
            "measure.maxBatches=10000000");
    assertThat(end.code()).as(end.err()).isEqualTo(ExitCode.FAILED_RUN);
    assertThat(launcher.left()).isEmpty();
  }

  // What the launcher made, and no JVM came to own: known by the process that is named in it.
  @Test
  void folderOfALauncherThatWasKilled_isDeletedByTheNextOneAlone() throws Exception {
    Process ended = new ProcessBuilder("/bin/sh", "-c", ":").start();
    ended.waitFor();
    long alive = ProcessHandle.current().pid();
    Path left = launched("stagemark-left", ended.pid(), 600);
    Path starting = launched("stagemark-starting", alive, 600);
    Path young = launched("stagemark-young", ended.pid(), 0);
    Path mine = Files.createDirectories(launcher.temporary().resolve("stagemark-mine"));
    assertThat(launcher.run(Map.of(), "list", "engines").code()).isZero();
    assertThat(left).doesNotExist();
    assertThat(launcher.left()).containsExactlyInAnyOrder(starting, young, mine);
    for (Path each : List.of(starting, young)) {
      Files.delete(each.resolve("stagemark.launched"));
      Files.delete(each);
    }
    Files.delete(mine);
  }

  private static Path launched(String name, long process, int secondsAgo) throws IOException {
    Path made = Files.createDirectories(launcher.temporary().resolve(name));
    Path file = Files.writeString(made.resolve("stagemark.launched"), Long.toString(process));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
    return made;
  }

  /** Returns the lines of the program's own: the JVM names the options that it was given. */
  private static List<String> said(Launcher.End end) {
    return end.err().lines().filter(line -> !line.startsWith("Picked up")).toList();
  }

  /** Writes a NumPy file of zeros, which takes no room on most file systems. */
  private static void writeZeros(Path file, int elements) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, %d), }\n".formatted(elements);
    ByteBuffer head = ByteBuffer.allocate(10 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    head.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    head.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(head.array());
      out.setLength(head.capacity() + 4L * elements);
    }
  }
}
